"""Events into the dialogue and effects out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicekiosk.core.types import Locale, OptionId, PromptId, Seconds, Turn


class Means(StrEnum):
    """How a visitor acted; the dialogue treats all alike, the journal counts them."""

    TOUCH = "touch"
    KEY = "key"
    VOICE = "voice"


class Trouble(StrEnum):
    """Why an utterance could not be judged although somebody spoke."""

    TOO_QUIET = "too_quiet"
    TOO_LOUD = "too_loud"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One phrase of the grammar that may have been said."""

    phrase: str
    confidence: float
    """Calibrated certainty, 0 to 1, that this phrase was said; not an engine's raw score."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a recognizer made of one stretch of speech. Never stored."""

    candidates: tuple[Candidate, ...] = ()
    """Best first; empty when the speech was none of the phrases."""
    speech: Seconds = Seconds(0.0)
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A prompt in the language in which it is said."""

    prompt: PromptId
    locale: Locale


# Events


@dataclass(frozen=True, slots=True)
class HookLifted: ...


@dataclass(frozen=True, slots=True)
class HookReplaced: ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """A tile, bar button, key or accepted phrase: all the same to the dialogue."""

    option: OptionId
    means: Means
    locale: Locale | None = None
    """The language it was said in, when it was said."""


@dataclass(frozen=True, slots=True)
class Mispressed:
    """A key that stands for nothing here."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class FocusMoved:
    """On to the next or the previous thing on the screen, by key."""

    by: int
    """1 or -1."""


@dataclass(frozen=True, slots=True)
class FocusTaken:
    """The action key: choose what the focus stands on."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A key while a date is typed: a digit, ``#`` when it is complete, ``*`` to take one back."""

    key: str


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    turn: Turn


@dataclass(frozen=True, slots=True)
class Heard:
    turn: Turn
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class SentenceStarted:
    turn: Turn
    spoken: int
    """Index into what is being said."""
    sentence: int
    """Index into that prompt's sentences."""


@dataclass(frozen=True, slots=True)
class PromptEnded:
    turn: Turn


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    turn: Turn


@dataclass(frozen=True, slots=True)
class MicrophoneLost: ...


@dataclass(frozen=True, slots=True)
class MicrophoneRestored: ...


@dataclass(frozen=True, slots=True)
class SpeakerLost: ...


@dataclass(frozen=True, slots=True)
class SpeakerRestored: ...


Event = (
    HookLifted
    | HookReplaced
    | Chosen
    | Mispressed
    | FocusMoved
    | FocusTaken
    | Typed
    | SpeechStarted
    | Heard
    | SentenceStarted
    | PromptEnded
    | DeadlinePassed
    | MicrophoneLost
    | MicrophoneRestored
    | SpeakerLost
    | SpeakerRestored
)

# Effects


@dataclass(frozen=True, slots=True)
class Say:
    turn: Turn
    spoken: tuple[Spoken, ...]
    start: tuple[int, int] = (0, 0)
    """Index into ``spoken`` and into that prompt's sentences: what lies before is not said."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop speaking at once; harmless when nothing is being said."""


@dataclass(frozen=True, slots=True)
class HoldSpeech:
    """Stop in place, to go on later."""


@dataclass(frozen=True, slots=True)
class ResumeSpeech: ...


@dataclass(frozen=True, slots=True)
class Listen:
    """Keep listening, and answer with this turn."""

    turn: Turn
    offered: tuple[OptionId, ...]
    """What the screen offers now; everything else stays sayable."""


@dataclass(frozen=True, slots=True)
class StopListening: ...


@dataclass(frozen=True, slots=True)
class Deadline:
    """The one timer: a new one replaces the old, ``after=None`` clears it."""

    turn: Turn
    after: Seconds | None


@dataclass(frozen=True, slots=True)
class SetVolume:
    step: int
    """0 (softest) to VOLUME_STEPS - 1."""


@dataclass(frozen=True, slots=True)
class SetPace:
    pace: float
    """Of what is said from now on; 1 is as it was spoken, the pitch always stays."""


@dataclass(frozen=True, slots=True)
class Record:
    """A line for the journal: what happened, never what was said."""

    what: str
    option: OptionId | None = None
    means: Means | None = None
    band: str | None = None


Effect = (
    Say
    | Hush
    | HoldSpeech
    | ResumeSpeech
    | Listen
    | StopListening
    | Deadline
    | SetVolume
    | SetPace
    | Record
)
