"""The few things the shelf does to a disk, each of them safe when the power goes."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from voicekiosk.ports import PromptError

LOOK_EVERY_SECONDS = 0.05


class Disk:
    """Six bare operations, and below them what is made of these. Raises OSError.

    A disk keeps what was synced, and of the rest what it likes, in any order. Tests put a disk
    here that forgets as much as a real one may.
    """

    def mkdir(self, path: Path) -> None:
        path.mkdir()

    def write(self, path: Path, chunks: Iterable[bytes]) -> None:
        """A new file; one that is there already is not overwritten."""
        with path.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)

    def sync(self, path: Path) -> None:
        """What a file holds, or which names a folder holds, now survives."""
        if os.name == "nt" and path.is_dir():
            return  # Windows has no such thing
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        """All at once: there is no moment in which ``new`` is neither old nor new."""
        old.replace(new)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def rmdir(self, path: Path) -> None:
        path.rmdir()

    # Made of the six

    def make(self, folder: Path) -> None:
        """A folder with all above it, where it is missing."""
        if folder.is_dir():
            return
        self.make(folder.parent)
        with suppress(FileExistsError):  # somebody else was quicker
            self.mkdir(folder)
        self.sync(folder.parent)

    def settle(self, folder: Path) -> None:
        """Everything in a folder survives, whoever wrote it."""
        for entry in sorted(folder.iterdir()):
            if entry.is_dir():
                self.settle(entry)
            else:
                self.sync(entry)
        self.sync(folder)

    def move(self, old: Path, new: Path) -> None:
        self.rename(old, new)
        self.sync(new.parent)
        if old.parent != new.parent:
            self.sync(old.parent)

    def put(self, path: Path, data: bytes) -> None:
        """A whole file in the place of another."""
        beside = path.with_name(path.name + ".new")
        if beside.exists():
            self.unlink(beside)
        self.write(beside, (data,))
        self.sync(beside)
        self.move(beside, path)

    def clear(self, path: Path) -> None:
        """Remove a file or a whole folder, following no links. Harmless when it is not there."""
        try:
            kind = path.lstat().st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(kind):
            self.unlink(path)
            return
        for entry in sorted(path.iterdir()):
            self.clear(entry)
        self.rmdir(path)


@contextmanager
def locked(
    file: Path, patience: float, waiting: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """One process at a time, others wait. The lock of a process that was killed is free again."""
    try:
        import fcntl
    except ImportError:  # Windows: nothing but care keeps two apart
        yield
        return
    with file.open("ab") as held:
        until, told = time.monotonic() + patience, False
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise PromptError(
                        "Somebody else is changing the packs of this kiosk",
                        "Wait until that is done, then try again.",
                    ) from None
                if not told:
                    waiting()
                    told = True
                time.sleep(LOOK_EVERY_SECONDS)
        yield
