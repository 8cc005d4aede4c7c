"""The manifest of a collection: one line for each recording, rewritten as a whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

from voicekiosk.collecting.errors import CollectError

MANIFEST = "manifest.tsv"
PART = ".part"
"""The ending of what is being written; never part of a collection."""


@dataclass(frozen=True, slots=True)
class Line:
    """One recording; every value is plain text without tabs."""

    file: str
    """Relative to the collection."""
    transcript: str
    locale: str
    speaker: str
    group: str
    device: str
    recorded_on: str
    expires_on: str
    """The last day on which it may be kept, ISO 8601."""
    consent: str
    """The file that says what was agreed to, relative to the collection."""
    kind: str

    @property
    def expired_after(self) -> date:
        return date.fromisoformat(self.expires_on)


COLUMNS = tuple(field.name for field in fields(Line))


def read_manifest(folder: Path) -> list[Line]:
    """Raises CollectError when it was damaged: guessing could keep a voice for ever."""
    path = folder / MANIFEST
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CollectError(
            f"{path} cannot be read ({error})",
            "Put it back from a copy; without it nobody knows what may be kept",
        ) from error
    if not rows or tuple(rows[0].split("\t")) != COLUMNS:
        raise CollectError(
            f"{path} does not begin with the columns of a collection",
            f"Its first line must be, with tabs: {' '.join(COLUMNS)}",
        )
    return [_line(path, number, row) for number, row in enumerate(rows[1:], 2) if row.strip()]


def _line(path: Path, number: int, row: str) -> Line:
    cells = row.split("\t")
    if len(cells) != len(COLUMNS):
        raise CollectError(
            f"{path}, line {number}: {len(cells)} columns instead of {len(COLUMNS)}",
            "Mend the line, or put the manifest back from a copy",
        )
    line = Line(*cells)
    inside = re.fullmatch(r"[\w.-]+/[\w.-]+", line.file) and ".." not in line.file.split("/")
    if not inside or line.file.split("/")[0] != line.speaker:
        raise CollectError(
            f"{path}, line {number}: {line.file!r} is not inside its speaker's folder",
            "Mend the line, or put the manifest back from a copy",
        )
    try:
        date.fromisoformat(line.recorded_on)
        date.fromisoformat(line.expires_on)
    except ValueError as error:
        raise CollectError(
            f"{path}, line {number}: a date cannot be read ({error})", "Write it as 2027-05-23"
        ) from error
    return line


def write_manifest(folder: Path, lines: Sequence[Line]) -> None:
    """The old manifest or the new one, whenever the power goes."""
    rows = ["\t".join(COLUMNS)]
    rows += ["\t".join(" ".join(cell.split()) for cell in astuple(line)) for line in lines]
    write_whole(folder / MANIFEST, ("\n".join(rows) + "\n").encode())


def write_whole(path: Path, content: bytes) -> None:
    """Written beside, forced to the disk, then moved. Readable by its owner only."""
    beside = path.with_name(path.name + PART)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
