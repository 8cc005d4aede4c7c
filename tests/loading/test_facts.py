"""The life of a claim: unconfirmed, in force, soon over, over; and never told when not true."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.loading.small_folder import NUMBERS, TODAY, SmallFolder, rules, small_folder, telling
from voicekiosk.core.content import Topic
from voicekiosk.core.messages import Spoken
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Phase, Session
from voicekiosk.core.speech import place
from voicekiosk.core.types import KYRGYZ, RUSSIAN, PromptId
from voicekiosk.loading.digits import spoken_twice
from voicekiosk.loading.facts import RELEASED, Check, Fact, Facts, Kind, State


@pytest.fixture
def folder(tmp_path: Path) -> SmallFolder:
    return small_folder(tmp_path)


UNCHECKED = ("topic.rules.telling.1", "claim.limit.otherwise", "number.hotline.otherwise")


def test_what_nobody_has_checked_is_told_in_its_durable_wording(folder: SmallFolder) -> None:
    content = folder.on(TODAY).content
    assert telling(content) == (*UNCHECKED, "topic.rules.telling.4")
    assert content.prompts[PromptId("claim.limit.otherwise")][RUSSIAN] == ("Это правило меняется.",)
    assert content.shown == {}


LIFE = [
    (date(2027, 1, 10), False, State.IN_FORCE),
    (date(2027, 6, 1), False, State.IN_FORCE),
    (date(2027, 7, 2), False, State.EXPIRING),
    (date(2027, 8, 31), False, State.EXPIRING),
    (date(2027, 9, 1), True, State.EXPIRED),
    (date(2030, 1, 1), True, State.EXPIRED),
]


@pytest.mark.parametrize(("today", "otherwise", "state"), LIFE)
def test_a_claim_is_told_from_its_check_to_its_last_day(
    folder: SmallFolder, today: date, otherwise: bool, state: State
) -> None:
    folder.checked(on="2027-01-10", until="2027-08-31")
    loaded = folder.on(today)
    assert ("claim.limit.otherwise" in telling(loaded.content)) == otherwise
    assert ("claim.limit" in telling(loaded.content)) != otherwise
    assert loaded.facts.state(loaded.facts.by_id["limit"]) is state


def test_a_clip_exists_for_both_wordings_whatever_day_it_is(folder: SmallFolder) -> None:
    folder.checked(on="2027-01-10", until="2027-08-31")
    days = (None, date(2027, 2, 1), date(2028, 1, 1))
    assert len({frozenset(folder.on(day).content.prompts) for day in days}) == 1
    assert {"claim.limit", "claim.limit.otherwise", "number.hotline", "claim.spare"} <= set(
        folder.on(None).content.prompts
    )


def test_without_a_day_nothing_that_expires_is_told(folder: SmallFolder) -> None:
    folder.checked(on="2027-01-10", until="2027-08-31")
    assert "claim.limit.otherwise" in telling(folder.on(None).content)


@pytest.mark.parametrize("wrong", [date(1970, 1, 1), date(2027, 1, 9)])
def test_a_clock_that_is_slow_confirms_nothing_and_says_so(
    folder: SmallFolder, wrong: date, caplog: pytest.LogCaptureFixture
) -> None:
    folder.checked(on="2027-01-10", until="2027-08-31")
    with caplog.at_level(logging.WARNING):
        loaded = folder.on(wrong)
    assert "claim.limit.otherwise" in telling(loaded.content)
    assert f"This machine's date is {wrong}" in caplog.text
    assert loaded.doubts, "a day that is still to come may also be a slip of the pen"


def test_a_clock_that_is_right_says_nothing(
    folder: SmallFolder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.checked(on="2027-01-10", until="2027-08-31")
    assert folder.on(date(2027, 1, 10)).doubts == ()
    assert caplog.text == ""


def test_one_check_of_tomorrow_makes_every_claim_unconfirmed() -> None:
    """The clock that is behind one check may be behind any other's last day."""
    good = _fact("good", Check(RELEASED, "Айгүл", RELEASED + timedelta(400)))
    late = _fact("late", Check(RELEASED + timedelta(10), "Болот", RELEASED + timedelta(400)))
    facts = Facts({"good": good, "late": late}, RELEASED + timedelta(5))
    assert not facts.in_force(good)
    assert Facts({"good": good}, RELEASED + timedelta(5)).in_force(good)


