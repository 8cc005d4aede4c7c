"""From likelihoods to a confidence."""

import numpy as np

from voicekiosk.recognition.evidence import Decoding, confidences, speech_span

RIGHT, RIVAL = Decoding("жумуш", -100.0), Decoding("каттоо", -101.0)
FAR = Decoding("каттоо", -140.0)


def test_a_phrase_that_beats_every_other_explanation_is_certain():
    ((label, sure), *_) = confidences([RIGHT, FAR], loop=-120.0, word=-125.0, frames=20)
    assert label == "жумуш" and sure > 0.95


def test_a_phrase_that_another_word_explains_better_is_not_believed():
    assert confidences([RIGHT, FAR], loop=-90.0, word=-80.0, frames=20)[0][1] < 0.1


def test_two_phrases_that_sound_alike_share_the_certainty():
    first, second = confidences([RIGHT, RIVAL], loop=-130.0, word=-130.0, frames=20)
    assert 0.4 < first[1] < 0.8 and second[1] > 0.2


def test_between_two_alike_the_one_on_the_screen_comes_first():
    best, _ = confidences([RIGHT, RIVAL], -130.0, -130.0, 20, frozenset({"каттоо"}))
    assert best[0] == "каттоо"
    clear, _ = confidences([RIGHT, FAR], -130.0, -130.0, 20, frozenset({"каттоо"}))
    assert clear[0] == "жумуш"


def test_nothing_heard_is_nothing():
    assert confidences([], None, None, 10) == []


def test_the_speech_is_measured_without_the_room_around_it():
    room = np.random.default_rng(1).normal(0, 4, 32000)
    room[8000:16000] += 3000 * np.sin(np.arange(8000) / 5)
    assert abs(speech_span(room.astype("<i2")) - 25) <= 1
