"""Writes finite-state transducers in OpenFst's ``const`` file format, which Vosk reads."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

_MAGIC = 2125659606
_STATE = np.dtype(
    [("final", "<f4"), ("at", "<u4"), ("arcs", "<u4"), ("no_in", "<u4"), ("no_out", "<u4")]
)
_ARC = np.dtype([("in", "<i4"), ("out", "<i4"), ("cost", "<f4"), ("to", "<i4")])


class Transducer:
    """States and arcs; the first state is the start. Label 0 is nothing, costs are -log."""

    def __init__(self) -> None:
        self._arcs: list[list[tuple[int, int, float, int]]] = []
        self.final: list[float] = []

    def state(self, final: float = float("inf")) -> int:
        self._arcs.append([])
        self.final.append(final)
        return len(self._arcs) - 1

    def arc(self, source: int, taken: int, given: int, cost: float, to: int) -> None:
        self._arcs[source].append((taken, given, cost, to))

    def write(self, path: Path) -> None:
        """Version 2 of the format, arcs sorted by output label as Vosk's composition needs."""
        states = np.zeros(len(self._arcs), _STATE)
        arcs = np.zeros(sum(map(len, self._arcs)), _ARC)
        at = 0
        for number, leaving in enumerate(self._arcs):
            ordered = sorted(leaving, key=lambda arc: (arc[1], arc[0]))
            nothing_in = sum(arc[0] == 0 for arc in ordered)
            nothing_out = sum(arc[1] == 0 for arc in ordered)
            states[number] = (self.final[number], at, len(ordered), nothing_in, nothing_out)
            for arc in ordered:
                arcs[at] = arc
                at += 1
        with path.open("wb") as file:
            file.write(struct.pack("<i", _MAGIC))
            for name in (b"const", b"standard"):
                file.write(struct.pack("<i", len(name)) + name)
            file.write(struct.pack("<iiQqqq", 2, 0, 1, 0, len(states), len(arcs)))
            file.write(states.tobytes() + arcs.tobytes())
