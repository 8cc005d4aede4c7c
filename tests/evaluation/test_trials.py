"""Who is tried against what."""

from pathlib import Path

import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.evaluation.corpus import Recording
from voicekiosk.evaluation.trials import against_content, enough, random_menus
from voicekiosk.loading import load
from voicekiosk.ports import KioskError

CONTENT = Path(__file__).parents[2] / "content"
LETTERS = "абвгдежзиклмнопрстуф"


def recordings(count: int = 20, takes: int = 2) -> list[Recording]:
    return [
        Recording(Path(f"{letter}{take}.wav"), letter * 3, RUSSIAN, f"s{take}")
        for letter in LETTERS[:count]
        for take in range(takes)
    ]


def test_a_menu_is_tried_by_its_phrases_and_by_as_many_strangers():
    corpus = recordings()
    for menu in random_menus(corpus, 6, 5):
        inside = [t for t in menu.trials if t.inside]
        outside = [corpus[t.recording].text for t in menu.trials if not t.inside]
        assert {corpus[t.recording].text for t in inside} == set(menu.meanings) == set(menu.offered)
        assert all(t.targets == (corpus[t.recording].text,) for t in inside)
        assert len(inside) == len(set(outside)) == 6
        assert not set(outside) & set(menu.meanings)


def test_the_seed_decides_the_menus():
    corpus = recordings()
    assert random_menus(corpus, 6, 3, seed=1) == random_menus(corpus, 6, 3, seed=1)
    assert random_menus(corpus, 6, 3, seed=1) != random_menus(corpus, 6, 3, seed=2)


def test_sentences_and_numbers_are_imposters_only():
    odd = ["раз два три четыре пять", "дом 112", "hello"]
    corpus = recordings(8, 1) + [Recording(Path(f"{t}.wav"), t, RUSSIAN) for t in odd]
    menus = random_menus(corpus, 5, 20)
    assert not {p for m in menus for p in m.meanings} & set(odd)
    tried = {corpus[t.recording].text for m in menus for t in m.trials if not t.inside}
    assert set(odd) <= tried


def test_too_few_recordings_are_told_with_what_would_do():
    assert not enough(recordings(10), 6)
    with pytest.raises(KioskError, match="--menu 5"):
        random_menus(recordings(10), 6, 1)


def test_against_the_content_who_says_no_phrase_is_an_imposter():
    content = load(CONTENT)
    said = [
        Recording(Path("a.wav"), "паспорт", KYRGYZ),
        Recording(Path("b.wav"), "паспорт керек эмес", KYRGYZ),
    ]
    (menu,) = against_content(said, content)
    assert menu.bands == content.bands and len(menu.meanings) > 100
    assert [t.inside for t in menu.trials] == [True, False]
    assert all(o in content.options for o in menu.trials[0].targets)


def test_recordings_without_a_phrase_of_the_content_are_not_tried_against_it():
    assert against_content(recordings(), load(CONTENT)) == []
