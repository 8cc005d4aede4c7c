"""What staff can do on the staff page, step by step, and what they cannot."""

from __future__ import annotations

import pytest

from tests.core.staff_member import COMPARED, STARTER, STICK, SURVEY, TEXTS, Staff
from voicekiosk.core import staff_messages as m
from voicekiosk.core.messages import Deadline, DeadlinePassed
from voicekiosk.core.staff import (
    ENGLISH,
    Choice,
    Comparison,
    PackLine,
    Page,
    Place,
    Sound,
    Survey,
    Work,
)
from voicekiosk.core.staff_screen import event_of_option
from voicekiosk.core.staff_steps import ROWS, UNTOUCHED
from voicekiosk.core.types import KYRGYZ, Turn


def test_the_pin_is_shown_as_dots_and_never_said() -> None:
    staff = Staff()
    everything: list[object] = []
    for key in "2468":
        staff.keys(key)
        everything += [staff.effects, staff.session.said, staff.view]
        assert staff.does(m.Click)
    assert staff.view.dots == 4
    staff.keys("#")
    assert [e.digits for e in staff.effects if isinstance(e, m.JudgePin)] == ["2468"]
    told = repr(everything) + repr(staff.session) + repr(staff.effects)
    assert "2468" not in told
    staff.meets(m.PinJudged(True))
    assert staff.session.digits == ""


@pytest.mark.parametrize("event", [m.RowPressed(0), m.Surveyed(SURVEY), m.Pressed(Choice.PACKS)])
def test_nothing_is_seen_or_done_before_the_pin(event: m.StaffEvent) -> None:
    staff = Staff().meets(event)
    assert staff.page is Page.PIN
    assert not staff.view.rows
    assert staff.session.survey == Survey()


def test_three_digits_are_no_pin_and_a_ninth_is_not_taken() -> None:
    staff = Staff().keys(*"123", "#")
    assert not staff.does(m.JudgePin)
    assert len(staff.keys(*"456789").session.digits) == 8


def test_after_a_wrong_pin_the_pad_is_gone_until_the_wait_is_over() -> None:
    staff = Staff().keys(*"1111", "#").meets(m.PinJudged(False, 4))
    assert m.Wait(4) in staff.effects
    assert not staff.view.pad
    assert "4" in staff.said
    staff.keys(*"2468", "#")
    assert staff.session.digits == "" and not staff.does(m.JudgePin)
    assert staff.meets(m.WaitOver()).view.pad
    assert not staff.effects, "what is being said is said to its end"
    assert staff.keys("1").view.dots == 1


def test_a_wait_goes_on_when_the_page_is_opened_again() -> None:
    staff = Staff(wait=16)
    assert m.Wait(16) in staff.effects
    assert not staff.view.pad


def test_a_pin_that_cannot_be_judged_opens_nothing_and_says_why() -> None:
    staff = Staff().keys(*"2468", "#").meets(m.WorkFailed("staff.yaml is spoilt", "Set it again"))
    assert staff.page is Page.PIN and staff.view.fine_print == "staff.yaml is spoilt. Set it again"
    assert staff.presses(Choice.BACK).page is Page.PIN


def test_without_a_pin_the_page_says_how_to_set_one_and_leads_nowhere() -> None:
    staff = Staff(pin_set=False)
    assert staff.view.fine_print == "voicekiosk staff pin"
    assert staff.keys(*"1234", "#", "1").page is Page.NO_PIN


def test_a_stick_leads_to_the_packs_and_without_one_to_the_menu() -> None:
    assert Staff().enters().page is Page.PACKS
    assert Staff().enters(Survey(packs=(STARTER,))).page is Page.MENU


def test_a_pack_is_checked_shown_said_heard_and_activated() -> None:
    staff = Staff().enters().keys("1")
    assert staff.effects[-1] == m.Compare(STICK)
    assert staff.page is Page.BUSY
    staff.meets(m.Progressed(3, 12))
    assert staff.view.progress == (3, 12)
    staff.meets(m.Compared(COMPARED))
    assert "өзгөргөн: 12" in staff.said and "жаңы: 2" in staff.said
    assert [bar.label for bar in staff.view.rows[0].bars][:2] == ["жаңы: 2", "өзгөргөн: 12"]
    assert staff.presses(Choice.LISTEN).keys("1").does(m.PlayClip)
    staff.presses(Choice.BACK, Choice.ACTIVATE)
    assert staff.effects[-1] == m.Activate(COMPARED.pack)
    staff.meets(m.WorkDone(Work.ACTIVATING, SURVEY))
    assert staff.page is Page.DONE and staff.view.good
    assert "жаңы үндү угат" in staff.said


