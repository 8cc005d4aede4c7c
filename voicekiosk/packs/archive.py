"""A pack as one file that travels: a zip, stored, because Opus does not shrink."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import MANIFEST, read_pack
from voicekiosk.unpacking import Parcel
from voicekiosk.unpacking import unpack as unpack_parcel

SUFFIX = ".vkpack"
Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is."""
PARCEL = Parcel(
    what="pack",
    failure=PromptError,
    elsewhere="Ask whoever made the pack for it again.",
    make_room="Remove a pack: voicekiosk pack remove ID.",
    most_bytes=300_000_000,
    most_files=10_050,
    most_ratio=20,
)
_LONG_AGO = (2026, 1, 1, 0, 0, 0)
"""The same clips make the same file, whenever it is made."""


def unpack(file: Path, into: Path, progress: Progress) -> None:
    """Unpack a pack into an empty folder. Raises PromptError; nothing is written outside it."""
    try:
        unpack_parcel(file, into, progress, PARCEL)
    except OSError as error:
        raise PromptError(f"{file.name} cannot be unpacked: {error}", PARCEL.again) from error


def pack_up(folder: Path, file: Path, progress: Progress) -> None:
    """Write a pack as one file, whole or not at all. Raises PromptError."""
    pack = read_pack(folder)
    names = [MANIFEST, f"{MANIFEST}.minisig"]
    names += sorted({entry.file for entry in pack.entries.values()})
    for entry in pack.entries.values():
        if pack.path(entry) is None:  # nothing else of this machine travels with it
            raise PromptError(
                pack.fault(entry, f"{entry.file!r} is missing or outside the pack"),
                "Build the pack again.",
            )
    beside = file.with_name(f".{file.name}.new")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as whole:
            for done, name in enumerate(names):
                if name == names[1] and not (folder / name).is_file():
                    continue  # nobody signed it
                member = zipfile.ZipInfo(name, _LONG_AGO)
                member.external_attr = (stat.S_IFREG | 0o644) << 16
                whole.writestr(member, (folder / name).read_bytes())
                progress("packing", done + 1, len(names))
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(file)
    except (OSError, ValueError) as error:
        beside.unlink(missing_ok=True)
        raise PromptError(f"{file} cannot be written: {error}", "Choose another place.") from error
