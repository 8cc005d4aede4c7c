"""Kills an import, a switch and a step back at every file operation, and looks what is left.

    python -m tests.packs.killing FOLDER [LINES]

Forks a child for each point: before every file operation, and at LINES of the lines of the shelf's
own code between them (all, if not given). Prints what it found as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from tests.packs.shelves import Centre, content_of
from voicekiosk.packs.shelf import PackShelf
from voicekiosk.packs.signing import TrustedKeys

OPERATIONS = {
    "open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.scandir", "os.listdir",
    "os.truncate", "os.chmod", "os.link", "os.symlink", "fcntl.flock", "tempfile.mkdtemp",
}  # fmt: skip
WATCHED = ("durable", "fetching", "shelf", "switching", "active", "archive", "seals")


@cache
def watched(file: str) -> bool:
    return Path(file).parent.name == "packs" and Path(file).stem in WATCHED


class Points:
    """Counts the moments at which a process can be killed, and kills it at one of them."""

    def __init__(self, at: int | None) -> None:
        self.kinds: list[str] = []
        self._at = at
        self._on = True
        sys.addaudithook(self._operation)
        sys.settrace(self._entered)

    def stop(self) -> None:
        sys.settrace(None)
        self._on = False

    def _operation(self, event: str, _arguments: tuple[Any, ...]) -> None:
        if self._on and event in OPERATIONS:
            self._reach("operation")

    def _entered(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        return self._line if watched(frame.f_code.co_filename) else None

    def _line(self, _frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line" and self._on:
            self._reach("line")
        return self._line

    def _reach(self, kind: str) -> None:
        if len(self.kinds) == self._at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.kinds.append(kind)


def work(root: Path, centre: Centre, file: Path, trusted: TrustedKeys) -> None:
    shelf = PackShelf(root, (centre.shipped,))
    pack = shelf.install(file, trusted)
    shelf.activate(shelf.ahead(pack))
    shelf.rollback()


def child(work: Callable[[], None], at: int | None, report: int | None = None) -> int:
    """Do the work in a process of its own, killed at a point. Returns how it ended."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    points = Points(at)
    try:
        work()
        points.stop()
        if report is not None:
            os.write(report, json.dumps(points.kinds).encode())
        os._exit(0)
    except BaseException as error:
        points.stop()
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)


def chosen(kinds: list[str], lines: int | None) -> list[int]:
    """Every operation, and as many lines as wanted, evenly over the whole."""
    operations = [at for at, kind in enumerate(kinds) if kind == "operation"]
    between = [at for at, kind in enumerate(kinds) if kind == "line"]
    if lines is not None and lines < len(between):
        between = [between[index * len(between) // lines] for index in range(lines)]
    return sorted((*operations, *between))


class Witness:
    """Looks at what a killed process left, as the kiosk that starts next does."""

    def __init__(self, centre: Centre, file: Path, trusted: TrustedKeys, sets: dict[str, Any]):
        self.centre, self.file, self.trusted, self.sets = centre, file, trusted, sets

    def spoken(self, root: Path) -> str:
        """Which of the known sets the kiosk speaks with; raises AssertionError for any other."""
        packs = PackShelf(root, (self.centre.shipped,)).active()
        found = [content_of(pack) for pack in packs]
        for name, expected in self.sets.items():
            if found == expected:
                return name
        raise AssertionError(f"neither old nor new: {[pack.name for pack in packs]}")

    def look(self, root: Path) -> str:
        left = self.spoken(root)
        shelf = PackShelf(root, (self.centre.shipped,))
        assert not shelf.faults(), shelf.faults()
        whole = [pack for packs in self.sets.values() for pack in packs]
        for pack in shelf.installed():
            assert content_of(pack.folder) in whole, f"{pack.folder.name} is not whole"
        started = shelf.starting()
        assert not started.lines, started.lines
        assert self.spoken(root) == left, "a start changed what is spoken"
        assert not list((root / "incoming").glob("*")), "an import cut off was not swept"
        pack = shelf.install(self.file, self.trusted)
        shelf.activate((pack.folder.name,))
        assert self.spoken(root) == "new", "the next import does not work"
        return left


def main(home: Path, lines: int | None) -> None:
    centre = Centre(home)
    trusted = centre.trusted
    shelf = centre.shelf()
    shelf.activate([centre.installed("aigul", "1", pitch=200)])
    shelf.starting()
    shelf.proven()
    old = [content_of(pack) for pack in shelf.active()]
    template = home / "template"
    shutil.copytree(centre.root, template)
    file = centre.packed("aigul", "2", pitch=300)
    work(centre.root, centre, file, trusted)  # warmed up: what is killed later loads no module
    new = [content_of(centre.desk / "aigul-2"), content_of(centre.shipped)]
    witness = Witness(centre, file, trusted, {"old": old, "new": new})
    ended = home / "ended"
    shutil.copytree(template, ended)
    receive, report = os.pipe()
    assert child(lambda: work(ended, centre, file, trusted), None, report) == 0
    os.close(report)
    with os.fdopen(receive) as reading:
        kinds = json.loads(reading.read())
    found: dict[str, Any] = {"old": 0, "new": 0, "broken": [], "of": len(kinds)}
    points = chosen(kinds, lines)
    gc.collect()
    gc.freeze()  # children then share what they never change
    for at in points:
        root = home / f"point-{at}"
        shutil.copytree(template, root)
        ending = child(lambda root=root: work(root, centre, file, trusted), at)  # type: ignore[misc]
        try:
            assert ending == -signal.SIGKILL, f"it was not killed but ended with {ending}"
            found[witness.look(root)] += 1
        except Exception as error:
            found["broken"].append(f"{kinds[at]} {at}: {error!r}")
        shutil.rmtree(root)
    found["points"] = len(points)
    found["operations"] = kinds.count("operation")
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
