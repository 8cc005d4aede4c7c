"""Taking a voice down, whatever it is for: what became of a take, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicekiosk.core.types import Turn


class Verdict(StrEnum):
    """What became of one take."""

    GOOD = "good"
    NOTHING = "nothing"
    TOO_QUIET = "too_quiet"
    TOO_LOUD = "too_loud"
    TOO_LONG = "too_long"
    TOO_EARLY = "too_early"
    """Somebody spoke before the tone had ended: the beginning is missing."""


@dataclass(frozen=True, slots=True)
class Taken:
    turn: Turn
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class DropTake:
    """Forget what is being recorded, and what was."""


@dataclass(frozen=True, slots=True)
class Replay:
    turn: Turn


@dataclass(frozen=True, slots=True)
class Close: ...
