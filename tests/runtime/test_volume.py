"""The hall fills with people, and the kiosk speaks up, from the next prompt on."""

import math

from tests.runtime.hall import Hall
from voicekiosk.core.loudness import MOST_ADDED, QUIET_HALL
from voicekiosk.runtime import gain


def louder(hall: Hall, step: int) -> float:
    """By how many dB the kiosk plays louder than this step does in a quiet hall."""
    return 20 * math.log10(hall.player.volume / gain(step))


def test_within_a_prompt_nothing_changes_and_the_next_one_is_louder():
    hall = Hall()
    hall.press("h")
    hall.kiosk.hall(QUIET_HALL + 4)
    assert louder(hall, 4) == 0
    hall.press("1")
    assert math.isclose(louder(hall, 4), 4)


def test_when_the_hall_has_emptied_the_kiosk_is_soft_again():
    hall = Hall()
    hall.kiosk.hall(QUIET_HALL + 4)
    hall.press("h")
    hall.kiosk.hall(QUIET_HALL - 10)
    hall.press("1")
    assert louder(hall, 4) == 0


def test_a_roaring_hall_never_makes_it_louder_than_its_loudest_step():
    hall = Hall()
    hall.kiosk.hall(-5)
    hall.press("h", "+", "+", "+", "1")
    assert hall.player.volume == 1


def test_a_soft_step_stays_softer_than_a_loud_one_in_the_same_hall():
    hall = Hall()
    hall.kiosk.hall(-5)
    hall.press("h", "-", "-", "-", "1")
    assert math.isclose(louder(hall, 1), MOST_ADDED)
