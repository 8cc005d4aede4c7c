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
        self._arcs: list[tuple[int, int, int, float, int]] = []
        self.final: list[float] = []

    def state(self, final: float = float("inf")) -> int:
        self.final.append(final)
        return len(self.final) - 1

    def arc(self, source: int, taken: int, given: int, cost: float, to: int) -> None:
        self._arcs.append((source, taken, given, cost, to))

    def write(self, path: Path) -> None:
        """Version 2 of the format, arcs sorted by output label as Vosk's composition needs."""
        unsorted = np.array(self._arcs, [("source", "<i4"), *_ARC.descr])
        listed = unsorted[np.lexsort([unsorted[name] for name in ("in", "out", "source")])]
        source, count = listed["source"], len(self.final)
        states = np.zeros(count, _STATE)
        states["final"] = self.final
        states["arcs"] = np.bincount(source, minlength=count)
        states["at"] = np.cumsum(states["arcs"]) - states["arcs"]
        states["no_in"] = np.bincount(source[listed["in"] == 0], minlength=count)
        states["no_out"] = np.bincount(source[listed["out"] == 0], minlength=count)
        arcs = np.zeros(len(listed), _ARC)
        for part in _ARC.names or ():
            arcs[part] = listed[part]
        with path.open("wb") as file:
            file.write(struct.pack("<i", _MAGIC))
            for name in (b"const", b"standard"):
                file.write(struct.pack("<i", len(name)) + name)
            file.write(struct.pack("<iiQqqq", 2, 0, 1, 0, count, len(arcs)))
            file.write(states.tobytes() + arcs.tobytes())
