"""Whether a pack on the shelf is still what was checked, and what it is called."""

from __future__ import annotations

import hashlib
from pathlib import Path

from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import MANIFEST, Pack, read_pack


def is_pack(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).is_file()
    except OSError:
        return False


def place_name(pack: Pack) -> str:
    """Packs with another manifest have another name, so that none ever takes another's place."""
    return f"{pack.id}-{pack.version}-{_sha256(pack.folder / MANIFEST)[:8]}"


def names(folder: Path) -> set[str]:
    """What a person may call a pack."""
    try:
        pack = read_pack(folder)
    except PromptError:
        return {folder.name}
    return {folder.name, pack.id, f"{pack.id}-{pack.version}"}


def damage(folder: Path) -> tuple[str, ...]:
    """Every file that is gone or is not what its seal says; of the manifest, its name is the seal.

    Nothing is decoded: that was done before the pack came onto the shelf.
    """
    try:
        pack = read_pack(folder)
        if folder.name != place_name(pack):
            return (f"{folder / MANIFEST} is not the manifest that was checked",)
    except PromptError as error:
        return (error.what,)
    except OSError as error:
        return (f"{folder} cannot be read: {error}",)
    return clip_damage(pack)


def clip_damage(pack: Pack) -> tuple[str, ...]:
    found = []
    for entry in pack.entries.values():
        try:
            good = _sha256(pack.folder / entry.file) == entry.sha256
        except OSError as error:
            found.append(f"{pack.folder / entry.file} cannot be read: {error.strerror}")
            continue
        if not good:
            found.append(f"{pack.folder / entry.file} is not the file that was checked (sha256)")
    return tuple(found)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
