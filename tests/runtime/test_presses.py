"""Hands that tremble, keys that walk, and two volumes: what a key does in the running kiosk."""

import pytest

from tests.runtime.hall import Hall
from voicekiosk.core.session import VOLUME_STEPS
from voicekiosk.runtime import gain


def tremble(hall: Hall, key: str, pause: float) -> None:
    hall.press(key)
    hall.clock.now += pause
    hall.kiosk.press(key)
    hall.kiosk.pump()


@pytest.mark.parametrize(("pause", "step"), [(0.05, 5), (0.49, 5), (0.51, 6)])
def test_two_presses_within_half_a_second_are_one(pause: float, step: int) -> None:
    """C25, EN 301 549 5.8."""
    hall = Hall()
    hall.press("h")
    tremble(hall, "+", pause)
    assert hall.player.volume == gain(step)


def test_two_different_keys_may_follow_each_other_at_once() -> None:
    hall = Hall()
    hall.press("h", "2")
    hall.kiosk.press("1")
    hall.kiosk.pump()
    assert hall.player.playing[0] == "topic.contract.name ky"


@pytest.mark.parametrize(("pause", "typed"), [(0.1, 0), (0.3, 1)])
def test_the_eleventh_can_be_typed_and_a_trembling_finger_types_one_digit(
    pause: float, typed: int
) -> None:
    hall = Hall()
    hall.press("h")
    hall.kiosk.choose("activity.days")
    hall.kiosk.pump()
    hall.press("3", "0", "3")
    assert hall.screen.typing
    tremble(hall, "1", pause)
    assert ("11" in (hall.screen.number or "")) is bool(typed)


def test_a_handset_put_back_at_once_is_put_back() -> None:
    hall = Hall()
    tremble(hall, "h", 0.1)
    assert hall.player.playing == ()


def test_every_key_does_all_it_does_when_pressed_once() -> None:
    """C26, EN 301 549 5.9: nothing is held and no two keys are pressed together.

    A keypad only tells of presses: no release ever reaches the kiosk.
    """
    hall = Hall()
    hall.press("h")
    reached = []
    for key in "2", "1", "#", "8", "9", "*", "7", "0", "down", "enter", "f2", "f4":
        before = hall.kiosk.session
        hall.press(key)
        reached.append(hall.kiosk.session != before)
    assert all(reached)


def test_the_focus_is_spoken_and_shown_in_the_same_moment() -> None:
    """C4: what is being said is what is marked."""
    hall = Hall()
    hall.press("h", "down", "down")
    assert hall.screen.focus == "category.work"
    assert hall.player.playing == ("category.work.name ky", "system.key.2 ky")
    assert [tile.option for tile in hall.screen.tiles if tile.spoken] == ["category.work"]
    hall.press("enter")
    assert hall.player.playing[0] == "category.work.name ky"
    assert hall.screen.focus is None


def test_handset_and_loudspeaker_have_a_volume_each_and_both_are_reset() -> None:
    """C14, EN 301 549 5.1.3.13."""
    hall = Hall()
    hall.press("2", "+", "+")
    assert hall.player.volume == gain(6)
    hall.press("h")
    assert hall.player.volume == gain(4)
    hall.press("-", "-")
    assert hall.player.volume == gain(2)
    hall.press("h")
    assert hall.player.volume == gain(4)
    hall.press("2")
    assert hall.player.volume == gain(4)


def test_the_volume_spans_eighteen_decibels_with_a_step_twelve_above_the_lowest() -> None:
    """C28, EN 301 549 8.2.1."""
    from math import log10

    above = [20 * log10(gain(step) / gain(0)) for step in range(VOLUME_STEPS)]
    assert above[-1] >= 18 - 1e-9
    assert any(decibel == pytest.approx(12) for decibel in above)


def test_a_wrong_key_is_named_and_the_way_to_help_told() -> None:
    """C16, EN 301 549 5.1.3.15."""
    hall = Hall()
    hall.press("h", "2", "5")
    assert hall.player.playing == ("days.digit.5 ky", "system.wrong_key ky")
