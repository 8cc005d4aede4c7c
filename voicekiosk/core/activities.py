"""What is done together with the visitor, step by step: a self-check, a counter of days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicekiosk.core.calendar_day import CalendarDay
from voicekiosk.core.types import PromptId


class Doing(StrEnum):
    """The activities there are; an activity's option is called ``activity.`` and this."""

    SELFCHECK = "selfcheck"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Question:
    prompt: PromptId
    worrying: bool
    """The answer that is a bad sign: True for yes, False for no."""


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """Questions, and what is told at the end by the number of worrying answers."""

    intro: PromptId
    questions: tuple[Question, ...]
    outcomes: tuple[tuple[int, PromptId], ...]
    """The least number of worrying answers, and what is told then; rising, the first is 0."""

    def outcome(self, worrying: int) -> PromptId:
        return [prompt for least, prompt in self.outcomes if worrying >= least][-1]


@dataclass(frozen=True, slots=True)
class DayRule:
    """How many days one may stay, told only while somebody answers for the number."""

    otherwise: PromptId
    """What never stops being true."""
    days: int | None = None
    """Days within a calendar year; None while the rule is unchecked or out of date."""


@dataclass(frozen=True, slots=True)
class Checking:
    """Where a self-check stands. A count, and no answer: nobody can read back who said what."""

    at: int = 0
    worrying: int = 0
    answered: int = 0


class Answers(StrEnum):
    """Kinds of answers to the counter of days; an option is called ``answer.KIND_NUMBER``."""

    AGO = "ago"
    BACK = "back"
    ON = "on"
    MONTH = "month"
    DAY = "day"
    OTHER = "other"
    """Neither of the days that are offered."""
    DONE = "done"
    """The day that is shown is the right one."""


class Asked(StrEnum):
    """What the counter of days is asking for."""

    WHEN = "when"
    """Today, yesterday, or another day."""
    MONTH = "month"
    DAY = "day"
    SURE = "sure"
    """The day is said back: is it right?"""
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Counting:
    """Where the counter of days stands."""

    asked: Asked = Asked.WHEN
    month: int | None = None
    typed: str = ""
    """The first digit of two."""
    entry: CalendarDay | None = None
    """The day that is shown and said back, never later than today."""


Progress = Checking | Counting
