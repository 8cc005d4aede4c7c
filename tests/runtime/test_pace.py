"""A visitor's own pace: slower, once more, on by a sentence; and what is played of a prompt."""

import pytest

from tests.runtime.hall import CONTENT, Hall
from voicekiosk.core.session import SLOW, Phase


def played(hall: Hall) -> float:
    return sum(clip.pcm.duration for clip in hall.player.clips)


def to_the_end(hall: Hall) -> tuple[float, list[str]]:
    """How long all of it lasts and what it is: the first sentence does not wait for the rest."""
    seconds, said = 0.0, []
    while hall.phase is Phase.SPEAKING:
        seconds += played(hall)
        said += hall.player.playing
        hall.prompt_ends()
    return seconds, said


def test_slower_lasts_a_third_longer_from_the_sentence_that_is_being_said() -> None:
    hall = Hall()
    hall.press("h", "2", "1")
    usual = played(hall)
    hall.player.reach(1, 1)
    hall.kiosk.pump()
    hall.press("f2")
    assert hall.player.playing == ("topic.contract.telling.1 ky",)
    assert hall.screen.caption.current == 1
    seconds, _ = to_the_end(hall)
    assert seconds == pytest.approx((usual - 2 - 1) / SLOW, abs=0.001)


def test_slower_is_stretched_sentence_by_sentence_and_the_caption_follows() -> None:
    hall = Hall()
    hall.press("h", "f2", "2", "1")
    assert hall.player.playing == ("topic.contract.name ky",)
    hall.prompt_ends()
    assert hall.player.playing[:2] == ("topic.contract.name ky", "topic.contract.telling.1 ky")
    hall.player.reach(2, 0)
    hall.kiosk.pump()
    assert hall.kiosk.session.position == (1, 1)


def test_slower_is_remembered_for_the_visit_and_forgotten_with_it() -> None:
    hall = Hall()
    hall.press("h", "f2", "2")
    slow, said = to_the_end(hall)
    assert len(said) == 2 * len(set(said))
    hall.press("h", "h", "2")
    assert played(hall) == pytest.approx(slow * SLOW, abs=0.001)


def test_a_repeated_sentence_begins_at_its_place_in_the_recording() -> None:
    hall = Hall()
    hall.press("h", "2", "1")
    whole = played(hall)
    hall.player.reach(1, 1)
    hall.kiosk.pump()
    hall.press("8")
    assert played(hall) == pytest.approx(whole - 3)
    assert hall.player.clips[0].starts == (0,)
    hall.player.reach(0, 0)
    hall.kiosk.pump()
    assert hall.kiosk.session.position == (1, 1)
    hall.press("8")
    assert played(hall) == pytest.approx(whole)


def test_skipping_goes_on_by_a_sentence() -> None:
    hall = Hall()
    hall.press("h", "2", "1")
    whole = played(hall)
    for skipped in range(1, 5):
        hall.press("right")
        assert played(hall) == pytest.approx(whole - skipped)


def test_without_a_loudspeaker_the_slower_pace_gives_more_time_to_read() -> None:
    hall = Hall(speaker=False)
    hall.press("h", "2", "f2")
    begun = hall.kiosk.session.position
    hall.wait(1.9)
    assert hall.kiosk.session.position == begun
    assert CONTENT.prompts["category.work.name"]["ky-KG"] == ("Биринчи.", "Экинчи.")
