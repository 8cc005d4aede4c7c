"""Reads and writes the model files that plain Vosk loads: Kaldi's binary ``final.mdl`` and CMVN."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from .features import CEPSTRA
from .network import CONTEXT, EPSILON, RESIDUAL, SKIP, Tdnn

Matrix = npt.NDArray[np.float64]
LAYERS = ("tdnn1", "tdnn2", "tdnn3", "tdnn4", "tdnn5", "tdnn6", "prefinal", "output")
_OFFSETS = (
    (-2, -1, 0, 1, 2),
    (-1, 0, 1),
    (-1, 0, 1),
    (-3, 0, 3),
    (-3, 0, 3),
    (-3, 0, 3),
    (0,),
    (0,),
)
_HALF = 0.5
_MEAN_FRAMES = 1e4
_SPREAD = 100.0


@dataclass(frozen=True, slots=True)
class Model:
    """A network with what it needs to be listened to."""

    network: Tdnn
    phones: tuple[str, ...]
    """SIL first; phone p of this list is p + 1 in Kaldi's files."""
    mean: Matrix
    """The global cepstral mean, 13 numbers."""
    bigram: Matrix
    """Phones by phones: how likely one follows another."""


def _token(text: str) -> bytes:
    return text.encode() + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _ints(values: Sequence[int]) -> bytes:
    return b"\x04" + struct.pack("<i", len(values)) + np.asarray(values, "<i4").tobytes()


def _vector(values: npt.ArrayLike) -> bytes:
    numbers = np.asarray(values, "<f4")
    return b"FV " + _int(len(numbers)) + numbers.tobytes()


def _matrix(values: Matrix, kind: str = "FM", form: str = "<f4") -> bytes:
    numbers = np.ascontiguousarray(values, form)
    return _token(kind) + _int(numbers.shape[0]) + _int(numbers.shape[1]) + numbers.tobytes()


def transition_model(phones: int) -> bytes:
    """One state for each phone: its first frame has one likelihood, the frames after it another.

    Transition 2p of phone p enters it, transition 2p - 1 stays in it.
    """
    out = _token("<TransitionModel>") + _token("<Topology>")
    out += _ints(range(1, phones + 1)) + _ints([-1] + [0] * phones)
    out += _int(-1)  # the frames after the first have a class of their own
    out += _int(1) + _int(2)  # one topology of two states
    out += _int(0) + _int(1) + _int(2)  # class of the first frame, of the others; 2 ways on
    out += _int(0) + _float(_HALF) + _int(1) + _float(_HALF)
    out += _int(-1) + _int(-1) + _int(0)  # the final state has no sound
    out += _token("</Topology>") + _token("<Tuples>") + _int(phones)
    for phone in range(phones):
        out += _int(phone + 1) + _int(0) + _int(2 * phone) + _int(2 * phone + 1)
    out += _token("</Tuples>") + _token("<LogProbs>")
    out += _vector([0.0] + [np.log(_HALF)] * (2 * phones))
    return out + _token("</LogProbs>") + _token("</TransitionModel>")


def _affine(weight: Matrix, bias: Matrix) -> bytes:
    out = _token("<FixedAffineComponent>") + _token("<LinearParams>") + _matrix(weight)
    return out + _token("<BiasParams>") + _vector(bias) + _token("</FixedAffineComponent>")


def _relu(width: int) -> bytes:
    out = _token("<RectifiedLinearComponent>") + _token("<Dim>") + _int(width)
    out += _token("<ValueAvg>") + _vector([]) + _token("<DerivAvg>") + _vector([])
    out += _token("<Count>") + _double(0) + _token("<OderivRms>") + _vector([])
    out += _token("<OderivCount>") + _double(0) + _token("<NumDimsSelfRepaired>") + _double(0)
    out += _token("<NumDimsProcessed>") + _double(0)
    return out + _token("<SelfRepairScale>") + _float(0) + _token("</RectifiedLinearComponent>")


def _pass_through(width: int) -> bytes:
    out = _token("<NoOpComponent>") + _token("<Dim>") + _int(width)
    return out + _token("<BackpropScale>") + _float(1.0) + _token("</NoOpComponent>")


def folded(network: Tdnn) -> list[tuple[Matrix, Matrix]]:
    """Each layer as one affine map: the normalisation's scale goes before it, its shift after."""

    def numbers(tensor: Any) -> Matrix:
        return np.asarray(tensor.detach().numpy(), np.float64)

    out: list[tuple[Matrix, Matrix]] = []
    shift: Matrix | None = None
    for at, layer in enumerate([*network.wides, network.prefinal, network.final]):
        weight, bias = numbers(layer.weight), numbers(layer.bias)
        if shift is not None:
            bias = bias + weight.sum(2) @ shift
        flat = np.concatenate([weight[:, :, k] for k in range(weight.shape[2])], 1)
        if at < len(network.norms):
            norm = network.norms[at]
            scale = 1 / np.sqrt(numbers(norm.running_var) + EPSILON)
            flat, bias = flat * scale[:, None], bias * scale
            carried = SKIP * shift if shift is not None and RESIDUAL <= at < 6 else 0.0
            shift = -numbers(norm.running_mean) * scale + carried
        out.append((flat, bias))
    return out


