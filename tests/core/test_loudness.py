"""The hall fills and empties, and the kiosk speaks up and softens with it, within limits."""

from hypothesis import given
from hypothesis import strategies as st

from voicekiosk.core.loudness import MOST_ADDED, QUIET_HALL, STEP, added

NOISES = st.floats(-100, 0)


def test_in_a_quiet_hall_nothing_is_added():
    assert added(QUIET_HALL) == added(-80) == 0


def test_a_hall_six_decibels_louder_is_answered_by_six():
    assert added(QUIET_HALL + 6) == 6


def test_a_roaring_hall_is_answered_by_no_more_than_the_cap():
    assert added(-10) == MOST_ADDED


def test_a_little_more_noise_changes_nothing():
    assert added(QUIET_HALL + 6 + STEP / 2, before=6) == 6


def test_when_the_hall_has_emptied_the_kiosk_is_as_soft_as_before():
    assert added(-80, before=MOST_ADDED) == 0


@given(NOISES, st.floats(0, MOST_ADDED))
def test_whatever_is_heard_the_answer_stays_within_its_limits(noise, before):
    assert 0 <= added(noise, before) <= MOST_ADDED
