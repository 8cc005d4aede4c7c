"""Events into the staff page and effects out of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from voicekiosk.core.messages import Deadline, DeadlinePassed, Hush
from voicekiosk.core.staff import Choice, ClipLine, Comparison, PackLine, Sound, Survey, Work
from voicekiosk.core.types import Locale, Turn

# Events


@dataclass(frozen=True, slots=True)
class Pressed:
    choice: Choice


@dataclass(frozen=True, slots=True)
class RowPressed:
    row: int
    """As it is seen, from 0."""


@dataclass(frozen=True, slots=True)
class DigitPressed:
    digit: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinJudged:
    good: bool
    wait: int = 0


@dataclass(frozen=True, slots=True)
class WaitOver: ...


@dataclass(frozen=True, slots=True)
class Surveyed:
    survey: Survey


@dataclass(frozen=True, slots=True)
class Compared:
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Progressed:
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class WorkDone:
    work: Work
    survey: Survey


@dataclass(frozen=True, slots=True)
class WorkFailed:
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class SoundTested:
    sound: Sound
    level: int = 0


StaffEvent = (
    Pressed
    | RowPressed
    | DigitPressed
    | PinJudged
    | WaitOver
    | Surveyed
    | Compared
    | Progressed
    | WorkDone
    | WorkFailed
    | SoundTested
    | DeadlinePassed
)


# Effects


@dataclass(frozen=True, slots=True)
class Tell:
    """Say these lines, where the kiosk has a voice for the language."""

    turn: Turn
    lines: tuple[str, ...]
    locale: Locale


@dataclass(frozen=True, slots=True)
class Click:
    """A key was felt; which one is nobody's business."""


@dataclass(frozen=True, slots=True)
class JudgePin:
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wait:
    seconds: int


@dataclass(frozen=True, slots=True)
class TakeSurvey: ...


@dataclass(frozen=True, slots=True)
class Compare:
    pack: PackLine


@dataclass(frozen=True, slots=True)
class PlayClip:
    clip: ClipLine


@dataclass(frozen=True, slots=True)
class Activate:
    pack: PackLine


@dataclass(frozen=True, slots=True)
class RollBack: ...


@dataclass(frozen=True, slots=True)
class Export:
    pack: PackLine


@dataclass(frozen=True, slots=True)
class TestSound:
    __test__ = False


@dataclass(frozen=True, slots=True)
class Restart: ...


@dataclass(frozen=True, slots=True)
class Close: ...


StaffEffect = (
    Tell
    | Hush
    | Deadline
    | Click
    | JudgePin
    | Wait
    | TakeSurvey
    | Compare
    | PlayClip
    | Activate
    | RollBack
    | Export
    | TestSound
    | Restart
    | Close
)
