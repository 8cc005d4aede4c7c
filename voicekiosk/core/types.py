"""The small words everything else is said in: identifiers, seconds, locales, sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Seconds = NewType("Seconds", float)
Turn = NewType("Turn", int)
"""Counts what the kiosk has said: an answer that arrives late names the turn it answers."""

Locale = NewType("Locale", str)
"""A BCP 47 tag of a language as spoken in a place, e.g. ``ky-KG``."""

PromptId = NewType("PromptId", str)
"""Names one thing the kiosk says, in every language, e.g. ``topic.documents.telling.1``."""

OptionId = NewType("OptionId", str)
"""Names one thing a visitor can choose: ``category.x``, ``topic.x`` or ``command.x``."""

KYRGYZ = Locale("ky-KG")
RUSSIAN = Locale("ru-KG")


def language_of(locale: Locale) -> str:
    """The ISO 639 language of a locale: ``ky`` for ``ky-KG``."""
    return locale.split("-", 1)[0]


@dataclass(frozen=True, slots=True)
class Pcm:
    """Mono sound: 16-bit little-endian samples at ``rate`` hertz."""

    samples: bytes
    rate: int

    @property
    def duration(self) -> Seconds:
        return Seconds(len(self.samples) / 2 / self.rate)


@dataclass(frozen=True, slots=True)
class Clip:
    """One prompt in one language, ready to be played."""

    pcm: Pcm
    starts: tuple[Seconds, ...]
    """Where each sentence of the prompt's text begins; the first is 0."""
    voice: str
    """Who speaks: a person's name from the pack's manifest, or the synthetic voice's name."""
    recorded: bool
    """True when a person recorded it, False when a voice synthesized it."""
