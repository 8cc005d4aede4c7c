"""The acoustic model without Vosk: how likely each sound is in each moment of a whole clip.

Vosk tells the best path through a grammar and nothing else. To say which word of a long text is
not in a clip, the likelihoods themselves are needed, once, for any number of questions.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicekiosk.ports import FRAME_RATE, RecognitionError
from voicekiosk.recognition.model_folder import verify

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

ANSWER = 0.03
"""Seconds from one answer of the network to the next."""
_WINDOW, _HOP, _FFT, _FILTERS, _CEPSTRA = 410, 160, 512, 25, 13
_LOWEST, _HIGHEST, _LIFTER, _EMPHASIS = 130.0, 6800.0, 22, 0.97
_QUIET = 50.0
"""A frame whose first cepstrum is at most this leaves the running mean as it is."""
_GLOBAL_FRAMES, _MEAN_FRAMES = 200, 600
"""The mean taken off is of so many frames; at the start so many are of the training data."""
_LAYERS = ("tdnn1", "tdnn2", "tdnn3", "tdnn4", "tdnn5", "tdnn6", "prefinal", "output")
_OFFSETS = ((-2, -1, 0, 1, 2), (-1, 0, 1), (-1, 0, 1), *[(-1, 0, 1)] * 3, (0,), (0,))
_STRIDE_AT, _STRIDE, _SKIPS, _SKIP, _CONTEXT = 2, 3, (3, 4, 5), 0.66, 13


class Acoustics:
    """The network of a model folder of this recipe. Raises RecognitionError for any other."""

    def __init__(self, model: Path) -> None:
        verify(model)
        blob = (model / "am" / "final.mdl").read_bytes()
        try:
            self._layers = [_layer(blob, name) for name in _LAYERS]
            stats = (model / "am" / "global_cmvn.stats").read_bytes()
            sums = np.frombuffer(stats[-16 * (_CEPSTRA + 1) :], "<f8")
            self._mean = sums[:_CEPSTRA] / sums[_CEPSTRA]
        except (OSError, ValueError, struct.error) as error:
            raise RecognitionError(
                f"{model} is no network of the kiosk's own recipe ({error})",
                "Use the model that came with the kiosk.",
            ) from error
        lines = (model / "am" / "phones.txt").read_text("utf-8").splitlines()
        self.phones = {line.split()[0]: int(line.split()[1]) - 1 for line in lines if line}
        self.bigram: Doubles = np.load(model / "am" / "phone_bigram.npy").astype(np.float64)

    def likelihoods(self, samples: npt.NDArray[np.int16]) -> Floats:
        """``samples``: mono, FRAME_RATE. One row an answer, two columns a phone: its first answer
        and its others; nats."""
        if len(samples) < _WINDOW:
            return np.zeros((0, 2 * len(self.phones)), np.float32)
        x = self._centred(_mfcc(samples.astype(np.float64))).astype(np.float32)
        count = -(-len(x) // _STRIDE)
        needed = 2 * _CONTEXT + _STRIDE * (count - 1) + 1
        after = max(0, needed - _CONTEXT - len(x))
        x = np.pad(x, ((_CONTEXT, after), (0, 0)), mode="edge")[:needed]
        for at, ((weight, bias), offsets) in enumerate(zip(self._layers, _OFFSETS, strict=True)):
            stride = _STRIDE if at == _STRIDE_AT else 1
            many = (len(x) - len(offsets)) // stride + 1
            spliced = [x[k : k + stride * (many - 1) + 1 : stride] for k in range(len(offsets))]
            y = np.concatenate(spliced, axis=1) @ weight.T + bias
            if at < len(_LAYERS) - 1:
                np.maximum(y, 0, out=y)
            if at in _SKIPS:
                y += _SKIP * x[1:-1]
            x = y
        return x

    def _centred(self, cepstra: Doubles) -> Doubles:
        """Less a running mean, as Vosk does it: see models/training/features.py."""
        count = len(cepstra)
        seen = np.arange(1, count + 1)
        total = np.concatenate([np.zeros((1, _CEPSTRA)), np.cumsum(cepstra, 0)])
        loud = np.maximum.accumulate(np.where(cepstra[:, 0] > _QUIET, seen - 1, -1))
        last = np.maximum(loud, 0)
        kept = np.minimum(seen[last], _MEAN_FRAMES)
        weight = kept + np.clip(_MEAN_FRAMES - kept, 0, _GLOBAL_FRAMES)
        weight = np.minimum(_MEAN_FRAMES, weight + _GLOBAL_FRAMES * (seen - 1 - loud))
        weight = np.maximum(weight, kept)
        sums = total[last + 1] - total[last + 1 - kept]
        means = (sums + (weight - kept)[:, None] * self._mean) / weight[:, None]
        return np.asarray(cepstra - np.where((loud < 0)[:, None], self._mean, means))


def _layer(blob: bytes, name: str) -> tuple[Floats, Floats]:
    opening = f"<ComponentName> {name}.affine <FixedAffineComponent> <LinearParams> FM ".encode()
    at = blob.find(opening)
    if at < 0:
        raise ValueError(f"it has no layer {name}")
    at += len(opening)
    rows, columns = (struct.unpack_from("<i", blob, at + 1 + 5 * k)[0] for k in (0, 1))
    at += 10
    weight = np.frombuffer(blob, "<f4", rows * columns, at).reshape(rows, columns)
    at += weight.nbytes + len(b"<BiasParams> FV ") + 5
    return weight, np.frombuffer(blob, "<f4", rows, at)


@cache
def _filters() -> Doubles:
    """Kaldi's triangles: even in mel, over the bins of the spectrum."""

    def mel(hertz: npt.ArrayLike) -> Doubles:
        return 1127.0 * np.log(1.0 + np.asarray(hertz, np.float64) / 700.0)

    edges = np.linspace(float(mel(_LOWEST)), float(mel(_HIGHEST)), _FILTERS + 2)
    bins = mel(np.arange(_FFT // 2 + 1) * (FRAME_RATE / _FFT))[:, None]
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    rising, falling = (bins - left) / (middle - left), (right - bins) / (right - middle)
    return np.maximum(0.0, np.minimum(rising, falling))


@cache
def _cosines() -> Doubles:
    angles = np.outer(np.arange(_FILTERS) + 0.5, np.arange(_CEPSTRA)) * np.pi / _FILTERS
    basis = np.cos(angles) * np.sqrt(2 / _FILTERS)
    basis[:, 0] = np.sqrt(1 / _FILTERS)
    lifter = 1 + _LIFTER / 2 * np.sin(np.pi * np.arange(_CEPSTRA) / _LIFTER)
    return np.asarray(basis * lifter)


def _mfcc(samples: Doubles) -> Doubles:
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    frames = (frames - _EMPHASIS * before) * np.hamming(_WINDOW)
    power = np.abs(np.fft.rfft(frames, _FFT)) ** 2
    energies = np.maximum(power @ _filters(), np.finfo(np.float32).eps)
    return np.asarray(np.log(energies) @ _cosines())
