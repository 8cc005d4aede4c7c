"""A disk that knows what a power cut may leave: what was synced, and of the rest anything."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from voicekiosk.packs.durable import Disk

Tree = Mapping[str, bytes | None]
"""What is on a disk: bytes of each file; None for a folder."""

PATTERNS = ("nothing", "names", "data", "torn", *(f"chance {seed}" for seed in range(6)))
"""What was not synced: all lost; names kept and their data lost; data kept and names lost; names
kept and data half written; and each single name and file left to chance."""


class ForgetfulDisk(Disk):
    """Works on real files. Before each operation ``cut`` is told every tree that a power cut
    at this moment may leave."""

    def __init__(self, root: Path, cut: Callable[[str, str, Tree], None]) -> None:
        self._root = root
        self._cut = cut
        self._data: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {}
        self._held: dict[int, int] = {}
        """Open, so that no number of a file that is gone is ever given to another."""
        self.operations = 0
        for folder, _, files in os.walk(root):
            self._keep(Path(folder))
            for name in files:
                self._keep(Path(folder) / name)

    def close(self) -> None:
        for handle in self._held.values():
            os.close(handle)

    # The six operations

    def mkdir(self, path: Path) -> None:
        self._about_to("mkdir")
        super().mkdir(path)

    def write(self, path: Path, chunks: Iterable[bytes]) -> None:
        self._about_to("write")

        def in_halves() -> Iterable[bytes]:
            for chunk in chunks:
                yield chunk[: len(chunk) // 2]
                self._about_to("write on")
                yield chunk[len(chunk) // 2 :]

        super().write(path, in_halves())

    def sync(self, path: Path) -> None:
        self._about_to("sync")
        super().sync(path)
        self._keep(path)

    def rename(self, old: Path, new: Path) -> None:
        self._about_to("rename")
        super().rename(old, new)

    def unlink(self, path: Path) -> None:
        self._about_to("unlink")
        super().unlink(path)

    def rmdir(self, path: Path) -> None:
        self._about_to("rmdir")
        super().rmdir(path)

    # What survives

    def _about_to(self, operation: str) -> None:
        self.operations += 1
        self.power_cut(operation)

    def power_cut(self, operation: str) -> None:
        """Tell every tree that may be left now."""
        live_names, live_data = self._living()
        for pattern in PATTERNS:
            chance = random.Random(f"{pattern} {self.operations}")
            tree: dict[str, bytes | None] = {}
            self._survive(
                self._root.stat().st_ino, "", pattern, chance, live_names, live_data, tree
            )
            self._cut(operation, pattern, tree)

    def _keep(self, path: Path) -> None:
        number = self._hold(path)
        if path.is_dir():
            children = {entry.name: entry for entry in path.iterdir()}
            self._names[number] = {name: self._hold(entry) for name, entry in children.items()}
        else:
            self._data[number] = path.read_bytes()

    def _hold(self, path: Path) -> int:
        number = path.stat().st_ino
        if number not in self._held:
            self._held[number] = os.open(path, os.O_RDONLY)
        return number

    def _living(self) -> tuple[dict[int, dict[str, int]], dict[int, bytes]]:
        names: dict[int, dict[str, int]] = {}
        data: dict[int, bytes] = {}
        for folder, _, files in os.walk(self._root):
            here = Path(folder)
            names[here.stat().st_ino] = {e.name: e.stat().st_ino for e in here.iterdir()}
            for name in files:
                data[(here / name).stat().st_ino] = (here / name).read_bytes()
        return names, data

    def _survive(
        self,
        number: int,
        path: str,
        pattern: str,
        chance: random.Random,
        live_names: Mapping[int, Mapping[str, int]],
        live_data: Mapping[int, bytes],
        tree: dict[str, bytes | None],
    ) -> None:
        if number in live_data or number in self._data:
            kept = self._data.get(number, b"")
            live = live_data.get(number, kept)
            if pattern == "data" or (pattern.startswith("chance") and chance.random() < 0.5):
                kept = live
            elif pattern == "torn" and live != kept:
                kept = live[: len(live) // 2] + bytes(len(live) - len(live) // 2)
            tree[path] = kept
            return
        if path:
            tree[path] = None
        old, new = self._names.get(number, {}), live_names.get(number, {})
        for name in sorted(old.keys() | new.keys()):
            keep_new = pattern in ("names", "torn")
            if pattern.startswith("chance"):
                keep_new = chance.random() < 0.5
            child = (new if keep_new else old).get(name)
            if child is not None:
                inside = f"{path}/{name}" if path else name
                self._survive(child, inside, pattern, chance, live_names, live_data, tree)


def lay_out(tree: Tree, root: Path) -> Path:
    """The tree as files again."""
    root.mkdir(parents=True)
    for path, data in tree.items():
        if data is None:
            (root / path).mkdir()
        else:
            (root / path).write_bytes(data)
    return root
