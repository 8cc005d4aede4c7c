"""Unpacks archives from strangers: nothing outside the folder, nothing without an end."""

from __future__ import annotations

import lzma
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from voicekiosk.ports import RecognitionError

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is."""

MOST_BYTES = 2_000_000_000
"""Unpacked. The largest small model has under 200 MB."""
MOST_FILES = 2_000
MOST_RATIO = 50
"""Unpacked to packed. Networks hardly shrink; a bomb shrinks a thousandfold."""
_SPARE = 50_000_000
_CHUNK = 1 << 20
_ELSEWHERE = "Get the model from where its maker publishes it."
_AGAIN = "Copy or download it again: it did not arrive whole."


def unpack(archive: Path, to: Path, progress: Progress) -> None:
    """Unpack a .zip into a folder that exists. Raises RecognitionError with nothing outside it."""
    try:
        with zipfile.ZipFile(archive) as whole:
            members = whole.infolist()
            for member in members:
                _inspect(archive, member)
            _limits(archive, members)
            room(to, sum(member.file_size for member in members))
            _extract(archive, whole, members, to, progress)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        raise RecognitionError(f"{archive.name} is cut off or no .zip ({error})", _AGAIN) from error
    except NotImplementedError as error:
        raise RecognitionError(
            f"{archive.name} is packed in a way that cannot be read ({error})",
            "Unpack it elsewhere and name the folder.",
        ) from error


def room(folder: Path, needed: int) -> None:
    """Raise RecognitionError unless so many bytes fit on the disk."""
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE:
        raise RecognitionError(
            f"the model needs {(needed + _SPARE) // 1_000_000} MB on the disk of {folder.parent}, "
            f"which has {free // 1_000_000} MB free",
            "Free some space: voicekiosk models remove NAME.",
        )


def _inspect(archive: Path, member: zipfile.ZipInfo) -> None:
    # ZipInfo cuts names at a NUL and turns backslashes round only where the system uses them.
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in member.filename:
        raise RecognitionError(
            f"{archive.name} would write outside its folder ({member.filename!r})", _ELSEWHERE
        )
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise RecognitionError(
            f"{archive.name} holds a link or a device ({member.filename!r})", _ELSEWHERE
        )
    if member.flag_bits & 1:
        raise RecognitionError(
            f"{archive.name} is locked with a password", "Unpack it elsewhere and name the folder."
        )


def _limits(archive: Path, members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    packed = archive.stat().st_size
    if total > MOST_BYTES or len(members) > MOST_FILES or total > MOST_RATIO * packed:
        raise RecognitionError(
            f"{archive.name} ({packed} bytes) would become {len(members)} files "
            f"of {total} bytes: no small model is like that",
            _ELSEWHERE,
        )


def _extract(
    archive: Path,
    whole: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    to: Path,
    progress: Progress,
) -> None:
    total, done = sum(member.file_size for member in members), 0
    for member in members:
        target = to / PurePosixPath(member.filename.replace("\\", "/"))
        if member.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = target.open("xb")
        except (FileExistsError, NotADirectoryError) as error:
            raise RecognitionError(
                f"{archive.name} holds {member.filename!r} twice", _ELSEWHERE
            ) from error
        # What the directory promises is not believed: zipfile itself stops at file_size.
        with whole.open(member) as source, file:
            while chunk := source.read(_CHUNK):
                file.write(chunk)
                done += len(chunk)
                progress("unpacking", done, total)