def test_what_is_being_done_is_not_cut_off_by_a_touch_or_by_time() -> None:
    staff = Staff().enters().keys("1")
    assert Deadline(staff.session.turn, None) in staff.effects
    for event in (m.Pressed(Choice.CLOSE), m.Pressed(Choice.BACK), DeadlinePassed(Turn(0))):
        assert staff.meets(event).page is Page.BUSY


def test_what_failed_is_said_with_its_mend_and_the_kiosk_goes_on() -> None:
    staff = Staff().enters().keys("1")
    staff.meets(m.WorkFailed("The signature is unknown", "Trust its key"))
    assert staff.page is Page.DONE and staff.view.good is False
    assert staff.view.fine_print == "The signature is unknown. Trust its key"
    assert staff.presses(Choice.BACK).page is Page.PACKS
    assert staff.does(m.TakeSurvey)


def test_an_unsigned_pack_is_called_one() -> None:
    unsigned = PackLine("x", "x", "X", (KYRGYZ,), Place.STICK, signed=False)
    staff = Staff().enters(Survey(packs=(unsigned,)))
    assert staff.view.rows[0].warning
    staff.keys("1").meets(m.Compared(Comparison(unsigned, {})))
    assert TEXTS.lines("unsigned", KYRGYZ)[0] in staff.said


def test_one_step_back_is_always_on_the_packs_page() -> None:
    staff = Staff().enters().keys("5")
    assert staff.effects[-1] == m.RollBack()
    said = staff.meets(m.WorkDone(Work.ROLLING_BACK, SURVEY)).said
    assert "мурунку үндү угат" in said


def test_more_rows_than_fit_are_turned_like_pages() -> None:
    many = tuple(
        PackLine(str(n), f"pack-{n}", "", (), Place.INSTALLED) for n in range(ROWS * 2 + 1)
    )
    staff = Staff().enters(Survey(packs=many)).presses(Choice.PACKS)
    assert [row.title for row in staff.view.rows] == ["pack-0", "pack-1", "pack-2", "pack-3"]
    staff.keys("5")
    assert staff.view.rows[0].title == "pack-4"
    assert staff.keys("5", "5").view.rows[0].title == "pack-0"
    assert staff.keys("2").effects[-1] == m.Compare(many[1])


@pytest.mark.parametrize("sound", Sound)
def test_the_sound_test_is_silent_while_it_listens_and_then_says_what_it_heard(
    sound: Sound,
) -> None:
    staff = Staff().enters().presses(Choice.BACK, Choice.SOUND, Choice.TEST)
    assert staff.does(m.TestSound) and not staff.does(m.Tell)
    staff.meets(m.SoundTested(sound, -23))
    assert TEXTS.lines(f"sound.{sound.value}", KYRGYZ, level=23)[0] in staff.said
    assert staff.view.good is (sound is Sound.HEARD)


def test_every_list_is_shown_and_said() -> None:
    staff = Staff().enters().presses(Choice.BACK)
    staff.presses(Choice.REVIEWS)
    assert staff.view.rows[0].bars[0].part == 0.5
    assert "120" in staff.said
    staff.presses(Choice.BACK, Choice.CLAIMS)
    assert "12.01.2027" in staff.view.rows[0].detail and "12.01.2027" in staff.said
    staff.presses(Choice.BACK, Choice.ERRORS)
    assert "No microphone" in staff.view.rows[0].detail
    assert "микрофон" in staff.said


def test_it_closes_after_two_minutes_without_a_touch_and_forgets() -> None:
    staff = Staff().enters()
    assert Deadline(staff.session.turn, UNTOUCHED) in staff.effects
    staff.meets(DeadlinePassed(staff.session.turn))
    assert staff.page is Page.CLOSED and staff.does(m.Close)
    assert staff.session.survey == Survey()
    assert staff.keys("1", "#").page is Page.CLOSED


def test_every_touch_begins_the_two_minutes_again() -> None:
    staff = Staff().keys("4")
    assert Deadline(staff.session.turn, UNTOUCHED) in staff.effects


def test_restart_asks_first() -> None:
    staff = Staff().enters().presses(Choice.BACK, Choice.RESTART)
    assert not staff.does(m.Restart)
    assert staff.presses(Choice.YES).does(m.Restart)


def test_all_three_languages_follow_each_other() -> None:
    staff = Staff().enters(Survey())
    titles = []
    for _ in range(3):
        titles.append(staff.view.title)
        staff.keys("*")
    assert titles == ["Кызматкерлер үчүн", "Для персонала", "For staff"]
    assert staff.session.locale == KYRGYZ != ENGLISH


def test_everything_that_can_be_touched_means_something() -> None:
    staff = Staff()
    seen = 0
    for page in (staff, Staff().enters(), Staff().enters(Survey())):
        view = page.view
        for option in [t.option for t in (*view.tiles, *view.tools)] + [
            r.option for r in view.rows
        ]:
            assert event_of_option(option) is not None
            seen += 1
    assert seen > 15
