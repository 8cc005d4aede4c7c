"""Days are counted as the calendar counts them, over leap years and centuries."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voicekiosk.core.calendar_day import CalendarDay, days_in


def of(day: date) -> CalendarDay:
    return CalendarDay(day.year, day.month, day.day)


@given(st.dates(date(1890, 1, 1), date(2200, 1, 1)), st.integers(-800, 800))
def test_days_follow_one_another_as_in_the_standard_library(day: date, days: int) -> None:
    later = day + timedelta(days)
    assert of(day).plus(days) == of(later)
    assert of(later).number - of(day).number == days
    assert (of(day) < of(later)) == (days > 0)


def test_february_has_twenty_nine_days_in_leap_years_only() -> None:
    assert [days_in(year, 2) for year in (2024, 2026, 1900, 2000)] == [29, 28, 28, 29]
    assert CalendarDay(2024, 2, 29).exists
    assert not CalendarDay(2026, 2, 29).exists
    assert not CalendarDay(2026, 4, 31).exists
    assert not CalendarDay(2026, 13, 1).exists
    assert not CalendarDay(2026, 1, 0).exists
