"""Whether a pack is what it says it is: everything in it is hostile until this has looked at it."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.packs.signing import SIGNATURE, TrustedKeys
from voicekiosk.ports import PLAYBACK_RATE, PromptError
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import MANIFEST, Entry, Pack, read_pack

Progress = Callable[[str, int, int], None]
MOST_PROMPTS = 5_000
MOST_FILE_BYTES, MOST_BYTES = 20_000_000, 300_000_000
LOUDNESS_WITHIN = 2.0
"""LU from the loudness of all clips, as it is measured here."""
DURATION_WITHIN = 0.1
"""Seconds between what the manifest says and what the clip lasts."""
_FILE = re.compile(r"(?:[\w.-]+/){0,2}[\w.-]+\.(?:opus|ogg|flac|wav)")


class PackRefused(PromptError):
    """Carries everything that is wrong with a pack, not just the first."""

    def __init__(self, folder: Path, faults: tuple[str, ...]) -> None:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(
            f"The pack {folder.name} is refused: {faults[0]}{more}",
            "Ask whoever made it to build it again.",
        )
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Checked:
    pack: Pack
    signer: str | None
    """Name of the trusted key that signed it; None when nobody did, and that is allowed."""


def check(
    folder: Path, trusted: TrustedKeys, *, allow_unsigned: bool, progress: Progress
) -> Checked:
    """Look at every byte. Raises PackRefused with every fault, each naming its file."""
    files, strange = _files(folder)
    if strange:  # nothing of such a pack is opened
        raise PackRefused(folder, strange)
    try:
        signer = trusted.signer(folder)
        pack = read_pack(folder)
    except PromptError as error:
        raise PackRefused(folder, (error.what,)) from error
    if signer is None and not allow_unsigned:
        raise PackRefused(folder, ("nobody signed it, and this kiosk plays signed packs only",))
    entries = tuple(pack.entries.values())
    faults = [*pack.faults, *_listing(pack, files)]
    if not faults:
        for done, entry in enumerate(entries):
            progress("listening to", done, len(entries))
            faults += [f"{entry.file}: {fault}" for fault in clip_faults(folder, entry)]
        progress("listening to", len(entries), len(entries))
    if faults:
        raise PackRefused(folder, tuple(faults))
    return Checked(pack, signer)


def _files(folder: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Every file and its size, and what has no place in a pack."""
    sizes: dict[str, int] = {}
    strange: list[str] = []
    for name, entry in _walk(folder, ""):
        if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
            strange.append(f"{name} is a link or a device")
        elif unicodedata.normalize("NFC", name) != name or not name.isprintable():
            strange.append(f"{name!r} is in the wrong Unicode form")
        elif entry.is_file():
            sizes[name] = entry.stat(follow_symlinks=False).st_size
            if sizes[name] > MOST_FILE_BYTES:
                strange.append(f"{name} has more than {MOST_FILE_BYTES // 1_000_000} MB")
        if len(sizes) > 2 * MOST_PROMPTS + 2 or len(strange) > 20:
            strange.append("there are far too many files")
            break
    if sum(sizes.values()) > MOST_BYTES:
        strange.append(f"it has more than {MOST_BYTES // 1_000_000} MB")
    return sizes, tuple(strange)


def _walk(folder: Path, above: str, depth: int = 0) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield above + entry.name, entry
                if entry.is_dir(follow_symlinks=False) and depth < 2:
                    yield from _walk(Path(entry.path), f"{above}{entry.name}/", depth + 1)
    except OSError as error:
        raise PackRefused(folder, (f"it cannot be read: {error}",)) from error


def _listing(pack: Pack, files: dict[str, int]) -> Iterator[str]:
    """What the manifest and the folder do not agree about."""
    listed = Counter(entry.file for entry in pack.entries.values())
    if not listed:
        yield "it holds no clips"
    if len(listed) > MOST_PROMPTS:
        yield f"it lists more than {MOST_PROMPTS} clips"
    for name, times in listed.items():
        if not _FILE.fullmatch(name) or ".." in name:
            yield f"{name[:100]!r} is no name for a clip"
        elif name not in files:
            yield f"{name} is missing"
        elif times > 1:
            yield f"{name} stands for {times} prompts"
    for name in files.keys() - listed.keys() - {MANIFEST, SIGNATURE}:
        yield f"{name} is not listed in the manifest"


def clip_faults(folder: Path, entry: Entry) -> Iterator[str]:
    """What is wrong with one clip, as far as its bytes tell."""
    try:
        sealed = (folder / entry.file).read_bytes()
    except OSError as error:
        yield f"cannot be read: {error}"
        return
    if hashlib.sha256(sealed).hexdigest() != entry.sha256:
        yield "is not the file the manifest was made for (sha256)"
        return
    try:
        samples = sound.decode(sealed)
    except (OSError, ValueError, MemoryError) as error:
        yield f"is no sound: {error}"
        return
    duration = len(samples) / PLAYBACK_RATE
    if sound.is_silent(samples):
        yield "is silent"
        return
    if entry.duration is not None and abs(duration - entry.duration) > DURATION_WITHIN:
        yield f"lasts {duration:.1f} s and not {entry.duration:.1f}"
    if not entry.starts or any(not 0 <= start <= duration for start in entry.starts):
        yield "has sentences that begin outside it"
    level = sound.loudness(samples)
    if abs(level - sound.LOUDNESS) > LOUDNESS_WITHIN:
        yield f"is at {level:.1f} LUFS and not at {sound.LOUDNESS:.0f}"
