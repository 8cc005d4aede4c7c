"""Several files of the content at once: all of them are the new ones, or will be."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from voicekiosk.ports import KioskError

JOURNAL = ".import.json"
"""Lists what is being replaced; while it is there, a change was cut off."""
Rename = Callable[[Path, Path], object]


class WriteError(KioskError):
    """The content cannot be written."""


def put(folder: Path, files: Mapping[Path, bytes], rename: Rename = os.replace) -> None:
    """Replace files by their names within the folder. Raises WriteError.

    All new files and a journal of them are on the disk before the first takes its place: after a
    power cut there are the old ones, or ``finish`` brings all the new ones. ``rename`` moves them.
    """
    journal, entries = folder / JOURNAL, []
    written = []
    try:
        for name, new in files.items():
            file = (folder / name).resolve()
            written.append(_new(file))
            _write(_new(file), new)
            if file.exists():
                shutil.copymode(file, _new(file))
            entries.append({"file": name.as_posix(), "old": _sum(file), "new": _hash(new)})
        written.append(_new(journal))
        _write(_new(journal), json.dumps(entries, indent=1).encode())
        _settle(folder, files)
        rename(_new(journal), journal)
        _settle(folder, {})
    except OSError as error:
        for file in written:
            file.unlink(missing_ok=True)
        raise WriteError(
            f"{folder} cannot be changed, nothing was: {error}", "Look at its rights and free space"
        ) from error
    finish(folder, rename)


def finish(folder: Path, rename: Rename = os.replace) -> int:
    """Bring to its end what a power cut cut off; returns the number of files it replaced.

    Raises WriteError when somebody has changed one of the files since.
    """
    journal, replaced = folder / JOURNAL, 0
    if not journal.exists():
        return 0
    try:
        entries = json.loads(journal.read_bytes())
        for entry in entries:
            file = (folder / entry["file"]).resolve()
            if _sum(file) == entry["new"]:
                _new(file).unlink(missing_ok=True)
            elif _sum(file) == entry["old"] and _sum(_new(file)) == entry["new"]:
                rename(_new(file), file)
                replaced += 1
            else:
                raise WriteError(
                    f"An import was cut off, and {file} has been changed since",
                    f"Put back what it was, or remove {journal} and import again",
                )
        _settle(folder, {Path(entry["file"]): b"" for entry in entries})
        journal.unlink()
        _settle(folder, {})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WriteError(
            f"An import into {folder} is not finished: {error}",
            "Look at its rights and free space; the next `voicekiosk content` finishes it",
        ) from error
    return replaced


def cut_off(folder: Path) -> bool:
    """Is there a change that only ``finish`` makes whole?"""
    return (folder / JOURNAL).exists()


def write_whole(file: Path, content: bytes) -> None:
    """One file, whole or not at all. Raises OSError."""
    new = _new(file)
    try:
        _write(new, content)
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _new(file: Path) -> Path:
    return file.with_name(f".{file.name}.new")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sum(file: Path) -> str | None:
    return _hash(file.read_bytes()) if file.exists() else None


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Names must survive a power cut as well as what they name."""
    if os.name != "posix":
        return
    for place in {folder.resolve(), *((folder / name).resolve().parent for name in files)}:
        directory = os.open(place, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
