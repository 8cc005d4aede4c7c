"""The recording studio: what is read aloud, what may happen meanwhile and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voicekiosk.core.messages import (
    Deadline,
    DeadlinePassed,
    Hush,
    MicrophoneLost,
    MicrophoneRestored,
    PromptEnded,
    Say,
    SentenceStarted,
    SpeakerLost,
    SpeakerRestored,
    SpeechStarted,
    Spoken,
)
from voicekiosk.core.taking import Close, DropTake, Replay
from voicekiosk.core.types import Locale, OptionId, PromptId, Seconds, Turn


class Choice(StrEnum):
    """What can be touched or pressed."""

    RECORD = "record"
    DONE = "done"
    """The text has been read to its end."""
    NEXT = "next"
    """Keep this take and go on."""
    LISTEN = "listen"
    BACK = "back"
    SKIP = "skip"
    STOP = "stop"

    @property
    def option(self) -> OptionId:
        return OptionId(f"studio.{self.value}")


class Fault(StrEnum):
    """What is wrong with a take, the gravest first."""

    NOTHING = "nothing"
    BEGINNING = "beginning"
    """Somebody spoke before the tone had ended: the beginning is missing."""
    END = "end"
    """Somebody was still speaking when the recording ended."""
    CLIPPED = "clipped"
    TOO_QUIET = "too_quiet"
    NOISY = "noisy"
    TOO_SHORT = "too_short"
    """For so much text: words are missing, or it was read in a hurry."""
    TOO_LONG = "too_long"

    @property
    def prompt(self) -> PromptId:
        return PromptId(f"studio.{self.value}")


class Stage(StrEnum):
    READY = "ready"
    """Somebody sits down; nothing happens before they want it to."""
    SAYING = "saying"
    """The kiosk says the text as it may sound."""
    COUNTING = "counting"
    """Three, two, one, and the tone."""
    RECORDING = "recording"
    REPLAYING = "replaying"
    JUDGING = "judging"
    """Heard it: once more, or keep it and go on?"""
    INTERRUPTED = "interrupted"
    """The microphone or the loudspeaker is gone."""
    FAILED = "failed"
    """A take could not be written."""
    FINISHED = "finished"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """One prompt to be read aloud."""

    spoken: Spoken
    sentences: tuple[str, ...]
    option: OptionId | None = None
    """Whose picture is shown."""

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Wave:
    """A take to look at."""

    heights: tuple[float, ...]
    """The highest sample of each column, 0 to 1."""
    begin: float
    end: float
    """What is kept lies between these parts of the width, 0 to 1."""
    seconds: float
    """Of what is kept."""


@dataclass(frozen=True, slots=True)
class Studio:
    """Where a sitting stands."""

    plan: tuple[Line, ...]
    language: Locale
    """Of whoever works the studio."""
    done: frozenset[Spoken] = frozenset()
    """Recorded and on disk."""
    at: int = 0
    stage: Stage = Stage.READY
    turn: Turn = Turn(0)
    count: int = 0
    """The number that is shown while counting."""
    hearing: bool = False
    skipped: frozenset[Spoken] = frozenset()
    faults: tuple[Fault, ...] = ()
    wave: Wave | None = None
    kept: bool = False
    """The take that is judged is on disk already."""
    said: tuple[PromptId, ...] = ()
    """What the studio itself says, as a caption."""
    recorded: int = 0
    """Takes kept in this sitting."""

    @property
    def line(self) -> Line:
        return self.plan[min(self.at, len(self.plan) - 1)]

    @property
    def has_take(self) -> bool:
        return self.wave is not None and Fault.NOTHING not in self.faults

    @property
    def choices(self) -> tuple[Choice, ...]:
        """In the order of the keys: always six, each on its own place."""
        second = Choice.DONE if self.stage is Stage.RECORDING else Choice.NEXT
        return (
            *(Choice.RECORD, second, Choice.LISTEN),
            *(Choice.BACK, Choice.SKIP, Choice.STOP),
        )

    def allows(self, choice: Choice) -> bool:
        match self.stage:
            case Stage.CLOSED:
                return False
            case Stage.INTERRUPTED | Stage.FAILED:
                return choice is Choice.STOP
            case Stage.READY:
                return choice in (Choice.RECORD, Choice.STOP)
            case Stage.FINISHED:
                again = choice is Choice.RECORD and bool(self.skipped)
                return again or choice in (Choice.BACK, Choice.STOP)
        match choice:
            case Choice.NEXT:
                return self.stage in (Stage.REPLAYING, Stage.JUDGING) and self.has_take
            case Choice.DONE:
                return self.stage is Stage.RECORDING
            case Choice.BACK:
                return self.at > 0
            case Choice.LISTEN:
                return self.stage not in (Stage.COUNTING, Stage.RECORDING)
        return True


@dataclass(frozen=True, slots=True)
class Pressed:
    choice: Choice


@dataclass(frozen=True, slots=True)
class Judged:
    """A take has been made, or been brought back from disk, and looked at."""

    turn: Turn
    faults: tuple[Fault, ...]
    wave: Wave | None


@dataclass(frozen=True, slots=True)
class StoreFailed:
    spoken: Spoken


StudioEvent = (
    Pressed
    | Judged
    | StoreFailed
    | PromptEnded
    | SentenceStarted
    | SpeechStarted
    | DeadlinePassed
    | MicrophoneLost
    | MicrophoneRestored
    | SpeakerLost
    | SpeakerRestored
)


@dataclass(frozen=True, slots=True)
class Beep:
    """A short one for every number; after the last the long, high one: now speak."""

    turn: Turn
    last: bool


@dataclass(frozen=True, slots=True)
class StartTake:
    turn: Turn
    pause: Seconds
    """So much silence ends the take."""


@dataclass(frozen=True, slots=True)
class EndTake:
    """Take what has been said so far as the whole."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class Keep:
    """The take is on disk when this has been performed."""

    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Recall:
    """Bring back the take that is on disk, and judge it."""

    turn: Turn
    spoken: Spoken


StudioEffect = (
    Say | Hush | Deadline | Beep | StartTake | EndTake | DropTake | Replay | Keep | Recall | Close
)


@dataclass(frozen=True)
class StudioTexts:
    """What staff read and hear in the studio."""

    labels: Mapping[str, Mapping[Locale, str]]
    prompts: Mapping[PromptId, Mapping[Locale, tuple[str, ...]]]
