"""The power goes at any instant: what the kiosk speaks with is the old or the new, never a mix."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.packs.forgetful import PATTERNS, ForgetfulDisk, Tree, lay_out
from tests.packs.shelves import Centre, content_of
from voicekiosk.packs.durable import Disk
from voicekiosk.packs.shelf import PackShelf
from voicekiosk.ports import PromptError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home() -> Iterator[Path]:
    """In memory where there is such a place: killing needs no real disk, and it is quicker."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_killed_at_every_file_operation_it_speaks_with_the_old_or_the_new(home: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.packs.killing",
            str(home),
            os.environ.get("LINES_TO_KILL_AT", "130"),
        ],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(f"killed at {found['points']} of {found['of']} points", found)
    assert found["broken"] == []
    assert found["operations"] >= 50 and found["points"] >= 200
    assert found["old"] >= 50 and found["new"] >= 10, "both sides of the switch were tried"


@pytest.mark.parametrize("travels", ["one file", "a folder"])
def test_whatever_a_power_cut_forgets_it_is_the_old_or_the_new(home: Path, travels: str) -> None:
    centre = Centre(home)
    shelf = centre.shelf()
    shelf.activate([centre.installed("aigul", "1", pitch=200)])
    shelf.starting()
    shelf.proven()
    file = centre.packed("aigul", "2", pitch=300)
    if travels == "a folder":
        file = centre.desk / "aigul-2"
    old = [content_of(pack) for pack in shelf.active()]
    new = [content_of(centre.desk / "aigul-2"), content_of(centre.shipped)]
    allowed: list[list[dict[str, str]]] = []
    cuts = 0
    left: dict[tuple[str, ...], tuple[str, Tree, list[list[dict[str, str]]]]] = {}

    def cut(operation: str, pattern: str, tree: Tree) -> None:
        nonlocal cuts
        cuts += 1
        same = (*(f"{path} {hash(data)}" for path, data in tree.items()), repr(len(allowed)), step)
        left.setdefault(same, (f"{step}, before {operation}, {pattern}", tree, list(allowed)))

    disk = ForgetfulDisk(centre.root, cut)
    cautious = PackShelf(centre.root, (centre.shipped,), disk)
    step, allowed = "import", [old]
    pack = cautious.install(file, centre.trusted)
    disk.power_cut("the end")
    step, allowed = "activate", [old, new]
    cautious.activate(cautious.ahead(pack))
    step, allowed = "activated", [new]
    disk.power_cut("the end")
    step, allowed = "roll back", [new, old]
    cautious.rollback()
    step, allowed = "rolled back", [old]
    disk.power_cut("the end")
    disk.close()
    print(f"{disk.operations} operations, {cuts} power cuts, {len(left)} different disks")
    assert disk.operations >= 25 and cuts >= len(PATTERNS) * disk.operations

    whole = [*old, *new]
    for number, (when, tree, expected) in enumerate(left.values()):
        root = lay_out(tree, home / "after" / str(number))
        after = PackShelf(root, (centre.shipped,))
        assert [content_of(pack) for pack in after.active()] in expected, when
        assert after.faults() == () and after.starting().lines == (), when
        for pack in after.installed():
            assert content_of(pack.folder) in whole, when
        again = after.install(file, centre.trusted)
        after.activate([again.folder.name])
        assert [content_of(pack) for pack in after.active()] == new, when
        shutil.rmtree(root)


class FullDisk(Disk):
    """Has room for so many bytes, and says so as a full disk does."""

    def __init__(self, room: int) -> None:
        self._room = room

    def write(self, path: Path, chunks: Iterable[bytes]) -> None:
        def counted() -> Iterable[bytes]:
            for chunk in chunks:
                self._room -= len(chunk)
                if self._room < 0:
                    raise OSError(errno.ENOSPC, "No space left on device")
                yield chunk

        super().write(path, counted())


def test_a_full_disk_stops_an_import_and_nothing_else(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    before = centre.installed("aigul", "1")
    centre.shelf().activate([before])
    file, spoken = centre.packed("aigul", "2", pitch=300), centre.shelf().active()
    for room in (0, 1_000, file.stat().st_size - 1):
        with pytest.raises(PromptError, match=r"No space left.*not changed.*pack remove"):
            PackShelf(centre.root, (centre.shipped,), FullDisk(room)).install(file, centre.trusted)
        assert centre.shelf().active() == spoken
        assert [pack.folder.name for pack in centre.shelf().installed()] == [before]
        assert list((centre.root / "incoming").iterdir()) == []


def test_a_full_disk_stops_a_switch_and_the_old_packs_go_on(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    first, second = centre.installed("aigul", "1"), centre.installed("aigul", "2", pitch=300)
    centre.shelf().activate([first])
    full = PackShelf(centre.root, (centre.shipped,), FullDisk(20))
    with pytest.raises(PromptError, match="No space left"):
        full.activate([second])
    with pytest.raises(PromptError, match="No space left"):
        full.rollback()
    assert full.starting().packs[0].name == first, "a kiosk that cannot write speaks all the same"
    centre.shelf().activate([second])
    assert centre.shelf().active()[0].name == second
