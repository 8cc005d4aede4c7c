"""A work folder: what is to be read aloud, and every take so far, before it becomes a pack."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Locale, PromptId
from voicekiosk.ports import PromptError
from voicekiosk.prompts.sound import Samples

WORK, TAKES = "work.yaml", "takes"
_PATTERNS = {
    "id": re.compile(r"[a-z0-9][a-z0-9-]{0,39}"),
    "version": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}"),
    "locale": re.compile(r"[a-z]{2,3}-[A-Z]{2}"),
    "prompt": re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}"),
}
_MENDS = {
    "id": "Small Latin letters, digits and hyphens, at most 40: --id aigul",
    "version": "Latin letters, digits, dots and hyphens, at most 20: --version 1.2",
    "locale": "Write it like ky-KG.",
    "prompt": "Write it like system.welcome.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the recording sheet."""

    number: int
    """Counted from 1; it is written on the sheet and may stand in a file's name."""
    spoken: Spoken
    text: str
    """As it was printed: whoever reads the sheet aloud says this."""


@dataclass(frozen=True, slots=True)
class Take:
    """What is known of a take; it travels inside the sound file itself."""

    text: str
    """The words that were read, fixed when the take was made."""
    voice: str
    recorded: bool
    """False when a synthetic voice spoke."""
    starts: tuple[float, ...] = (0.0,)
    """Where sentences begin in the sound as it was taken, when somebody knows."""


@dataclass(frozen=True, slots=True)
class Work:
    folder: Path
    id: str
    version: str
    speaker: str
    dialect: str
    licence: str
    locales: tuple[Locale, ...]
    content: str
    """Version of the content that the sheet was printed from."""
    lines: tuple[Line, ...]

    @staticmethod
    def create(
        folder: Path,
        *,
        id: str,
        speaker: str,
        locales: Sequence[Locale],
        content: str,
        texts: Iterable[tuple[Spoken, str]],
        version: str = "1",
        dialect: str = "",
        licence: str = "CC-BY-4.0",
    ) -> Work:
        """A new folder with its plan, in the order given. Raises PromptError."""
        lines = tuple(Line(at, *each) for at, each in enumerate(texts, 1))
        work = Work(
            *(folder, id, version, speaker, dialect, licence, tuple(locales), content, lines)
        )
        work._check()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise PromptError(
                f"{folder} is there already and is not empty", "Name a folder that is new."
            )
        if not lines:
            raise PromptError(
                f"Nothing is left to record in {', '.join(locales)}",
                "To record everything again, say --from-content all.",
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / WORK, work._written().encode())
        except OSError as error:
            raise _unwritable(folder, error) from error
        return work

    @staticmethod
    def read(folder: Path) -> Work:
        """Raises PromptError when the folder is no work folder."""
        path = folder / WORK
        if not path.is_file():
            raise PromptError(
                f"{folder} is no work folder: it has no {WORK}",
                f"Make one: voicekiosk pack new {folder} --id NAME --speaker NAME.",
            )
        try:
            read = yaml.load(path.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            head = {name: str(read.get(name) or "") for name in _HEAD}
            locales = tuple(Locale(str(locale)) for locale in read["locales"])
            lines = tuple(
                Line(
                    int(row["number"]),
                    Spoken(PromptId(str(row["prompt"])), Locale(str(row["locale"]))),
                    str(row["text"]),
                )
                for row in read["lines"]
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError) as error:
            raise PromptError(
                f"{path} cannot be read: {type(error).__name__} {error}",
                "Take back your last change to it, or make a new work folder.",
            ) from error
        work = Work(folder=folder, locales=locales, lines=lines, **head)
        work._check()
        return work

    def _check(self) -> None:
        """Names become names of files, so nothing odd may stand in them."""
        for what, value in [
            ("id", self.id),
            ("version", self.version),
            *(("locale", locale) for locale in self.locales),
            *(("locale", line.spoken.locale) for line in self.lines),
            *(("prompt", line.spoken.prompt) for line in self.lines),
        ]:
            if not _PATTERNS[what].fullmatch(value):
                raise PromptError(
                    f"{value[:60]!r} cannot be the {what} of a pack",
                    _MENDS[what],
                )
        if not self.speaker.strip():
            raise PromptError("Nobody is named as the speaker", "Say who speaks: --speaker NAME.")
        numbers = {line.number for line in self.lines}
        if len(numbers) != len(self.lines) or len(self.by_spoken) != len(self.lines):
            raise PromptError(
                f"{self.folder / WORK} has a number or a prompt twice", "Remove one of the two."
            )

    def _written(self) -> str:
        head: dict[str, Any] = {name: getattr(self, name) for name in _HEAD}
        head["locales"] = [str(locale) for locale in self.locales]
        head["lines"] = [
            {
                "number": line.number,
                "prompt": str(line.spoken.prompt),
                "locale": str(line.spoken.locale),
                "text": line.text,
            }
            for line in self.lines
        ]
        return yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=100)

    @property
    def by_spoken(self) -> Mapping[Spoken, Line]:
        return {line.spoken: line for line in self.lines}

    def take(self, spoken: Spoken) -> Path:
        """Where the take of this prompt lies, or will lie."""
        return self.folder / TAKES / spoken.locale / f"{spoken.prompt}.flac"

    def keep(
        self,
        spoken: Spoken,
        samples: Samples,
        rate: int,
        take: Take,
    ) -> Path:
        """Write a take with what is known of it, whole or not at all, in place of an older one.

        ``samples`` are mono, -1 to 1, raw: levelling and trimming happen when the pack is built.
        """
        path = self.take(spoken)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_take(path, samples, rate, take)
        except (OSError, RuntimeError) as error:
            raise _unwritable(path, error) from error
        return path

    def about(self, spoken: Spoken) -> Take | None:
        """What is known of a take; None when there is none. Raises PromptError: not readable."""
        path = self.take(spoken)
        if not path.is_file():
            return None
        return _read_take(path)

    def missing(self, content: Content) -> tuple[Spoken, ...]:
        """What is still to be read, in the order of the sheet: no take, or the text has changed.

        A prompt that the content has no more is not missed.
        """
        return tuple(
            line.spoken
            for line in self.lines
            if (text := text_of(content, line.spoken)) is not None
            and not self._is_current(line.spoken, text)
        )

    def _is_current(self, spoken: Spoken, text: str) -> bool:
        try:
            take = self.about(spoken)
        except PromptError:  # a take that cannot be read must be made again
            return False
        return take is not None and take.text.split() == text.split()