def write(model: Model, folder: Path, conf: Path) -> None:
    """``am/`` and ``conf/`` as Vosk loads them; the graph is compiled by the kiosk."""
    lines = [f"input-node name=input dim={CEPSTRA}"]
    parts: list[tuple[str, bytes]] = []
    before = "input"
    for at, (name, (weight, bias)) in enumerate(zip(LAYERS, folded(model.network), strict=True)):
        spliced = ", ".join(f"Offset({before}, {k})" if k else before for k in _OFFSETS[at])
        source = f"Append({spliced})" if len(_OFFSETS[at]) > 1 else before
        lines.append(f"component-node name={name}.affine component={name}.affine input={source}")
        parts.append((f"{name}.affine", _affine(weight, bias)))
        if name == "output":
            lines.append("output-node name=output input=output.affine objective=linear")
            break
        relu = f"{name}.relu"
        lines.append(f"component-node name={relu} component={relu} input={name}.affine")
        parts.append((relu, _relu(len(bias))))
        if RESIDUAL <= at < 6:
            noop = f"{name}.noop"
            added = f"Sum(Scale({SKIP}, {before}), {relu})"
            lines.append(f"component-node name={noop} component={noop} input={added}")
            parts.append((noop, _pass_through(len(bias))))
            before = noop
        else:
            before = relu
    net = _token("<Nnet3>") + b"\n" + "\n".join(lines).encode() + b"\n\n"
    net += _token("<NumComponents>") + _int(len(parts))
    net += b"".join(_token("<ComponentName>") + _token(name) + part for name, part in parts)
    net += _token("</Nnet3>") + _token("<LeftContext>") + _int(CONTEXT)
    net += _token("<RightContext>") + _int(CONTEXT) + _token("<Priors>") + _vector([])
    am = folder / "am"
    am.mkdir(parents=True, exist_ok=True)
    (am / "final.mdl").write_bytes(b"\0B" + transition_model(len(model.phones)) + net)
    sums = np.append(model.mean * _MEAN_FRAMES, _MEAN_FRAMES)
    squares = np.append((model.mean**2 + _SPREAD) * _MEAN_FRAMES, 0.0)
    stats = _matrix(np.stack([sums, squares]), "DM", "<f8")
    (am / "global_cmvn.stats").write_bytes(b"\0B" + stats)
    table = "".join(f"{phone} {at + 1}\n" for at, phone in enumerate(model.phones))
    (am / "phones.txt").write_text(table, "utf-8")
    np.save(am / "phone_bigram.npy", model.bigram.astype(np.float32))
    (folder / "conf").mkdir(exist_ok=True)
    for name in ("mfcc.conf", "model.conf"):
        (folder / "conf" / name).write_bytes((conf / name).read_bytes())


def read(folder: Path) -> Model:
    """A model folder written by ``write``; its network can be trained on.

    Raises ValueError when ``final.mdl`` is a network of another kind.
    """
    blob = (folder / "am" / "final.mdl").read_bytes()
    layers = [_layer(blob, name) for name in LAYERS]
    table = (folder / "am" / "phones.txt").read_text("utf-8").split("\n")
    phones = tuple(line.split()[0] for line in table if line)
    network = Tdnn(len(phones), len(layers[0][1]), len(layers[2][1]), dropout=0.0)
    for layer, (weight, bias) in zip(
        [*network.wides, network.prefinal, network.final], layers, strict=True
    ):
        width = layer.weight.shape[1]
        blocks = [weight[:, k : k + width] for k in range(0, weight.shape[1], width)]
        layer.weight.data = torch.tensor(np.stack(blocks, 2), dtype=torch.float32)
        layer.bias.data = torch.tensor(bias, dtype=torch.float32)
    variances: list[Any] = [norm.running_var for norm in network.norms]
    for variance in variances:
        variance.fill_(1 - EPSILON)  # folded into the layers: nothing is left to do
    stats = (folder / "am" / "global_cmvn.stats").read_bytes()
    sums = np.frombuffer(stats[-2 * 8 * (CEPSTRA + 1) :], "<f8").reshape(2, CEPSTRA + 1)
    mean = sums[0, :CEPSTRA] / sums[0, CEPSTRA]
    bigram = np.load(folder / "am" / "phone_bigram.npy").astype(np.float64)
    return Model(network.eval(), phones, mean, bigram)


def _layer(blob: bytes, name: str) -> tuple[Matrix, Matrix]:
    opening = _token("<ComponentName>") + _token(f"{name}.affine")
    opening += _token("<FixedAffineComponent>") + _token("<LinearParams>") + _token("FM")
    at = blob.find(opening)
    if at < 0:
        raise ValueError(f"final.mdl has no layer {name!r}: it is no network of this recipe")
    at += len(opening)
    rows, columns = (struct.unpack_from("<i", blob, at + 1 + 5 * k)[0] for k in (0, 1))
    at += 10
    weight = np.frombuffer(blob, "<f4", rows * columns, at).reshape(rows, columns)
    at += weight.nbytes + len(_token("<BiasParams>") + _token("FV")) + 5
    bias = np.frombuffer(blob, "<f4", rows, at)
    return weight.astype(np.float64), bias.astype(np.float64)
