"""Reads a CMU Sphinx acoustic model of tied Gaussian mixtures, and scores cepstra with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.cepstra import Floats

SILENCE = "SIL"
STATES = 3
"""Of every phone, from left to right, none skipped."""
_AROUND = 4
"""Frames on either side that a feature sees."""
_AT_ONCE = 100
_BYTE_ORDER = 0x11223344
_LEAST_VARIANCE, _LEAST_WEIGHT = 1e-4, 1e-7
FILES = (
    "mdef",
    "means",
    "variances",
    "mixture_weights",
    "transition_matrices",
    "feature_transform",
    "cmn.txt",
    "phones.txt",
)


class SphinxModel:
    """Phones in context, each of three states; a state's sound is a mixture of Gaussians.

    Raises RecognitionError when the folder holds no such model.
    """

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise RecognitionError(
                f"{folder} is not a Sphinx model: it has no {', '.join(missing)}",
                "Install the model again, or name another folder.",
            )
        try:
            self._read(folder)
        except (ValueError, IndexError, KeyError, UnicodeDecodeError) as error:
            raise RecognitionError(
                f"the model {folder} cannot be read ({error})", "Install the model again."
            ) from error

    def _read(self, folder: Path) -> None:
        self.mean = np.array((folder / "cmn.txt").read_text().split(), np.float32)
        self.phones = {p: n for n, p in enumerate((folder / "phones.txt").read_text().split())}
        self._contexts = _contexts(folder / "mdef", self.phones)
        self._transform = _array(folder / "feature_transform", 3)[0].T
        means = _array(folder / "means", None)
        spread = np.maximum(_array(folder / "variances", None), _LEAST_VARIANCE)
        weights = _array(folder / "mixture_weights", 3)[:, 0]
        weights = np.maximum(weights / weights.sum(1, keepdims=True), _LEAST_WEIGHT)
        moves = _array(folder / "transition_matrices", 3).astype(np.float64)
        moves /= moves.sum(2, keepdims=True)
        inside = np.arange(STATES)
        self.stay = np.log(moves[:, inside, inside]).astype(np.float32)
        """Phones x 3: nats of staying in a state; ``leave`` of going on to the next."""
        self.leave = np.log(moves[:, inside, inside + 1]).astype(np.float32)
        # A diagonal Gaussian is linear in x and x squared: one product of matrices scores all.
        constant = np.log(weights) - 0.5 * (
            np.log(2 * np.pi * spread).sum(2) + (means**2 / spread).sum(2)
        )
        factors = np.concatenate([means / spread, -0.5 / spread, constant[..., None]], axis=2)
        self._factors = np.ascontiguousarray(factors, np.float32)
        """Tied states x Gaussians x (36 + 36 + 1)."""
        self.count = len(factors)

    def states(self, phones: tuple[str, ...]) -> npt.NDArray[np.int32]:
        """Phones x 3: the tied states of a word said between silences."""
        numbers = [0, *(self.phones[p] for p in phones), 0]
        return np.asarray(self._contexts[numbers[1:-1], numbers[:-2], numbers[2:]])

    def alone(self, phone: str) -> npt.NDArray[np.int32]:
        """The three tied states of a phone whose neighbours are not known."""
        number = self.phones[phone]
        return np.arange(number * STATES, number * STATES + STATES, dtype=np.int32)

    def gaussians(self, states: npt.NDArray[np.int32]) -> Floats:
        """What ``scores`` needs of these tied states: (36 + 36 + 1) x (Gaussians x states)."""
        chosen = self._factors[states]
        return np.ascontiguousarray(chosen.transpose(2, 1, 0).reshape(chosen.shape[2], -1))

    def scores(self, rows: Floats, gaussians: Floats) -> Floats:
        """Frames x states: log-likelihood of each frame in each state."""
        padded = np.pad(rows, ((_AROUND, _AROUND), (0, 0)), mode="edge")
        wide = np.concatenate(
            [padded[at : at + len(rows)] for at in range(2 * _AROUND + 1)], axis=1
        )
        seen = wide @ self._transform
        known = np.concatenate([seen, seen**2, np.ones((len(seen), 1), np.float32)], axis=1)
        width = gaussians.shape[1] // self._factors.shape[1]
        heard = np.empty((len(rows), width), np.float32)
        # A second at a time: twelve seconds at once would take two hundred megabytes.
        for at in range(0, len(rows), _AT_ONCE):
            part = known[at : at + _AT_ONCE]
            each = (part @ gaussians).reshape(len(part), -1, width)
            best = each.max(axis=1, keepdims=True)
            each -= best
            np.exp(each, out=each)
            heard[at : at + _AT_ONCE] = best[:, 0] + np.log(each.sum(axis=1))
        return heard


def _contexts(file: Path, phones: dict[str, int]) -> npt.NDArray[np.int32]:
    """Phone x left neighbour x right neighbour x 3: the tied states."""
    table = np.zeros((len(phones), len(phones), len(phones), STATES), np.int32)
    for number in range(len(phones)):
        table[number] = np.arange(number * STATES, number * STATES + STATES)
    promised = listed = 0
    for line in file.read_text().splitlines():
        parts = line.split()
        if parts[1:] == ["n_tri"]:
            promised = int(parts[0])
        if len(parts) == 10 and parts[0] in phones and parts[1] != "-":
            at = phones[parts[0]], phones[parts[1]], phones[parts[2]]
            table[at] = parts[6:9]
            listed += 1
    if not promised or listed != promised:
        raise ValueError(f"{file.name} is cut off: {listed} of {promised} phones in context")
    return table


def _array(file: Path, dimensions: int | None) -> Floats:
    """A Sphinx parameter file: text header, byte order, sizes, numbers.

    Files of means name the width of each stream apart: ``dimensions`` None.
    """
    head, _, body = file.read_bytes().partition(b"endhdr\n")
    if not head.startswith(b"s3"):
        raise ValueError(f"{file.name} is no Sphinx file")
    numbers = np.frombuffer(body[: len(body) // 4 * 4], "<i4")
    if numbers[0] != _BYTE_ORDER:
        raise ValueError(f"{file.name} has another byte order")
    shape = [int(n) for n in numbers[1 : 1 + (dimensions or 4)]]
    if dimensions is None:
        shape = [shape[0], shape[2], shape[3]]
    at = 2 + (dimensions or 4)
    size = int(np.prod(shape))
    if numbers[at - 1] != size or len(numbers) < at + size:
        raise ValueError(f"{file.name} is cut off")
    return numbers[at : at + size].view("<f4").reshape(shape)
