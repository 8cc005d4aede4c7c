"""The file that names, dates and seals the clips of a pack: read from strangers, written safely."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Hashable, Iterable, Mapping
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
MOST_PARTS, MOST_LETTERS, DEEPEST = 400_000, 5_000, 8
"""Of its YAML; a text that is read aloud for four minutes has fewer letters."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_LOCALE = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_PROMPT = re.compile(r"[A-Za-z0-9_.-]{1,120}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
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
        first = "" if "format" in written else " 1"
        raise PromptError(
            f"{path} is of another format{first}, and {FORMAT} is read",
            "Make the pack again: voicekiosk pack build.",
        )
    try:
        head = {name: _line(written, name) for name in ("version", "content", "speaker", "licence")}
        identity = _line(written, "id")
        dialect = _line(written, "dialect") if written.get("dialect") else ""
        locales = tuple(Locale(_line({"locale": each}, "locale")) for each in written["locales"])
        if not locales:
            raise ValueError("it has no locales")
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
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
                faults.append(f"{path}: {str(prompt)[:80]!r}: the entry lacks or misspells {error}")
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
        if path.exists() and not path.is_file():  # a pipe would be waited for without an end
            raise ValueError("it is no file")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES // 1_000_000} MB")
        text = raw.decode("utf-8")
        _harmless(yaml.parse(text, _Loader))
        written = yaml.load(text, _Loader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise PromptError(f"{path} cannot be read: {error}", "Restore the pack.") from error
    except (LookupError, TypeError, AttributeError, ArithmeticError) as error:
        # What YAML makes of a value that is not of the type that was claimed for it.
        raise PromptError(f"{path} claims odd types: {error}", "Restore the pack.") from error
    if not isinstance(written, dict):
        raise PromptError(f"{path} is no manifest: it is a list or a word", f"It needs {_NEEDED}.")
    return written


def _harmless(events: Iterable[yaml.Event]) -> None:
    """Before anything is built: deep nesting would overflow the stack of the compiled loader, a
    few aliases of aliases unfold to more than the machine holds, a long number takes hours."""
    depth = 0
    for count, event in enumerate(events):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("it repeats parts of itself by aliases")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and len(event.value) > MOST_LETTERS:
            raise ValueError("it has a word without an end")
        if depth > DEEPEST:
            raise ValueError("it is nested too deeply")
        if count > MOST_PARTS:
            raise ValueError("it has far too many lines")


def _line(written: Mapping[str, Any], name: str) -> str:
    value = written[name]
    if not isinstance(value, str):  # 2026.10 would be read as 2026.1
        raise ValueError(f"{name} is no text; put it in quotes")
    if not (line := value.strip()) or len(line) > 200 or not line.isprintable():
        raise ValueError(f"{name} is empty, longer than 200 letters or has hidden signs")
    return line


def _entry(prompt: str, locale: Locale, line: Mapping[str, Any], speaker: str) -> Entry:
    text, file, sealed = line["text"], line["file"], line["sha256"]
    if not (isinstance(text, str) and isinstance(file, str) and isinstance(sealed, str)):
        raise ValueError("text, file and sha256 as words")
    for value, pattern, what in [(prompt, _PROMPT, "its name"), (sealed, _SHA256, "sha256")]:
        if not pattern.fullmatch(value):
            raise ValueError(what)
    if _CONTROL.search(text):
        raise ValueError("text: it has hidden signs")
    return Entry(
        PromptId(prompt),
        locale,
        file,
        sealed,
        text,
        line["recorded"] is True,
        _line(line, "voice") if "voice" in line else speaker,
        tuple(_number(start, "starts") for start in line.get("starts", (0.0,))),
        _number(line["loudness"], "loudness") if "loudness" in line else None,
        _number(line["duration"], "duration") if "duration" in line else None,
    )


def _number(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name}: it is no number")
    return float(value)


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
