"""Reads a prompt pack: a manifest that names, dates and seals the clip of each prompt."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from voicekiosk.core.types import Clip, Locale, PromptId, Seconds
from voicekiosk.ports import PLAYBACK_RATE, PromptError
from voicekiosk.prompts import sound

MANIFEST = "manifest.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where compiled


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says about one clip."""

    prompt: PromptId
    file: str
    sha256: str
    text: str
    """The words as they were recorded: when the content's differ, the clip is stale."""
    recorded: bool
    voice: str
    starts: tuple[float, ...]
    loudness: float | None
    """As measured when the pack was made; None when nobody measured."""


@dataclass(frozen=True, slots=True)
class Pack:
    folder: Path
    id: str
    version: str
    content: str
    locale: Locale
    speaker: str
    licence: str
    entries: Mapping[PromptId, Entry]
    faults: tuple[str, ...] = field(default=())

    def fault(self, prompt: PromptId, what: str) -> str:
        return f"{self.folder / MANIFEST}: {prompt}: {what}"

    def stale(self, entry: Entry, sentences: Sequence[str]) -> str | None:
        """Why this clip cannot stand for these sentences, as far as the manifest tells."""
        if entry.text.split() != " ".join(sentences).split():
            return self.fault(entry.prompt, "the clip is stale: the text has changed since")
        if self._path(entry) is None:
            return self.fault(entry.prompt, f"{entry.file!r} is missing or outside the pack")
        return None

    def _path(self, entry: Entry) -> Path | None:
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
        path = self._path(entry)
        try:
            sealed = path.read_bytes() if path else b""
            if hashlib.sha256(sealed).hexdigest() != entry.sha256:
                raise ValueError(f"{entry.file} is not the file the manifest was made for (sha256)")
            samples = sound.decode(sealed)
            if sound.is_silent(samples):
                raise ValueError(f"{entry.file} is silent")
        except (OSError, ValueError, MemoryError) as error:
            raise PromptError(self.fault(entry.prompt, str(error)), "Record it again.") from error
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
    path = folder / MANIFEST
    try:
        manifest = yaml.load(path.read_text("utf-8"), _LOADER)
        head = {
            key: str(manifest[key])
            for key in ("id", "version", "content", "locale", "speaker", "licence")
        }
        listed = manifest["prompts"].items()
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise PromptError(f"{path} cannot be read: {error}", "Restore the pack.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise PromptError(
            f"{path} is no manifest: {error}",
            "It needs id, version, content, locale, speaker, licence and prompts.",
        ) from error
    entries: dict[PromptId, Entry] = {}
    faults: list[str] = []
    for prompt, line in listed:
        try:
            entries[PromptId(prompt)] = Entry(
                PromptId(prompt),
                str(line["file"]),
                str(line["sha256"]),
                str(line["text"]),
                line["recorded"] is True,
                str(line.get("voice", head["speaker"])),
                tuple(float(start) for start in line.get("starts", (0.0,))),
                float(line["loudness"]) if "loudness" in line else None,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(f"{path}: {prompt}: the entry lacks or misspells {error}")
    return Pack(
        folder,
        head["id"],
        head["version"],
        head["content"],
        Locale(head["locale"]),
        head["speaker"],
        head["licence"],
        entries,
        tuple(faults),
    )


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write what ``read_pack`` reads. Raises OSError."""
    text = yaml.safe_dump(dict(manifest), allow_unicode=True, sort_keys=False, width=100)
    (folder / MANIFEST).write_text(text, "utf-8")