_HEAD = ("id", "version", "speaker", "dialect", "licence", "content")


def text_of(content: Content, spoken: Spoken) -> str | None:
    """The words of today, as one line."""
    sentences = content.prompts.get(spoken.prompt, {}).get(spoken.locale)
    return " ".join(sentences) if sentences else None


def _write_take(path: Path, samples: Samples, rate: int, take: Take) -> None:
    import soundfile  # type: ignore[import-untyped]

    beside = path.with_name(f".{path.stem}.part")
    note = {
        "text": take.text,
        "voice": take.voice,
        "recorded": take.recorded,
        "starts": [round(start, 3) for start in take.starts],
    }
    with soundfile.SoundFile(
        beside, "w", samplerate=rate, channels=1, format="FLAC", subtype="PCM_16"
    ) as file:
        # Inside the file: a take that is copied or moved still knows what it says.
        file.comment = json.dumps(note, ensure_ascii=False)
        file.write(np.clip(samples, -1.0, 1.0))
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.replace(path)


def _read_take(path: Path) -> Take:
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            note = json.loads(file.comment)
        starts = tuple(float(start) for start in note["starts"])
        return Take(str(note["text"]), str(note["voice"]), note["recorded"] is True, starts)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise PromptError(
            f"{path} does not tell what it says",
            "Bring recordings in with: voicekiosk pack import-recordings.",
        ) from error


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _unwritable(path: Path, error: Exception) -> PromptError:
    why = getattr(error, "strerror", None) or str(error)
    return PromptError(f"{path} cannot be written: {why}", "Free some space, or choose another.")
