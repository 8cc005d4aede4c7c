"""The last lawful day, by a rule of days within a calendar year, over leap years and year ends."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.small_content import RULE, TODAY, small_content
from voicekiosk.core import messages as m
from voicekiosk.core.activities import Asked, Counting, DayRule
from voicekiosk.core.calendar_day import CalendarDay
from voicekiosk.core.days import last_lawful, typed
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.keys import event_for_key
from voicekiosk.core.screen import Scene
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.types import OptionId

CONTENT = small_content()
HERE = OptionId("activity.days")
READY = Session(phase=Phase.LISTENING, handset=True)
OPENED = m.Chosen(HERE, m.Means.KEY)


def day(text: str) -> CalendarDay:
    return CalendarDay(*map(int, text.split("-")))


LAST_DAYS = [
    # entry, today, the last lawful day, days left, the year ends first
    ("2026-03-01", "2026-05-20", "2026-05-29", 9, False),
    ("2026-01-01", "2026-01-01", "2026-03-31", 89, False),
    ("2024-01-01", "2024-02-01", "2024-03-30", 58, False),  # a leap year
    ("2024-02-29", "2024-02-29", "2024-05-28", 89, False),
    ("2026-03-01", "2026-05-29", "2026-05-29", 0, False),  # today is the last
    ("2026-03-01", "2026-06-01", "2026-05-29", -3, False),  # passed
    ("2026-10-03", "2026-11-24", "2026-12-31", 37, False),  # the ninetieth day is New Year's Eve
    ("2026-10-04", "2026-11-24", "2026-12-31", 37, True),
    ("2026-12-31", "2026-12-31", "2026-12-31", 0, True),
    ("2025-11-24", "2026-02-01", "2026-03-31", 58, False),  # counted anew from January
    ("2023-12-01", "2024-01-15", "2024-03-30", 75, False),  # into a leap year
    ("2025-08-01", "2026-02-01", "2025-10-29", -95, False),  # used up in the year before
]


@pytest.mark.parametrize(("entry", "today", "last", "left", "year_ends"), LAST_DAYS)
def test_the_last_day_is_the_ninetieth_of_a_calendar_year(
    entry: str, today: str, last: str, left: int, year_ends: bool
) -> None:
    assert last_lawful(day(entry), day(today), 90) == (day(last), left, year_ends)


@given(st.integers(0, 364), st.integers(1, 90), st.integers(0, 3000))
def test_never_more_days_are_told_than_the_rule_has(ago: int, days: int, later: int) -> None:
    today = day("2024-01-01").plus(later)
    result = last_lawful(today.plus(-ago), today, days)
    assert result.left < days
    assert result.last.exists
    assert result.left == result.last.number - today.number


def test_without_a_rule_in_force_no_day_is_asked_for_or_told() -> None:
    for silent in (
        replace(CONTENT, day_rule=DayRule(RULE.otherwise, None)),
        replace(CONTENT, today=None),
    ):
        step = advance(READY, OPENED, silent)
        said = [s.prompt for e in step.effects if isinstance(e, m.Say) for s in e.spoken]
        assert said[:2] == ["activity.days.name", RULE.otherwise]
        assert not any(prompt.startswith(("days.", "system.days")) for prompt in said)
        view = screen_of(step.session, silent)
        assert view.scene is Scene.TOPIC and not view.typing
        assert view.tiles[0].option == "topic.trafficking"


@pytest.mark.parametrize(
    ("keys", "entry"),
    [
        ("0301", "2026-03-01"),
        ("3 1#", "2026-03-01"),
        ("315", "2026-03-15"),
        ("1231", "2025-12-31"),  # not yet this year: it was the last
        ("0520", "2026-05-20"),
        ("0521", "2025-05-21"),
        ("1#7", "2026-01-07"),
        ("0*1002", "2025-10-02"),
    ],
)
def test_a_date_is_typed_as_month_and_day(keys: str, entry: str) -> None:
    session = replace(READY, place=HERE, doing=Counting(Asked.MONTH))
    for key in keys.replace(" ", ""):
        view = screen_of(session, CONTENT)
        assert view.typing and all(tile.key == "" for tile in view.tiles)
        assert [button.key for button in view.bar if button.key] == ["*", "-", "+"]
        event = event_for_key(key, view, True)
        assert event == m.Typed(key)
        session = advance(session, event, CONTENT).session
    assert session.doing == Counting(Asked.SURE, entry=day(entry))
    assert not screen_of(session, CONTENT).typing


@pytest.mark.parametrize(("before", "key"), [("", "1"), ("1", "3"), ("0", "0")])
def test_what_is_typed_is_seen_and_a_month_that_is_none_is_dropped(before: str, key: str) -> None:
    after = typed(Counting(Asked.MONTH, typed=before), key, TODAY)
    seen = {"": "__.1_"}.get(before)
    session = replace(READY, place=HERE, doing=after)
    assert screen_of(session, CONTENT).number == seen
    assert after.asked is Asked.MONTH


def test_nothing_of_it_is_kept_or_recorded() -> None:
    session, records = READY, []
    for option in ("activity.days", "answer.ago_1", "command.yes"):
        step = advance(session, m.Chosen(OptionId(option), m.Means.TOUCH), CONTENT)
        session = step.session
        records += [e.option for e in step.effects if isinstance(e, m.Record)]
    assert records == ["activity.days"]
    gone = advance(session, m.HookReplaced(), CONTENT).session
    assert gone == Session(turn=gone.turn, locale=CONTENT.locales[0])


def test_half_heard_days_are_said_back_and_not_asked_about() -> None:
    session = replace(READY, place=HERE, doing=Counting(Asked.DAY, month=3))
    half = m.Utterance((m.Candidate("day_11 деп", 0.2), m.Candidate("day_1 деп", 0.15)))
    after = advance(session, m.Heard(session.turn, half), CONTENT).session
    assert after.doing == Counting(Asked.SURE, entry=day("2026-03-11")) and not after.choice


@pytest.mark.parametrize(
    "candidates",
    [
        [("day_11 деп", 0.1)],
        [("month_3 деп", 0.5)],  # a day is asked for
        [("паспорт", 0.3), ("day_11 деп", 0.2)],
        [],
    ],
)
def test_what_is_hardly_a_day_is_asked_for_again(candidates: list[tuple[str, float]]) -> None:
    asked = Counting(Asked.DAY, month=3)
    heard = m.Utterance(tuple(m.Candidate(*candidate) for candidate in candidates))
    session = replace(READY, place=HERE, doing=asked)
    step = advance(session, m.Heard(session.turn, heard), CONTENT)
    assert step.session.doing == asked
    said = [s.prompt for e in step.effects if isinstance(e, m.Say) for s in e.spoken]
    assert said == ["system.ask_again.1", "system.days.day"]
