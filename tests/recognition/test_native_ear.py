"""A plain Vosk model with its own words as a second ear; the kiosk's compiled folder is one."""

import shutil

import pytest

from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.graph import background, lexicon
from voicekiosk.recognition.native_ear import NativeEar
from voicekiosk.recognition.native_probe import check_native, known_words
from voicekiosk.recognition.second_ear import Opinion

from .test_model_folder import MODELS
from .test_vosk_recognizer import PHRASES, needs_a_voice, spoken

SHORTLIST = ("документтер", "депортация", "өмүргө_коркунуч", "кыргызча")
SAID = lexicon(PHRASES)
OTHERS = background(MODELS / "vosk-ky", SAID)


@pytest.fixture(scope="module")
def ear(plain_model) -> NativeEar:
    ear = NativeEar(plain_model)
    ear.learn({**SAID, "жол_билети": [("zh",)], "жолборс": [("zh",)]}, OTHERS)
    return ear


@needs_a_voice
@pytest.mark.parametrize("label", SHORTLIST)
def test_what_was_said_is_the_likeliest_of_a_shortlist(ear, label):
    opinion = ear.judge(spoken(label.replace("_", " ")), SHORTLIST)
    assert opinion.best == label
    assert opinion.frames


@needs_a_voice
def test_other_speech_scores_less_than_the_phrase_itself(ear):
    said = ear.judge(spoken("документтер"), SHORTLIST).score("документтер")
    other = ear.judge(spoken("картошка менен сабиз"), SHORTLIST)
    assert max(other.score(label) for label in SHORTLIST) < said


@needs_a_voice
def test_the_same_sound_gets_the_same_opinion_whoever_spoke_before(ear):
    sound = spoken("кыргызча")
    first = ear.judge(sound, SHORTLIST)
    ear.judge(spoken("депортация"), SHORTLIST)
    assert ear.judge(sound, SHORTLIST) == first


def test_words_it_does_not_know_are_told_and_their_labels_not_judged(ear):
    assert ear.unknown["жолборс"] == ["жолборс"]
    assert "жол_билети" in ear.unknown
    assert "документтер" not in ear.unknown


@needs_a_voice
def test_a_shortlist_it_knows_nothing_of_gets_no_opinion(ear):
    assert ear.judge(spoken("кыргызча"), ["жолборс", "никогда_не_учили"]) == Opinion()


def test_silence_gets_no_opinion(ear):
    import numpy as np

    assert ear.judge(np.zeros(16000, np.int16), SHORTLIST) == Opinion()
    assert ear.judge(np.zeros(0, np.int16), SHORTLIST) == Opinion()


def test_a_stranger_process_tells_which_words_a_model_knows(plain_model):
    assert known_words(plain_model, ["документтер", "жолборс"]) == {"документтер"}


@pytest.mark.parametrize("part", ["am/final.mdl", "graph/Gr.fst", "graph/HCLr.fst"])
def test_a_model_that_would_end_the_process_ends_another_process(plain_model, tmp_path, part):
    broken = tmp_path / "broken"
    shutil.copytree(plain_model, broken)
    whole = (broken / part).read_bytes()
    (broken / part).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RecognitionError, match="Vosk cannot load the model broken"):
        known_words(broken, ["документтер"])


def test_what_a_folder_lacks_is_told_before_vosk_sees_it(tmp_path):
    with pytest.raises(RecognitionError, match=r"no Vosk model: it has no am/final\.mdl"):
        check_native(tmp_path)
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "HCLG.fst").write_bytes(b"")
    with pytest.raises(RecognitionError, match="one fixed graph"):
        NativeEar(tmp_path)
