"""The engines that ours is compared with, held to the same port."""

import numpy as np
import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.graph import ANYTHING, _words_graph, compiled, lexicon
from voicekiosk.recognition.native_vosk import NativeVosk

from .test_model_folder import MODELS
from .test_vosk_recognizer import hear, needs_a_voice, spoken

WORDS = {(w, KYRGYZ) for w in ("документтер", "депортация", "элчилик", "кыргызча")}
ROOM = np.random.default_rng(1).normal(0, 4, 16000).astype("<i2")


@pytest.fixture(scope="module")
def native(tmp_path_factory) -> NativeVosk:
    """Our own model as Vosk loads any: compiled with words that may follow each other."""
    folder = compiled(MODELS / "vosk-ky", tmp_path_factory.mktemp("cache"), lexicon(WORDS), {})
    phones = (folder / "am" / "phones.txt").read_text("utf-8").split()
    graph = _words_graph(
        {name: int(number) for name, number in zip(phones[::2], phones[1::2], strict=True)},
        np.load(folder / "am" / "phone_bigram.npy"),
        lexicon(WORDS),
        ["<eps>", ANYTHING, *sorted(lexicon(WORDS))],
    )
    start, end_of_a_word = 0, 1
    graph.arc(end_of_a_word, 0, 0, 0.0, start)
    graph.write(folder / "graph" / "HCLr.fst")
    return NativeVosk(folder)


@needs_a_voice
def test_a_native_model_hears_a_word_and_says_how_sure_vosk_is(native):
    native.learn(WORDS)
    for word in ("документтер", "элчилик"):
        (best,) = hear(native, spoken(word)).candidates
        assert best.phrase == word and 0.3 < best.confidence <= 1.0
    assert hear(native, ROOM).candidates == ()


@needs_a_voice
def test_a_phrase_of_several_words_is_heard_whole_or_not_at_all(native):
    native.learn({("кыргызча документтер", KYRGYZ)})
    assert hear(native, spoken("кыргызча документтер")).candidates[0].phrase == (
        "кыргызча документтер"
    )
    assert hear(native, spoken("документтер")).candidates == ()


def test_words_that_a_native_model_does_not_know_are_told(native):
    native.learn(WORDS | {("тез жардам", KYRGYZ), ("жардам элчилик", KYRGYZ)})
    assert native.unknown_words == ("жардам", "тез")
    with pytest.raises(RecognitionError, match="not one of 1 phrases"):
        native.learn({("тез жардам", KYRGYZ)})


def test_a_folder_that_is_no_small_model_never_reaches_vosk(tmp_path):
    with pytest.raises(RecognitionError, match="no Vosk model"):
        NativeVosk(tmp_path)


@needs_a_voice
def test_the_english_makeshift_hears_cyrillic_words():
    pytest.importorskip("pocketsphinx", reason="pip install pocketsphinx")
    from voicekiosk.recognition.sphinx_english import SphinxEnglish

    ear = SphinxEnglish()
    ear.learn({("документы", RUSSIAN), ("перевод денег", RUSSIAN), ("посольство", RUSSIAN)})
    for phrase in ("документы", "посольство"):
        (best,) = hear(ear, spoken(phrase, "ru")).candidates
        assert best.phrase == phrase and 0 < best.confidence < 1


def test_cyrillic_is_spelt_in_english_sounds():
    pytest.importorskip("pocketsphinx", reason="pip install pocketsphinx")
    from voicekiosk.recognition.sphinx_english import SphinxEnglish, sounds

    assert sounds("пять лет") == ["P", "AA", "T", "L", "EH", "T"]
    assert sounds("үйдөгү ңаа") == ["Y", "UW", "Y", "D", "ER", "G", "Y", "UW", "NG", "AA"]
    with pytest.raises(RecognitionError, match="nobody can say"):
        SphinxEnglish().learn({("112", RUSSIAN)})
