"""The staff page: what can be seen on it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, OptionId, Turn

ENGLISH = Locale("en")
"""Shown only: the kiosk has no voice for it."""
STAFF_LOCALES = (KYRGYZ, RUSSIAN, ENGLISH)
LONGEST_PIN, SHORTEST_PIN = 8, 4


class Page(StrEnum):
    PIN = "pin"
    NO_PIN = "no_pin"
    """Nobody has set one: nothing but that can be seen."""
    MENU = "menu"
    PACKS = "packs"
    PACK = "pack"
    """One pack, and what the kiosk would say otherwise with it."""
    CLIPS = "clips"
    REVIEWS = "reviews"
    CLAIMS = "claims"
    SOUND = "sound"
    ERRORS = "errors"
    RESTART = "restart"
    BUSY = "busy"
    """Something is being done that must not be cut off: nothing can be chosen."""
    DONE = "done"
    """What came of it."""
    CLOSED = "closed"


class Choice(StrEnum):
    """What can be touched or pressed; rows are numbered instead."""

    PACKS = "packs"
    REVIEWS = "reviews"
    CLAIMS = "claims"
    SOUND = "sound"
    ERRORS = "errors"
    RESTART = "restart"
    LISTEN = "listen"
    ACTIVATE = "activate"
    EXPORT = "export"
    ROLLBACK = "rollback"
    TEST = "test"
    YES = "yes"
    MORE = "more"
    BACK = "back"
    LANGUAGE = "language"
    REPEAT = "repeat"
    CLOSE = "close"
    ERASE = "erase"
    ENTER = "enter"

    @property
    def option(self) -> OptionId:
        return OptionId(f"staff.{self.value}")


class Place(StrEnum):
    """Where a pack lies."""

    SHIPPED = "shipped"
    INSTALLED = "installed"
    STICK = "stick"


class Work(StrEnum):
    """What takes longer than a moment."""

    LOOKING = "looking"
    CHECKING = "checking"
    ACTIVATING = "activating"
    ROLLING_BACK = "rolling_back"
    EXPORTING = "exporting"
    TESTING = "testing"


class Sound(StrEnum):
    """What became of the tone."""

    HEARD = "heard"
    FAINT = "faint"
    NOT_HEARD = "not_heard"
    MUTED = "muted"
    """The microphone delivers nothing but zeros."""
    NO_MICROPHONE = "no_microphone"
    NO_SPEAKER = "no_speaker"


@dataclass(frozen=True, slots=True)
class PackLine:
    key: str
    """By which it is asked for; nothing to be read."""
    name: str
    speaker: str
    locales: tuple[Locale, ...]
    place: Place
    active: bool = False
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """What a pack would change in one language, in prompts."""

    new: int = 0
    changed: int = 0
    lost: int = 0
    stale: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class ClipLine:
    key: str
    locale: Locale
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One pack, checked, beside what is active now."""

    pack: PackLine
    changes: Mapping[Locale, Change]
    clips: tuple[ClipLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewLine:
    locale: Locale
    waiting: int
    of: int


@dataclass(frozen=True, slots=True)
class ClaimLine:
    name: str
    until: str
    """As people write a day; empty when nobody has ever checked it."""
    expired: bool


@dataclass(frozen=True, slots=True)
class ErrorLine:
    kind: str
    """``audio``, ``recognition`` ...: what staff.yaml has words for."""
    detail: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Survey:
    """How the kiosk is, at one moment."""

    packs: tuple[PackLine, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    errors: tuple[ErrorLine, ...] = ()
    can_roll_back: bool = False
    stick: bool = False
    """Something can be written to a stick."""


@dataclass(frozen=True)
class StaffTexts:
    """content/staff.yaml."""

    labels: Mapping[str, Mapping[Locale, str]]
    says: Mapping[str, Mapping[Locale, tuple[str, ...]]]

    def label(self, name: str, locale: Locale, **values: object) -> str:
        return _filled(self.labels[name][locale], values)

    def lines(self, name: str, locale: Locale, **values: object) -> tuple[str, ...]:
        return tuple(_filled(line, values) for line in self.says[name][locale])


def _filled(text: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


@dataclass(frozen=True, slots=True)
class StaffSession:
    page: Page = Page.PIN
    turn: Turn = Turn(0)
    locale: Locale = KYRGYZ
    digits: str = field(default="", repr=False)
    wait: int = 0
    """Seconds until a PIN may be tried again."""
    wrong: bool = False
    survey: Survey = Survey()
    chosen: Comparison | None = None
    at: int = 0
    """The first row that is shown."""
    work: Work | None = None
    done: int = 0
    of: int = 0
    result: str = ""
    """Of DONE: what staff.yaml has words for."""
    fault: tuple[str, str] | None = None
    """What went wrong and its mend, as the part that failed says it."""
    sound: tuple[Sound, int] | None = None
    """What was heard of the tone, and its level in dBFS."""
    said: tuple[str, ...] = ()
