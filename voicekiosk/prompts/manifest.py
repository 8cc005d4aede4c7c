"""The file that names, dates and seals the clips of a pack: read from strangers, written safely."""

from __future__ import annotations

import os
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Locale, PromptId
from voicekiosk.ports import PromptError

MANIFEST = "manifest.yaml"
FORMAT = 2
MOST_BYTES = 8_000_000
"""A pack of 5,000 prompts in two languages needs half of it."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_LOCALE = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*]", re.MULTILINE)
_NEEDED = "format, id, version, content, locales, speaker, licence and prompts"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says about one clip."""

    prompt: PromptId
    locale: Locale
    file: str
    sha256: str
    text: str
    """The words as they were recorded: when the content's differ, the clip is stale."""
    recorded: bool
    voice: str
    starts: tuple[float, ...] = (0.0,)
    loudness: float | None = None
    """LUFS as measured when the pack was made; None when nobody measured."""
    duration: float | None = None
    """Seconds, likewise."""

    @property
    def spoken(self) -> Spoken:
        return Spoken(self.prompt, self.locale)


@dataclass(frozen=True, slots=True)
class Manifest:
    id: str
    version: str
    content: str
    """Version of the content that was read aloud."""
    locales: tuple[Locale, ...]
    speaker: str
    dialect: str
    licence: str
    entries: Mapping[Spoken, Entry]
    faults: tuple[str, ...] = field(default=())
    """Entries that make no sense; the others can be used."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Ten times as fast where compiled; a name that is there twice is refused."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(found) != len(node.value):
            raise yaml.YAMLError(f"a name stands twice near line {node.start_mark.line + 1}")
        return found


def read_manifest(path: Path) -> Manifest:
    """Raises PromptError when the file cannot be used at all; odd entries become faults."""
    written = _load(path)
    if written.get("format") != FORMAT:
        raise PromptError(
            f"{path} is of format {str(written.get('format', 1))[:20]}, and {FORMAT} is read",
            "Make the pack again: voicekiosk pack build.",
        )
    try:
        head = {name: _line(written, name) for name in ("version", "content", "speaker", "licence")}
        identity, dialect = _line(written, "id"), str(written.get("dialect") or "")
        locales = tuple(Locale(_line({"locale": each}, "locale")) for each in written["locales"])
        listed = [(Locale(str(name)), dict(part)) for name, part in written["prompts"].items()]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PromptError(f"{path} is no manifest: {error}", f"It needs {_NEEDED}.") from error
    for value, pattern, what in [
        (identity, _ID, "id"),
        (head["version"], _VERSION, "version"),
        *((locale, _LOCALE, "locale") for locale in locales),
    ]:
        if not pattern.fullmatch(value):
            raise PromptError(f"{path}: {value[:60]!r} is no {what}", f"Use {pattern.pattern}")
    entries: dict[Spoken, Entry] = {}
    faults: list[str] = []
    for locale, part in listed:
        if locale not in locales:
            faults.append(f"{path}: {str(locale)[:20]} is not among the pack's locales")
            continue
        for prompt, line in part.items():
            try:
                entry = _entry(str(prompt), locale, line, head["speaker"])
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                faults.append(f"{path}: {str(prompt)[:80]}: the entry lacks or misspells {error}")
            else:
                entries[entry.spoken] = entry
    return Manifest(
        identity,
        head["version"],
        head["content"],
        locales,
        head["speaker"],
        dialect,
        head["licence"],
        entries,
        tuple(faults),
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES // 1_000_000} MB")
        text = raw.decode("utf-8")
        # A few aliases of aliases unfold to more than the machine holds.
        if _ANCHOR.search(text) and any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _Loader)
        ):
            raise ValueError("it repeats parts of itself by aliases")
        written = yaml.load(text, _Loader)
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise PromptError(f"{path} cannot be read: {error}", "Restore the pack.") from error
    if not isinstance(written, dict):
        raise PromptError(f"{path} is no manifest: it is a list or a word", f"It needs {_NEEDED}.")
    return written


def _line(written: Mapping[str, Any], name: str) -> str:
    value = written[name]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{name} is no text")
    if not (line := str(value).strip()) or len(line) > 200:
        raise ValueError(f"{name} is empty or longer than 200 letters")
    return line


def _entry(prompt: str, locale: Locale, line: Mapping[str, Any], speaker: str) -> Entry:
    text, file, sealed = line["text"], line["file"], line["sha256"]
    if not (isinstance(text, str) and isinstance(file, str) and isinstance(sealed, str)):
        raise ValueError("text, file and sha256 as words")
    return Entry(
        PromptId(prompt),
        locale,
        file,
        sealed,
        text,
        line["recorded"] is True,
        str(line.get("voice", speaker)),
        tuple(float(start) for start in line.get("starts", (0.0,))),
        float(line["loudness"]) if "loudness" in line else None,
        float(line["duration"]) if "duration" in line else None,
    )


def line_of(entry: Entry) -> dict[str, Any]:
    """What the manifest says of a clip."""
    measured = {
        "duration": None if entry.duration is None else round(entry.duration, 3),
        "loudness": None if entry.loudness is None else round(entry.loudness, 1),
    }
    return {
        "file": entry.file,
        "sha256": entry.sha256,
        "text": entry.text,
        "recorded": entry.recorded,
        "voice": entry.voice,
        **{name: value for name, value in measured.items() if value is not None},
        "starts": [round(start, 3) for start in entry.starts],
    }


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what ``read_manifest`` reads, whole or not at all. Raises OSError."""
    prompts: dict[str, dict[str, Any]] = {str(locale): {} for locale in manifest.locales}
    for entry in sorted(manifest.entries.values(), key=lambda entry: entry.prompt):
        prompts[str(entry.locale)][str(entry.prompt)] = line_of(entry)
    written = {
        "format": FORMAT,
        "id": manifest.id,
        "version": manifest.version,
        "content": manifest.content,
        "locales": [str(locale) for locale in manifest.locales],
        "speaker": manifest.speaker,
        "dialect": manifest.dialect,
        "licence": manifest.licence,
        "prompts": prompts,
    }
    text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=100)
    beside = folder / f".{MANIFEST}.new"
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / MANIFEST)
