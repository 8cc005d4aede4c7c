"""How soon the ear answers: as soon as more silence would add nothing but waiting."""

import pytest

from voicekiosk.core.messages import Heard, SpeechStarted

from .room import QUIET, SILENCE, WORD, CountingRecognizer, Room

END_OF_WORD = 1.0 + 0.8
PAUSE = [QUIET] * 10


def answered(recognizer: CountingRecognizer, *frames: bytes) -> tuple[float, str]:
    """Seconds from the end of a word in a second of silence, and the phrase."""
    room = Room(recognizer)
    room.listen_to(*SILENCE, *frames)
    at, utterance = room.answer()
    return at - END_OF_WORD, utterance.candidates[0].phrase


def test_a_certain_word_that_begins_no_other_is_answered_at_once():
    after, phrase = answered(CountingRecognizer(("жумуш", 0.95)), *WORD, *SILENCE)
    assert phrase == "жумуш" and after == pytest.approx(0.16, abs=0.03)


def test_a_likely_word_waits_a_little_longer():
    after, _ = answered(CountingRecognizer(("жумуш", 0.6)), *WORD, *SILENCE)
    assert after == pytest.approx(0.30, abs=0.03)


def test_a_word_that_may_go_on_is_waited_for_however_certain_it_is():
    after, phrase = answered(CountingRecognizer(("паспорт", 0.99)), *WORD, *SILENCE)
    assert phrase == "паспорт" and after == pytest.approx(0.44, abs=0.03)


def test_what_is_understood_by_nobody_is_waited_for():
    after, _ = answered(CountingRecognizer(("жумуш", 0.1)), *WORD, *SILENCE)
    assert after == pytest.approx(0.44, abs=0.03)


def test_who_goes_on_after_a_pause_is_heard_from_the_beginning():
    recognizer = CountingRecognizer(("паспорт", 0.99), ("паспорт жоголду", 0.99))
    after, phrase = answered(recognizer, *WORD, *PAUSE, *WORD, *SILENCE)
    assert phrase == "паспорт жоголду"
    assert after == pytest.approx(0.2 + 0.8 + 0.16, abs=0.03)
    first, second = recognizer.given
    assert second == first + 10 + 40  # all of it once more, no frame lost and none twice


def test_silence_after_a_word_is_not_judged_twice():
    recognizer = CountingRecognizer(("жумуш", 0.1))
    answered(recognizer, *WORD, *SILENCE)
    assert len(recognizer.given) == 1


def test_the_rest_of_a_breath_that_was_answered_is_no_new_utterance():
    room = Room()
    room.listen_to(*SILENCE, *WORD, *PAUSE, *WORD, *SILENCE)
    assert [type(event) for event in room.end()] == [SpeechStarted, Heard]


def test_another_word_may_follow_after_half_a_second():
    room = Room()
    room.listen_to(*SILENCE, *WORD, *PAUSE * 3, *WORD, *SILENCE)
    assert [type(event) for event in room.end()] == [SpeechStarted, Heard] * 2
    first, second = room.recognizer.given
    assert abs(first - second) <= 8  # the second has a moment from before it, too


def test_who_keeps_pausing_is_not_decoded_again_and_again():
    recognizer = CountingRecognizer(*[("жумуш", 0.1)] * 20)
    answered(recognizer, *[*WORD[:10], *PAUSE] * 12, *SILENCE)
    assert len(recognizer.given) <= 5


def test_a_word_that_follows_right_after_an_answer_has_a_moment_from_before_it():
    room = Room(CountingRecognizer(("жумуш", 0.6), ("жумуш", 0.6)))
    room.listen_to(*SILENCE, *WORD, *[QUIET] * 16, *WORD, *SILENCE)
    room.end()
    first, second = room.recognizer.given
    assert abs(first - second) <= 5
