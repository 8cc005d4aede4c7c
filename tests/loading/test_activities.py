"""activities.yaml and selfcheck.yaml: what can be wrong in them is named with its place."""

from datetime import date
from pathlib import Path

import pytest

from tests.loading.spoiling import CONTENT
from voicekiosk.core.activities import Doing
from voicekiosk.core.calendar_day import CalendarDay
from voicekiosk.core.content import Activity, Topic
from voicekiosk.core.types import OptionId
from voicekiosk.loading import ContentError, load

ACTIVITIES, SELFCHECK, KIOSK = "activities.yaml", "selfcheck.yaml", "kiosk.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real content, with files that may be spoiled."""
    for file in CONTENT.iterdir():
        if file.suffix == ".yaml":
            (tmp_path / file.name).write_bytes(file.read_bytes())
        else:
            (tmp_path / file.name).symlink_to(file)
    return tmp_path


SPOILED = [
    (ACTIVITIES, "category: danger", "category: nowhere", "No category is called nowhere"),
    (ACTIVITIES, "sensitive: true", "secret: true", "`secret` is not known here"),
    (ACTIVITIES, "[trafficking,", "[nothing,", "No topic is called nothing"),
    (SELFCHECK, 'worrying: "no"', "worrying: no", "YAML reads `no` as true or false"),
    (SELFCHECK, 'worrying: "no"', "worrying: maybe", "This names the answer that is a bad sign"),
    (SELFCHECK, "some: 1, many: 3", "some: 3, many: 3", "`many` must be above `some`"),
    (SELFCHECK, "some: 1, many: 3", "some: 1, many: 9", "9 is out of range"),
    (SELFCHECK, "id: threatened", "id: going_out", "Another question is called going_out"),
    (SELFCHECK, "  none:", "  few:", "`few` is not known here"),
    (KIOSK, "neutral: documents", "neutral: trafficking", "trafficking is itself sensitive"),
    (KIOSK, "neutral: documents", "neutral: nothing", "No topic is called nothing"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "said"), SPOILED)
def test_a_fault_is_named_with_its_file_and_line(
    folder: Path, name: str, right: str, wrong: str, said: str
) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    with pytest.raises(ContentError) as caught:
        load(folder)
    found = [fault for fault in caught.value.faults if said in fault.what]
    assert found and found[0].file == file
    assert abs(found[0].line - line) <= 1


def test_a_kiosk_may_have_no_activities(folder: Path) -> None:
    (folder / ACTIVITIES).unlink()
    with pytest.raises(ContentError) as caught:  # topics lead to what is no longer there
        load(folder)
    assert {fault.what for fault in caught.value.faults} <= {
        f"No topic is called {doing}" for doing in Doing
    }


def test_topics_lead_to_the_self_check_and_it_leads_on() -> None:
    content = load(CONTENT)
    check = content.options[OptionId("activity.selfcheck")]
    assert isinstance(check, Activity) and content.is_sensitive(check.id)
    assert content.selfcheck and 6 <= len(content.selfcheck.questions) <= 8
    leading = [
        o for o in content.options.values() if isinstance(o, Topic) and check.id in o.related
    ]
    assert {o.category for o in leading} >= {OptionId("category.danger")}
    assert OptionId("topic.wages") in {o.id for o in leading}


def test_the_counter_reckons_only_while_somebody_answers_for_its_rule(folder: Path) -> None:
    claims = folder / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    before, rule, after = text.partition("ninety_days_limit:")
    for key, value in (("on", "2026-11-20"), ("by", "Айгүл"), ("until", "2027-02-01")):
        name = f"valid_{key}" if key == "until" else f"checked_{key}"
        after = after.replace(f"{name}: null", f"{name}: {value}", 1)
    claims.write_text(before + rule + after, encoding="utf-8")
    days = [
        (date(2026, 11, 24), 90, CalendarDay(2026, 11, 24)),
        (date(2027, 2, 1), 90, CalendarDay(2027, 2, 1)),
        (date(2027, 2, 2), None, CalendarDay(2027, 2, 2)),
        (date(2020, 1, 1), None, None),  # this machine's clock is wrong
        (None, None, None),
    ]
    for day, allowed, today in days:
        content = load(folder, day)
        assert content.day_rule is not None
        assert (content.day_rule.days, content.today) == (allowed, today)


DAYS_SPOILED = [
    ("claims.yaml", "  value: 90\n", "", "No claim with a `value` is called"),
    ("claims.yaml", "value: 90", "value: many", "This must be a number"),
    ("claims.yaml", "value: 90", "value: 180", "180 days are more than days.yaml has"),
    (ACTIVITIES, "rule: ninety_days_limit", "rule: other", "No claim with a `value` is called"),
    (ACTIVITIES, "  rule: ninety_days_limit\n", "", "`rule` is missing"),
    ("days.yaml", "  day_15:", "  day_fifteen:", "The answer day_15 is missing"),
    ("days.yaml", "  day_15:", "  day_fifteen:", "`day_fifteen` is no answer"),
    ("days.yaml", '  "7": {ky-KG: [Июль', '  "77": {ky-KG: [Июль', "`77` is not known here"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "said"), DAYS_SPOILED)
def test_a_counter_that_could_not_reckon_is_a_fault(
    folder: Path, name: str, right: str, wrong: str, said: str
) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert any(said in fault.what for fault in caught.value.faults), caught.value
