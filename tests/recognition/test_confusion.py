"""Phrases that choose different things must not sound alike; the linter says which gives way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.loading.spoiling import CONTENT
from voicekiosk.core.content import Content, Option
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, OptionId
from voicekiosk.loading import load
from voicekiosk.recognition.confusion import LIMIT, Confusable, confusable
from voicekiosk.recognition.letters_to_phones import pronunciations
from voicekiosk.recognition.phone_distance import distances, neighbours

EMPTY = replace(load(CONTENT), options={}, prompts={}, categories=())


def apart(one: str, other: str, locale: Locale) -> float:
    """The distance of the two nearest ways to say two phrases."""
    first, second = pronunciations(one, locale), pronunciations(other, locale)
    pairs, found = neighbours(first + second, 9.0)
    return min(
        distance
        for (a, b), distance in zip(pairs.tolist(), found.tolist(), strict=True)
        if (a < len(first)) != (b < len(first))
    )


def content(**phrases: list[str]) -> Content:
    """Topics that are chosen with these Russian phrases, the first of which is the name."""
    options = {
        OptionId(f"topic.{name}"): Option(
            OptionId(f"topic.{name}"), name, {RUSSIAN: said[0]}, {RUSSIAN: tuple(said)}
        )
        for name, said in phrases.items()
    }
    return replace(EMPTY, options=options)


STRANGERS = apart("документы", "насилие", RUSSIAN)

CLASHES = [
    ("патент", "паспорт", RUSSIAN),
    ("каттоо", "карыз", KYRGYZ),
    ("жардам", "жаракат", KYRGYZ),
    ("чек ара", "чек", KYRGYZ),
    ("россия", "регистрация", RUSSIAN),
    ("депортация", "регистрация", RUSSIAN),
]


@pytest.mark.parametrize(("one", "other", "locale"), CLASHES)
def test_words_that_were_confused_in_the_field_are_nearer_than_strangers(
    one: str, other: str, locale: Locale
) -> None:
    assert apart(one, other, locale) < 0.9 * STRANGERS


NEARER = [
    ("код", "год", "код", "том", RUSSIAN),  # voice is heard last
    ("катар", "катары", "катар", "катармак", KYRGYZ),  # one sound more, several more
    ("бала", "баала", "бала", "бели", KYRGYZ),  # length before another vowel
    ("пятна", "пьятна", "пятна", "питна", RUSSIAN),  # a j that wears off
    ("паспорт", "паспорт потерян", "паспорт", "потерян паспорт", RUSSIAN),  # it only goes on
    ("нота", "мота", "нота", "сота", RUSSIAN),  # place before manner
]


@pytest.mark.parametrize(("one", "near", "same", "far", "locale"), NEARER)
def test_what_the_ear_mixes_up_is_nearer(
    one: str, near: str, same: str, far: str, locale: Locale
) -> None:
    assert one == same
    assert apart(one, near, locale) < apart(one, far, locale)


def test_the_distance_is_the_same_from_both_sides_and_nothing_to_itself() -> None:
    for one, other in (("граница", "за границу"), ("полиция", "турция"), ("меню", "мени урат")):
        assert apart(one, other, RUSSIAN) == pytest.approx(apart(other, one, RUSSIAN))
        assert apart(one, one, RUSSIAN) == 0


def test_a_pair_alone_is_as_far_apart_as_among_all() -> None:
    words = ("граница", "за границу", "полиция", "турция", "меню", "да")
    ways = [pronunciations(word, RUSSIAN)[0] for word in words]
    pairs, among = neighbours(ways, 9.0)
    assert len(pairs) == 15
    alone = distances([(ways[one], ways[other]) for one, other in pairs.tolist()])
    assert alone.tolist() == pytest.approx(among.tolist())


def test_two_options_that_sound_alike_are_found_and_the_richer_one_gives_way() -> None:
    found = confusable(content(debt=["долг", "кабала", "отработка"], gulf=["залив", "кабалу"]))
    assert [(pair.one.text, pair.other.text) for pair in found] in (
        [("кабала", "кабалу")],
        [("кабалу", "кабала")],
    )
    assert found[0].distance < LIMIT
    assert "`кабала`" in found[0].advice
    assert "topic.debt has 2 other phrases" in found[0].advice


def test_a_name_never_gives_way() -> None:
    (pair,) = confusable(content(one=["кабала"], other=["залив", "кабалу", "пролив"]))
    assert "`кабалу`" in pair.advice
    (pair,) = confusable(content(one=["кабала"], other=["кабалу", "пролив"]))
    assert pair.advice == "Both are names: lengthen one of them"


def test_a_phrase_that_two_options_share_on_purpose_is_no_fault() -> None:
    shared = content(one=["документы", "паспорт"], other=["потеря", "паспорт", "паспорта нет"])
    assert confusable(shared) == []
    # And among three it is the other one that gives way.
    three = content(one=["документы", "паспорт"], two=["потеря", "паспорт"], ear=["я", "паспорта"])
    assert {"`паспорта`" in pair.advice for pair in confusable(three)} == {True}


def test_phrases_of_one_option_may_sound_alike() -> None:
    assert confusable(content(one=["турция", "в турцию", "турцию"])) == []


def test_nothing_the_kiosk_understands_will_be_confused() -> None:
    assert _named(confusable(load(CONTENT))) == []


def test_the_worst_pairs_come_first_and_none_is_of_one_option() -> None:
    wide = confusable(load(CONTENT), 0.3)
    assert len(wide) > 50
    assert [pair.distance for pair in wide] == sorted(pair.distance for pair in wide)
    assert all(not set(pair.one.options) & set(pair.other.options) for pair in wide)


def _named(pairs: list[Confusable]) -> list[str]:
    return [f"{pair.one.text} | {pair.other.text}" for pair in pairs]
