"""Recording consenting people: the sitting, what may happen in it and what follows."""

from __future__ import annotations

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
from voicekiosk.core.taking import Close as Close
from voicekiosk.core.taking import DropTake as DropTake
from voicekiosk.core.taking import Replay as Replay
from voicekiosk.core.taking import Taken as Taken
from voicekiosk.core.taking import Verdict as Verdict
from voicekiosk.core.types import Locale, OptionId, PromptId, Turn


class Choice(StrEnum):
    """What can be touched or pressed."""

    YES = "yes"
    NO = "no"
    AGAIN = "again"
    NEXT = "next"
    STOP = "stop"
    KEEP = "keep"
    REMOVE = "remove"
    GO_ON = "go_on"
    FINISH = "finish"

    @property
    def option(self) -> OptionId:
        return OptionId(f"collect.{self.value}")


class Kind(StrEnum):
    CONSENT = "consent"
    PHRASE = "phrase"
    OTHER = "other"
    """No phrase of the kiosk: what must be refused."""


class Stage(StrEnum):
    EXPLAINING = "explaining"
    """What is recorded, and what for; yes or no is awaited. Nothing is stored before a yes."""
    PROMPTING = "prompting"
    BEEPING = "beeping"
    RECORDING = "recording"
    REPLAYING = "replaying"
    JUDGING = "judging"
    """Heard it: once more, or keep it and go on?"""
    LEAVING = "leaving"
    """Stop was pressed: keep what there is, remove it all, or go on?"""
    INTERRUPTED = "interrupted"
    """The microphone or the loudspeaker is gone."""
    CLOSING = "closing"
    CLOSED = "closed"


class Outcome(StrEnum):
    REFUSED = "refused"
    NOBODY = "nobody"
    DONE = "done"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a person is asked to say."""

    kind: Kind
    transcript: str
    """As it is listened for: small letters, no punctuation."""
    prompt: PromptId
    option: OptionId | None = None
    """Whose picture is shown."""
    told: bool = True
    """False when only the picture is shown, so that nobody imitates the kiosk's voice."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person before the microphone."""

    plan: tuple[Item, ...]
    """The first is the spoken yes."""
    locale: Locale
    number: str
    """The digits that stand for the person, for a later withdrawal. No name is asked."""
    terms: tuple[PromptId, ...]
    stage: Stage = Stage.EXPLAINING
    turn: Turn = Turn(0)
    at: int = 0
    tries: int = 0
    kept: int = 0
    told: bool = False
    """The terms have been heard to their end: only then can anybody agree to them."""
    agreed: bool = False
    reminded: bool = False
    hearing: bool = False
    spoken: tuple[Spoken, ...] = ()
    position: tuple[int, int] = (0, 0)
    """Which of ``spoken``, and which of its sentences."""
    outcome: Outcome | None = None

    @property
    def item(self) -> Item:
        return self.plan[min(self.at, len(self.plan) - 1)]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen now, in the order of the keys; the view dims what is too early."""
        match self.stage:
            case Stage.EXPLAINING:
                return Choice.YES, Choice.NO
            case Stage.LEAVING:
                return Choice.KEEP, Choice.REMOVE, Choice.GO_ON
            case Stage.CLOSING:
                return (Choice.FINISH, Choice.REMOVE) if self.kept else (Choice.FINISH,)
            case Stage.CLOSED:
                return ()
            case Stage.INTERRUPTED:
                return (Choice.STOP,)
        return Choice.AGAIN, Choice.NEXT, Choice.STOP

    def allows(self, choice: Choice) -> bool:
        too_early = (choice is Choice.YES and not self.told) or (
            choice is Choice.NEXT and self.stage not in (Stage.REPLAYING, Stage.JUDGING)
        )
        return choice in self.choices and not too_early


@dataclass(frozen=True, slots=True)
class Pressed:
    choice: Choice
    by: str = "key"
    """``touch`` or ``key``: how somebody agreed is part of the record of consent."""


@dataclass(frozen=True, slots=True)
class StoreFailed:
    """A recording could not be written, or not be removed."""


CollectEvent = (
    Pressed
    | Taken
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
class Agree:
    """From here on something may be stored."""

    by: str


@dataclass(frozen=True, slots=True)
class Beep:
    turn: Turn


@dataclass(frozen=True, slots=True)
class StartTake:
    turn: Turn


@dataclass(frozen=True, slots=True)
class Keep:
    """The take and its line are on disk when this has been performed."""

    item: Item


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Everything of this person is removed."""


CollectEffect = (
    Say | Hush | Deadline | Agree | Beep | StartTake | DropTake | Replay | Keep | Withdraw | Close
)
