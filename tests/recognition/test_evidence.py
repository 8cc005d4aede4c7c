"""From likelihoods to a confidence."""

from dataclasses import replace

import numpy as np
import pytest

from voicekiosk.core.types import KYRGYZ
from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.calibration import calibration, written
from voicekiosk.recognition.evidence import (
    Decoding,
    Evidence,
    Vocabulary,
    confidences,
    features,
    speech_span,
)
from voicekiosk.recognition.second_ear import Opinion

from .test_model_folder import MODELS

MEASURED = calibration(MODELS / "vosk-ky")
LABELS = ["жумуш", "каттоо", *(f"тема{n}" for n in range(13))]
KNOWN = Vocabulary(dict.fromkeys(LABELS, 5), dict.fromkeys(LABELS, KYRGYZ))
RIGHT, RIVAL = Decoding("жумуш", -100.0), Decoding("каттоо", -101.0)
FAR = Decoding("каттоо", -140.0)


def heard(*phrases: Decoding, loop: float | None = -120.0, word: float | None = -125.0) -> Evidence:
    return Evidence(phrases, loop, word, frames=20.0)


def sure(evidence: Evidence, offered: frozenset[str] = frozenset()) -> list[tuple[str, float]]:
    return confidences(evidence, MEASURED, KNOWN, offered)


def test_a_phrase_that_beats_every_other_explanation_is_certain():
    ((label, certainty), *_) = sure(heard(RIGHT, FAR))
    assert label == "жумуш" and certainty > 0.95


def test_a_phrase_that_another_word_explains_better_is_not_believed():
    assert sure(heard(RIGHT, FAR, loop=-90.0, word=-80.0))[0][1] < 0.1


def test_two_phrases_that_sound_alike_share_the_certainty():
    first, second = sure(heard(RIGHT, RIVAL, loop=-130.0, word=-130.0))
    assert 0.4 < first[1] < 0.8 and second[1] > 0.2


def test_between_two_alike_the_one_on_the_screen_comes_first():
    here = frozenset({"каттоо"})
    assert sure(heard(RIGHT, RIVAL), here)[0][0] == "каттоо"
    assert sure(heard(RIGHT, FAR), here)[0][0] == "жумуш"


def test_among_many_phrases_one_fits_by_chance_sooner():
    many = {f"фраза{n}": 5 for n in range(400)}
    large = Vocabulary(KNOWN.phones | many, {})
    doubtful = heard(RIGHT, loop=-100.5, word=-100.5)
    few = confidences(doubtful, MEASURED, KNOWN)[0][1]
    assert confidences(doubtful, MEASURED, large)[0][1] < few


def test_what_would_have_been_said_too_fast_is_less_likely():
    usual = heard(RIGHT, loop=-101.0, word=-101.0)
    hurried = replace(usual, frames=8.0)
    about = features(hurried, MEASURED, KNOWN, ())
    assert about[3] > 0 and features(usual, MEASURED, KNOWN, ())[3] == 0
    assert MEASURED.alone.hurry < 0


def test_a_second_ear_that_agrees_makes_sure_and_one_that_does_not_makes_doubtful():
    doubtful = heard(RIGHT, FAR, loop=-100.0, word=-100.0)
    agrees = Opinion({"жумуш": -500.0, "каттоо": -600.0}, loop=-560.0, word=-580.0, frames=60)
    differs = Opinion({"жумуш": -700.0, "каттоо": -690.0}, loop=-560.0, word=-580.0, frames=60)
    yes = sure(doubtful.heard_again(agrees))[0]
    no = sure(doubtful.heard_again(differs))[0]
    assert yes[0] == "жумуш" and yes[1] > no[1] + 0.3


def test_nothing_heard_is_nothing():
    assert sure(Evidence((), None, None, 10.0)) == []
    assert sure(replace(heard(RIGHT), frames=0.0)) == []


def test_a_loop_that_found_no_path_is_no_crash():
    assert 0 <= sure(heard(RIGHT, loop=None, word=None))[0][1] <= 1


def test_a_calibration_that_was_written_is_read_back(tmp_path):
    (tmp_path / "calibration.toml").write_text(written(MEASURED, "A test.\nTwo lines."), "utf-8")
    again = calibration(tmp_path)
    assert again.alone.loop == pytest.approx(MEASURED.alone.loop, abs=0.001)
    assert again.together.offsets == pytest.approx(MEASURED.together.offsets, abs=0.001)


@pytest.mark.parametrize(
    "text", ["", "sharpness = ", "sharpness = 1\n[alone]\nloop = 2\n", 'sharpness = "much"']
)
def test_a_broken_calibration_is_told(tmp_path, text):
    (tmp_path / "calibration.toml").write_text(text, "utf-8")
    with pytest.raises(RecognitionError, match=r"calibration\.toml cannot be read"):
        calibration(tmp_path)


def test_the_speech_is_measured_without_the_room_around_it():
    room = np.random.default_rng(1).normal(0, 4, 32000)
    room[8000:16000] += 3000 * np.sin(np.arange(8000) / 5)
    assert abs(speech_span(room.astype("<i2")) - 25) <= 1
