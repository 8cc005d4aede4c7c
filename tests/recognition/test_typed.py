"""Typed words: exact, nearly right, and something else."""

from voicekiosk.recognition.typed import understand

PHRASES = ["жумуш", "документы", "ден соолук", "көчүрмө"]


def test_exactly_a_phrase_is_certain_however_it_is_capitalised_and_spaced():
    (only,) = understand("  Ден   соолук! ", PHRASES).candidates
    assert (only.phrase, only.confidence) == ("ден соолук", 1.0)


def test_a_slip_of_the_finger_is_asked_about_not_acted_on():
    best = understand("докуметы", PHRASES).candidates[0]
    assert best.phrase == "документы" and 0.4 <= best.confidence < 0.8


def test_kyrgyz_letters_are_not_folded_into_russian_ones():
    assert understand("кочурмо", PHRASES).candidates == ()


def test_another_word_is_none_of_the_phrases():
    assert understand("погода", PHRASES).candidates == ()
    assert understand("", PHRASES).candidates == ()
