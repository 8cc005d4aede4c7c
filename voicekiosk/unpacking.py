"""Unpacks archives from strangers: nothing outside the folder, nothing without an end."""

from __future__ import annotations

import io
import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from voicekiosk.ports import KioskError

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is."""

_SPARE = 50_000_000
_CHUNK = 1 << 20
_MOST_LISTED = 4_000_000
"""Bytes of an archive's list of contents, which is read at once."""
_DEEPEST = 8
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*[. ]", re.IGNORECASE)
"""What Windows does not write as it is called."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What an archive may hold, and how to say that it does not."""

    what: str
    """As in "no model is like that"."""
    failure: type[KioskError]
    elsewhere: str
    """Mend of an archive that should not be trusted."""
    make_room: str
    """Mend of a full disk."""
    most_bytes: int
    """Unpacked."""
    most_files: int
    most_ratio: int
    """Unpacked to packed: a bomb shrinks a thousandfold."""
    again: str = "Copy or download it again: it did not arrive whole."


def unpack(archive: Path, to: Path, progress: Progress, parcel: Parcel) -> None:
    """Unpack a .zip into a folder that exists; nothing outside it. Raises ``parcel.failure``."""
    try:
        with _Bounded(archive) as file, zipfile.ZipFile(file) as whole:
            members = whole.infolist()
            for member in members:
                _inspect(archive, member, parcel)
            _limits(archive, members, parcel)
            room(to, sum(member.file_size for member in members), parcel)
            _extract(archive, whole, members, to, progress, parcel)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError) as error:
        raise parcel.failure(
            f"{archive.name} is cut off or no .zip ({error})", parcel.again
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise parcel.failure(
            f"{archive.name} is packed in a way that cannot be read ({error})",
            "Unpack it elsewhere and name the folder.",
        ) from error


class _Bounded(io.FileIO):
    """An archive may list millions of files of which it holds none."""

    def __init__(self, archive: Path) -> None:
        if archive.exists() and not archive.is_file():  # a pipe has no end
            raise zipfile.BadZipFile("it is no file")
        super().__init__(archive)

    def read(self, size: int | None = -1) -> bytes:
        most = _MOST_LISTED + 1
        found = super().read(most if size is None or size < 0 else min(size, most)) or b""
        if len(found) == most:
            raise zipfile.BadZipFile("it lists far too many files")
        return found


def room(folder: Path, needed: int, parcel: Parcel) -> None:
    """Raise ``parcel.failure`` unless so many bytes fit on the disk."""
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE:
        megabytes = (needed + _SPARE) // 1_000_000
        raise parcel.failure(
            f"the {parcel.what} needs {megabytes} MB on the disk of {folder.parent}, "
            f"which has {free // 1_000_000} MB free",
            parcel.make_room,
        )


def _inspect(archive: Path, member: zipfile.ZipInfo, parcel: Parcel) -> None:
    # ZipInfo cuts names at a NUL and turns backslashes round only where the system uses them.
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in member.filename:
        raise parcel.failure(
            f"{archive.name} would write outside its folder ({member.filename!r})", parcel.elsewhere
        )
    if unicodedata.normalize("NFC", member.filename) != member.filename:
        raise parcel.failure(
            f"{archive.name} holds a name in the wrong Unicode form ({member.filename!r})",
            parcel.elsewhere,
        )
    odd = any(len(part.encode()) > 200 or _DEVICE.fullmatch(part) for part in name.parts)
    if odd or not 0 < len(name.parts) <= _DEEPEST or not member.orig_filename.isprintable():
        raise parcel.failure(
            f"{archive.name} holds a name that cannot be ({member.orig_filename[:100]!r})",
            parcel.elsewhere,
        )
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError(f"compression method {member.compress_type}")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise parcel.failure(
            f"{archive.name} holds a link or a device ({member.filename!r})", parcel.elsewhere
        )
    if member.flag_bits & 1:
        raise parcel.failure(
            f"{archive.name} is locked with a password", "Unpack it elsewhere and name the folder."
        )


def _limits(archive: Path, members: list[zipfile.ZipInfo], parcel: Parcel) -> None:
    total = sum(member.file_size for member in members)
    packed = archive.stat().st_size
    too_many = len(members) > parcel.most_files
    if too_many or total > min(parcel.most_bytes, parcel.most_ratio * packed):
        raise parcel.failure(
            f"{archive.name} ({packed} bytes) would become {len(members)} files "
            f"of {total} bytes: no {parcel.what} is like that",
            parcel.elsewhere,
        )


def _extract(
    archive: Path,
    whole: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    to: Path,
    progress: Progress,
    parcel: Parcel,
) -> None:
    total, done = sum(member.file_size for member in members), 0
    seen: set[str] = set()
    for member in members:
        name = member.filename.replace("\\", "/")
        target = to / PurePosixPath(name)
        try:
            if member.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if name.casefold() in seen:  # one file on a kiosk that runs Windows
                raise FileExistsError(name)
            seen.add(name.casefold())
            file = target.open("xb")
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise parcel.failure(
                f"{archive.name} holds {member.filename!r} twice", parcel.elsewhere
            ) from error
        # What the directory promises is not believed: zipfile itself stops at file_size.
        with whole.open(member) as source, file:
            while chunk := source.read(_CHUNK):
                file.write(chunk)
                done += len(chunk)
                progress("unpacking", done, total)
