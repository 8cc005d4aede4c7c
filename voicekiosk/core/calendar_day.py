"""A day of the calendar and how many days lie between two: the core has no clock and no zone."""

from __future__ import annotations

from typing import NamedTuple

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    return _LENGTHS[month - 1] + (month == 2 and is_leap(year))


class CalendarDay(NamedTuple):
    """Compares as days follow one another."""

    year: int
    month: int
    day: int

    @property
    def exists(self) -> bool:
        return 1 <= self.month <= 12 and 1 <= self.day <= days_in(self.year, self.month)

    @property
    def number(self) -> int:
        """Days since the last day of the year 0."""
        before = self.year - 1
        years = before * 365 + before // 4 - before // 100 + before // 400
        return years + sum(days_in(self.year, m) for m in range(1, self.month)) + self.day

    def plus(self, days: int) -> CalendarDay:
        """So many days later, or earlier."""
        year, month, day = self.year, self.month, self.day + days
        while day < 1:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
            day += days_in(year, month)
        while day > days_in(year, month):
            day -= days_in(year, month)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return CalendarDay(year, month, day)
