"""A prompt pack on disk: its clips, checked against its manifest and the words of today."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Clip, Locale, Seconds
from voicekiosk.ports import PLAYBACK_RATE, PromptError
from voicekiosk.prompts import sound
from voicekiosk.prompts.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    line_of,
    read_manifest,
    write_manifest,
)

__all__ = ["MANIFEST", "Entry", "Manifest", "Pack", "line_of", "read_pack", "write_pack"]


@dataclass(frozen=True, slots=True)
class Pack:
    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def version(self) -> str:
        return self.manifest.version

    @property
    def content(self) -> str:
        return self.manifest.content

    @property
    def locales(self) -> tuple[Locale, ...]:
        return self.manifest.locales

    @property
    def speaker(self) -> str:
        return self.manifest.speaker

    @property
    def dialect(self) -> str:
        return self.manifest.dialect

    @property
    def licence(self) -> str:
        return self.manifest.licence

    @property
    def entries(self) -> Mapping[Spoken, Entry]:
        return self.manifest.entries

    @property
    def faults(self) -> tuple[str, ...]:
        return self.manifest.faults

    def fault(self, entry: Entry, what: str) -> str:
        return f"{self.folder / MANIFEST}: {entry.prompt} ({entry.locale}): {what}"

    def stale(self, entry: Entry, sentences: Sequence[str]) -> str | None:
        """Why this clip cannot stand for these sentences, as far as the manifest tells."""
        if entry.text.split() != " ".join(sentences).split():
            return self.fault(entry, "the clip is stale: the text has changed since")
        if self.path(entry) is None:
            return self.fault(entry, f"{entry.file!r} is missing or outside the pack")
        return None

    def path(self, entry: Entry) -> Path | None:
        """The clip's file; None when it is missing or outside the pack."""
        try:
            path = (self.folder / entry.file).resolve()
            inside = path.is_relative_to(self.folder.resolve()) and path.is_file()
        except (OSError, ValueError, RuntimeError):  # a loop of links, a NUL in the name
            return None
        return path if inside else None

    def clip(self, entry: Entry, sentences: Sequence[str]) -> Clip:
        """The clip, verified. Raises PromptError naming the pack, the prompt and the fault."""
        if fault := self.stale(entry, sentences):
            raise PromptError(fault, "Record or synthesize it again.")
        path = self.path(entry)
        try:
            sealed = path.read_bytes() if path else b""
            if hashlib.sha256(sealed).hexdigest() != entry.sha256:
                raise ValueError(f"{entry.file} is not the file the manifest was made for (sha256)")
            samples = sound.decode(sealed)
            if sound.is_silent(samples):
                raise ValueError(f"{entry.file} is silent")
        except (OSError, ValueError, MemoryError) as error:
            raise PromptError(self.fault(entry, str(error)), "Record it again.") from error
        starts = entry.starts
        if entry.loudness is None or abs(entry.loudness - sound.LOUDNESS) > sound.TOLERANCE:
            samples, cut = sound.trimmed(samples)
            samples = sound.levelled(samples)
            starts = (0.0, *(max(0.0, start - cut) for start in starts[1:]))
        else:
            samples = sound.limited(samples)  # Opus may overshoot by a little
        length = len(samples) / PLAYBACK_RATE
        ordered = all(a < b for a, b in zip(starts, (*starts[1:], length), strict=True))
        if len(starts) != len(sentences) or not ordered:
            starts = shared_starts(sentences, length)
        return Clip(sound.pcm_of(samples), tuple(map(Seconds, starts)), entry.voice, entry.recorded)


def shared_starts(sentences: Sequence[str], length: float) -> tuple[float, ...]:
    """Where sentences begin when nobody noted it: time shared out by their letters."""
    letters = [len(sentence) + 1 for sentence in sentences]
    return tuple(length * sum(letters[:index]) / sum(letters) for index in range(len(letters)))


def read_pack(folder: Path) -> Pack:
    """Raises PromptError when the manifest itself cannot be used; odd entries become faults."""
    return Pack(folder, read_manifest(folder / MANIFEST))


def write_pack(pack: Pack) -> None:
    """Write the manifest that ``read_pack`` reads, whole or not at all. Raises OSError."""
    write_manifest(pack.folder, pack.manifest)
