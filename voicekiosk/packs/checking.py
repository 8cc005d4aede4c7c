"""Whether a pack is what it says it is: everything in it is hostile until this has looked at it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.packs.signing import SIGNATURE, TrustedKeys
from voicekiosk.ports import PLAYBACK_RATE, PromptError
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import MANIFEST, Entry, Pack, read_pack

Progress = Callable[[str, int, int], None]
MOST_PROMPTS = 5_000
MOST_FILE_BYTES, MOST_BYTES = 20_000_000, 300_000_000
MOST_SECONDS = 4 * 3600.0
"""Of sound in a pack: silence hardly fills the stick that holds it, and takes days to hear."""
LOUDNESS_WITHIN = 2.0
"""LU from the loudness of all clips, as it is measured here."""
DURATION_WITHIN = 0.1
"""Seconds between what the manifest says and what the clip lasts."""
_DEEPEST = 2
_SOUNDS = (b"OggS", b"fLaC", b"RIFF")
"""How they begin; the other decoders of the library are never shown anything."""
_WORKERS = 2
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
    """Look at every byte. Raises PackRefused with every fault, each naming its file.

    First the names, then the signature over the manifest, then the manifest, then the seal of
    each clip, then its sound: no parser and no decoder meets a byte that was not signed for.
    """
    files, strange = _files(folder)
    if strange:  # nothing of such a pack is opened
        raise PackRefused(folder, strange)
    if MANIFEST not in files:
        raise PackRefused(folder, (f"it has no {MANIFEST}",))
    try:
        signer = trusted.signer(folder)
        if signer is None and not allow_unsigned:
            raise PackRefused(folder, ("nobody signed it, and this kiosk plays signed packs only",))
        pack = read_pack(folder)
    except PackRefused:
        raise
    except PromptError as error:
        raise PackRefused(folder, (error.what,)) from error
    faults = (*pack.faults, *_listing(pack, files))
    # Thousands of clips would be heard for a listing that is wrong anyway.
    faults = faults or _heard(pack, progress)
    if faults:
        raise PackRefused(folder, faults)
    return Checked(pack, signer)


def _heard(pack: Pack, progress: Progress) -> tuple[str, ...]:
    """What is wrong with the sound of the clips."""
    entries = tuple(pack.entries.values())
    faults: list[str] = []
    pool = ThreadPoolExecutor(_WORKERS)
    try:
        heard = pool.map(lambda entry: tuple(clip_faults(pack.folder, entry)), entries)
        for done, (entry, found) in enumerate(zip(entries, heard, strict=True)):
            progress("listening to", done, len(entries))
            faults += [f"{entry.file}: {fault}" for fault in found]
    finally:
        pool.shutdown(cancel_futures=True)
    progress("listening to", len(entries), len(entries))
    return tuple(faults)


def _files(folder: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Every file and its size, and what has no place in a pack."""
    sizes: dict[str, int] = {}
    strange: list[str] = []
    seen: set[str] = set()
    for name, about in _walk(folder, ""):
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
            strange.append(f"{name!r} is a link or a device")
        elif unicodedata.normalize("NFC", name) != name or not name.isprintable():
            strange.append(f"{name!r} is in the wrong Unicode form")
        elif name.casefold() in seen:
            strange.append(f"{name!r} is there twice, in large and small letters")
        elif stat.S_ISDIR(about.st_mode):
            if name.count("/") >= _DEEPEST:
                strange.append(f"{name!r} is a folder too deep")
        else:
            sizes[name] = about.st_size
            if about.st_size > MOST_FILE_BYTES:
                strange.append(f"{name!r} has more than {MOST_FILE_BYTES // 1_000_000} MB")
        seen.add(name.casefold())
        if len(seen) > 2 * MOST_PROMPTS + 2 or len(strange) > 20:
            strange.append("there are far too many files")
            break
    if sum(sizes.values()) > MOST_BYTES:
        strange.append(f"it has more than {MOST_BYTES // 1_000_000} MB")
    return sizes, tuple(strange)


def _walk(folder: Path, above: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield above + entry.name, entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False) and above.count("/") < _DEEPEST:
                    yield from _walk(Path(entry.path), f"{above}{entry.name}/")
    except OSError as error:
        raise PackRefused(folder, (f"it cannot be read: {error}",)) from error


def _listing(pack: Pack, files: dict[str, int]) -> Iterator[str]:
    """What the manifest and the folder do not agree about."""
    listed = Counter(entry.file for entry in pack.entries.values())
    if not listed:
        yield "it holds no clips"
    if len(listed) > MOST_PROMPTS:
        yield f"it lists more than {MOST_PROMPTS} clips"
    if sum(max(0.0, entry.duration or 0.0) for entry in pack.entries.values()) > MOST_SECONDS:
        yield f"it holds more than {MOST_SECONDS / 3600:.0f} hours of sound"
    for name, times in listed.items():
        if not _FILE.fullmatch(name) or ".." in name:
            yield f"{name[:100]!r} is no name for a clip"
        elif name not in files:
            yield f"{name} is missing"
        elif times > 1:
            yield f"{name} stands for {times} prompts"
    for name in sorted(files.keys() - listed.keys() - {MANIFEST, SIGNATURE}):
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
    if not sealed.startswith(_SOUNDS):
        yield "is no sound: neither Opus nor FLAC nor WAV"
        return
    if entry.duration is None or entry.loudness is None:
        yield "lacks its duration or loudness in the manifest"
        return
    try:
        duration = sound.duration(sealed)
        if abs(duration - entry.duration) > DURATION_WITHIN:
            yield f"lasts {duration:.1f} s and not {entry.duration:.1f}"
            return  # unheard: all that is heard is within MOST_SECONDS
        samples = sound.decode(sealed)
    except (OSError, ValueError, MemoryError) as error:
        yield f"is no sound: {error}"
        return
    duration = len(samples) / PLAYBACK_RATE
    if abs(duration - entry.duration) > DURATION_WITHIN:
        yield f"lasts {duration:.1f} s and not {entry.duration:.1f}"
    if sound.is_silent(samples):
        yield "is silent"
        return
    if not entry.starts or any(not 0 <= start <= duration for start in entry.starts):
        yield "has sentences that begin outside it"
    level = sound.loudness(samples)
    if not abs(level - sound.LOUDNESS) <= LOUDNESS_WITHIN:
        yield f"is at {level:.1f} LUFS and not at {sound.LOUDNESS:.0f}"
    if not abs(level - entry.loudness) <= LOUDNESS_WITHIN / 2:
        yield f"is at {level:.1f} LUFS and not, as listed, at {entry.loudness:.1f}"
    if sound.peak(samples) > 1.0:
        yield "is clipped: its peak is above full scale"
