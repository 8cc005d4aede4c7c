"""The counter of days: from the day of entry to the last lawful day, by one rule of days a year.

Everything here is asked and answered within a visit; nothing of it is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from voicekiosk.core.activities import Answers, Asked, Counting
from voicekiosk.core.calendar_day import CalendarDay
from voicekiosk.core.content import Answer, Command, Content
from voicekiosk.core.types import OptionId, PromptId

MONTHS, LONGEST_MONTH = 12, 31
_WHEN = ("ago_0", "ago_1", "other")
_SHIFTS = ("back_7", "back_1", "on_1", "on_7", "done")


def option(name: str) -> OptionId:
    return OptionId(f"answer.{name}")


NEEDED = (
    *(*_WHEN, *_SHIFTS),
    *(f"month_{month}" for month in range(1, MONTHS + 1)),
    *(f"day_{day}" for day in range(1, LONGEST_MONTH + 1)),
)
"""Answers without which the counter cannot ask or say a day back."""


class Result(NamedTuple):
    last: CalendarDay
    left: int
    """Days after today; below 0 when the last day has passed."""
    year_ends: bool
    """The year is over before the days are: a new count begins then."""


def in_force(content: Content) -> bool:
    """Somebody answers for the number of days, and it is known what day it is."""
    rule = content.day_rule
    return rule is not None and rule.days is not None and content.today is not None


def last_lawful(entry: CalendarDay, today: CalendarDay, days: int) -> Result:
    """By ``days`` within a calendar year; the day of entry is the first. ``entry`` <= ``today``.

    Whoever stays over the new year with days left begins a new count on the first of January.
    """
    last = entry.plus(days - 1)
    if last.year > entry.year:
        if today.year == entry.year:
            last = CalendarDay(entry.year, 12, 31)
            return Result(last, last.number - today.number, True)
        last = CalendarDay(entry.year + 1, 1, 1).plus(days - 1)
    return Result(last, last.number - today.number, False)


def tiles(progress: Counting) -> tuple[OptionId, ...]:
    """The pictures to choose from; with keys, but not while keys are digits of a date."""
    match progress.asked:
        case Asked.WHEN:
            return tuple(map(option, _WHEN))
        case Asked.MONTH | Asked.DAY:
            return tuple(map(option, _SHIFTS))
        case Asked.SURE:
            return Command.YES.option, Command.NO.option
        case Asked.TOLD:
            return ()


def types(progress: Counting) -> bool:
    """Keys are digits of a date now."""
    return progress.asked in (Asked.MONTH, Asked.DAY)


def answers(progress: Counting, content: Content) -> tuple[OptionId, ...]:
    """What may be answered now, by whatever means: the pictures first."""
    shown = tiles(progress)
    kinds: set[Answers] = set()
    if progress.asked in (Asked.WHEN, Asked.MONTH):
        kinds = {Answers.AGO, Answers.MONTH}
    elif progress.asked is Asked.DAY:
        kinds = {Answers.DAY}
    said = (o.id for o in content.options.values() if isinstance(o, Answer) and o.kind in kinds)
    return (*shown, *(name for name in said if name not in shown))


def answered(progress: Counting, answer: Answer, today: CalendarDay) -> Counting:
    """How the count goes on. ``asked`` stays as it is when there is no such day."""
    shown = progress.entry or today
    match answer.kind:
        case Answers.AGO:
            return Counting(Asked.SURE, entry=today.plus(-answer.number))
        case Answers.OTHER:
            return Counting(Asked.MONTH)
        case Answers.BACK:
            return replace(progress, entry=_within_a_year(shown.plus(-answer.number), today))
        case Answers.ON:
            return replace(progress, entry=_within_a_year(shown.plus(answer.number), today))
        case Answers.DONE:
            return Counting(Asked.SURE, entry=shown)
        case Answers.MONTH:
            return Counting(Asked.DAY, month=answer.number)
        case Answers.DAY:
            entry = _latest(progress.month or 0, answer.number, today)
            if entry is None:
                return replace(progress, typed="")
            return Counting(Asked.SURE, entry=entry)


def typed(progress: Counting, digit: str, today: CalendarDay) -> Counting:
    """Two digits of the month, then two of the day; ``""`` takes one back.

    A digit that can only stand alone needs no nought before it.
    """
    if not digit:
        return back(progress)
    digits = progress.typed + digit
    first = "01" if progress.asked is Asked.MONTH else "0123"
    if len(digits) == 1 and digits in first:
        return replace(progress, typed=digits)
    return entered(replace(progress, typed=digits), today)


def entered(progress: Counting, today: CalendarDay) -> Counting:
    """What was typed is complete; ``asked`` stays as it is when there is no such month or day."""
    number = int(progress.typed or "0")
    if progress.asked is Asked.DAY:
        entry = _latest(progress.month or 0, number, today)
        return Counting(Asked.SURE, entry=entry) if entry else replace(progress, typed="")
    if 1 <= number <= MONTHS:
        return Counting(Asked.DAY, month=number)
    return replace(progress, typed="")


def back(progress: Counting) -> Counting:
    """One step: a digit, or the question before."""
    if progress.typed:
        return replace(progress, typed="")
    return Counting(Asked.MONTH if progress.asked is Asked.DAY else Asked.WHEN)


def told(progress: Counting, content: Content) -> list[PromptId]:
    """The question asked now, or the result."""
    rule, today = content.day_rule, content.today
    if rule is None:
        return []
    if rule.days is None or today is None:
        return [rule.otherwise]
    match progress.asked:
        case Asked.WHEN:
            return [_system("when")]
        case Asked.MONTH:
            return [_system("month")]
        case Asked.DAY:
            return [_system("day")]
        case Asked.SURE:
            return [_system("entered"), *date(progress.entry or today, today), _system("sure")]
        case Asked.TOLD:
            return _result(last_lawful(progress.entry or today, today, rule.days), today)


def date(day: CalendarDay, today: CalendarDay) -> list[PromptId]:
    """A day as it is spoken, with the year when it is not this one."""
    prompts = [
        PromptId(f"{option(f'day_{day.day}')}.name"),
        PromptId(f"days.month_of.{day.month}"),
    ]
    return [*prompts, _system("last_year")] if day.year < today.year else prompts


def figures(progress: Counting) -> str | None:
    """The day so far, to be seen very large."""
    if progress.typed and progress.asked is Asked.MONTH:
        return f"__.{progress.typed:_<2}"
    if progress.asked is Asked.DAY and progress.entry is None:
        return f"{progress.typed:_<2}.{progress.month:02}"
    if progress.entry and progress.asked is not Asked.TOLD:
        return f"{progress.entry.day:02}.{progress.entry.month:02}"
    return None


def _result(result: Result, today: CalendarDay) -> list[PromptId]:
    if result.year_ends:
        return [_system("year_ends"), _system("counted")]
    prompts = [_system("last"), *date(result.last, today)]
    if result.left < 0:
        return [*prompts, _system("passed"), _system("counted")]
    return [*prompts, PromptId(f"days.left.{result.left}"), _system("counted")]


def _latest(month: int, day: int, today: CalendarDay) -> CalendarDay | None:
    """The last such day up to today: nobody has entered in the future."""
    for year in (today.year, today.year - 1):
        found = CalendarDay(year, month, day)
        if found.exists and found <= today:
            return found
    return None


def _within_a_year(day: CalendarDay, today: CalendarDay) -> CalendarDay:
    return min(max(day, today.plus(-364)), today)


def _system(name: str) -> PromptId:
    return PromptId(f"system.days.{name}")