def _fact(name: str, check: Check | None, kind: Kind = Kind.NUMBER) -> Fact:
    return Fact(name, kind, {}, {}, "x", None, check, number="112")


days = st.dates(RELEASED - timedelta(900), RELEASED + timedelta(900))
checks = st.none() | st.builds(Check, days, st.just("Айгүл"), days)


@given(st.lists(checks, max_size=4), st.none() | days)
def test_over_all_days_no_number_is_told_or_shown_that_is_not_verified_and_in_date(
    made: list[Check | None], today: date | None
) -> None:
    by_id = {f"n{at}": _fact(f"n{at}", check) for at, check in enumerate(made)}
    facts = Facts(by_id, today)
    for fact in by_id.values():
        check = fact.check
        may = check is not None and today is not None and check.on <= today <= check.until
        if not may:
            assert facts.told(fact) == fact.otherwise_prompt
            assert fact.prompt not in facts.shown()
        elif today and today >= RELEASED and all(c.on <= today for c in made if c):
            assert facts.told(fact) == fact.prompt
            assert facts.shown()[fact.prompt] == "112"


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(on=days, until=days, today=st.none() | days)
def test_over_all_topics_and_days_unverified_digits_are_in_no_ear_and_on_no_screen(
    folder: SmallFolder, on: date, until: date, today: date | None
) -> None:
    _verify_number(folder, on, max(on, until))
    content = folder.on(today).content
    may = today is not None and today >= RELEASED and on <= today <= max(on, until)
    for topic in (o for o in content.options.values() if isinstance(o, Topic)):
        session = Session(phase=Phase.SPEAKING, place=topic.id, handset=True)
        spoken = place(session, content)
        told = Spoken(PromptId("number.hotline"), KYRGYZ) in spoken
        assert told == (may and topic.id == "topic.rules")
        shown = [
            screen_of(
                Session(phase=Phase.SPEAKING, spoken=spoken, position=(at, 0)), content
            ).number
            for at in range(len(spoken))
        ]
        assert ("0 312 62" in shown) == told


def _verify_number(folder: SmallFolder, on: date, until: date) -> None:
    file = folder.folder / NUMBERS
    text = file.read_text(encoding="utf-8")
    head = text[: text.index("  verified_on")]
    filled = f"  verified_on: {on}\n  verified_by: Болот\n  valid_until: {until}\n"
    file.write_text(head + filled, encoding="utf-8")


def test_a_verified_number_is_named_then_said_twice_and_shown(folder: SmallFolder) -> None:
    _verify_number(folder, TODAY, TODAY)
    content = folder.on(TODAY).content
    said = content.prompts[PromptId("number.hotline")][RUSSIAN]
    once = ("Ноль, три.", "Один, два.", "Шесть, два.")
    assert said == ("Горячая линия.", *once, "Повторяю.", *once)
    assert content.shown == {"number.hotline": "0 312 62"}


NUMBERS_SAID = [
    ("112", RUSSIAN, ("Один.", "Один.", "Два.")),
    ("189", KYRGYZ, ("Бир.", "Сегиз.", "Тогуз.")),
    ("12345", RUSSIAN, ("Один.", "Два, три.", "Четыре, пять.")),
    ("+996 55", KYRGYZ, ("Плюс.", "Тогуз.", "Тогуз, алты.", "Беш, беш.")),
]


@pytest.mark.parametrize(("number", "locale", "once"), NUMBERS_SAID)
def test_digits_are_said_one_by_one_and_twice(number, locale, once) -> None:
    assert spoken_twice(number, locale) == (
        *once,
        "Кайталайм." if locale == KYRGYZ else "Повторяю.",
        *once,
    )


def test_a_topic_invites_tells_bids_to_remember_and_leads_on(folder: SmallFolder) -> None:
    content = folder.on(TODAY).content
    spoken = place(Session(phase=Phase.SPEAKING, place=rules(content).id, handset=True), content)
    assert [s.prompt for s in spoken] == [
        "topic.rules.name",
        "topic.rules.invitation",
        *telling(content),
        "system.remember",
        "topic.rules.remember",
        "system.topic_end",
        "system.related",
        "topic.wages.name",
        "system.key.1",
    ]
