"""The phrases compiled into a model folder."""

import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.graph import background, compiled, lexicon

from .test_model_folder import MODELS

PHRASES = {("жардам", KYRGYZ), ("тез жардам", KYRGYZ), ("паспорт", KYRGYZ), ("паспорт", RUSSIAN)}
MODEL = MODELS / "vosk-ky"


def test_a_phrase_of_both_languages_is_one_label_with_the_sounds_of_both():
    words = lexicon(PHRASES)
    assert set(words) == {"жардам", "тез_жардам", "паспорт"}
    assert ("p", "a", "s", "p", "a", "r", "t") in words["паспорт"]


def test_a_phrase_that_cannot_be_said_is_named():
    with pytest.raises(RecognitionError, match="112"):
        lexicon({("112", KYRGYZ)})


def test_a_word_of_daily_speech_that_is_a_phrase_does_not_argue_against_it():
    assert "жардам" in background(MODEL, {})
    assert "жардам" not in background(MODEL, lexicon(PHRASES))


def test_the_same_phrases_are_compiled_once_and_others_anew(tmp_path):
    first = compiled(MODEL, tmp_path, lexicon(PHRASES), {})
    made = (first / "graph" / "HCLr.fst").stat().st_mtime_ns
    assert compiled(MODEL, tmp_path, lexicon(PHRASES), {}) == first
    assert (first / "graph" / "HCLr.fst").stat().st_mtime_ns == made
    assert compiled(MODEL, tmp_path, lexicon({("виза", KYRGYZ)}), {}) != first
    assert not list(tmp_path.glob(".compiling-*"))


def test_a_cache_that_is_no_folder_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(RecognitionError, match="cannot be compiled"):
        compiled(MODEL, blocked / "cache", lexicon(PHRASES), {})
