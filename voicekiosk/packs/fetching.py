"""Brings a pack from a stick into a folder of the kiosk: read once, never trusted."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from voicekiosk.packs.durable import Disk
from voicekiosk.ports import PromptError

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is."""

MOST_BYTES, MOST_FILES, DEEPEST = 300_000_000, 10_050, 4
"""Of a pack in a folder. Checking has closer limits; these only bring an endless one to an end."""
_CHUNK = 1 << 20
_JUNK = {"thumbs.db", "desktop.ini", "system volume information"}
"""What other systems leave on a stick, as they do with names that begin with a dot."""


def fetch(source: Path, into: Path, disk: Disk, progress: Progress) -> None:
    """Copy a file to ``into``, or a folder into it. Raises PromptError when the source fails,
    OSError when the kiosk's own disk does."""
    files = dict(_files(source, into, 0))
    if len(files) > MOST_FILES:
        raise _too_large(source)
    total = sum(size for _, size in files.values())
    if total > MOST_BYTES:
        raise _too_large(source)
    done = 0
    progress("copying", done, total)
    for copy, (file, _) in files.items():
        disk.make(copy.parent)

        def told(chunks: Iterator[bytes]) -> Iterator[bytes]:
            nonlocal done
            for chunk in chunks:
                yield chunk
                done += len(chunk)
                if done > MOST_BYTES:  # it grows while it is read
                    raise _too_large(source)
                progress("copying", min(done, total), total)

        disk.write(copy, told(_read(source, file)))


def _files(source: Path, copy: Path, depth: int) -> Iterator[tuple[Path, tuple[Path, int]]]:
    """Each copy's place, and what it is a copy of. No link is followed."""
    try:
        about = source.lstat()
        if stat.S_ISREG(about.st_mode):
            yield copy, (source, about.st_size)
            return
        if not stat.S_ISDIR(about.st_mode):
            raise PromptError(
                f"{source} is a link or a device, and no part of a pack",
                "Get the pack from whoever made it, as one file.",
            )
        if depth == DEEPEST:
            raise _too_large(source)
        names = []
        for entry in os.scandir(source):
            names.append(entry.name)
            if len(names) > MOST_FILES:
                raise _too_large(source)
    except OSError as error:
        raise _gone(source, error) from error
    for name in sorted(names):
        if not name.startswith(".") and name.lower() not in _JUNK:
            yield from _files(source / name, copy / name, depth + 1)


def _read(source: Path, file: Path) -> Iterator[bytes]:
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with open(os.open(file, flags | getattr(os, "O_BINARY", 0)), "rb") as opened:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise OSError("it is no file any more")
            left = os.fstat(opened.fileno()).st_size
            while chunk := opened.read(_CHUNK):
                left -= len(chunk)
                yield chunk
            if left > 0:
                raise OSError("it ends too soon")
    except OSError as error:
        raise _gone(source, error) from error


def _gone(source: Path, error: OSError) -> PromptError:
    return PromptError(
        f"{source} cannot be read to its end ({error.strerror or error}); nothing has changed",
        "Was the stick pulled out? Insert it again and leave it in until the kiosk is ready.",
    )


def _too_large(source: Path) -> PromptError:
    return PromptError(
        f"{source} holds more than a pack may ({MOST_BYTES // 1_000_000} MB, "
        f"{MOST_FILES} files); nothing has changed",
        "Name the pack itself: one .vkpack file, or the folder with its manifest.yaml.",
    )
