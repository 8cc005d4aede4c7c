"""What is hard on the ear is named; what is plain is left alone."""

from __future__ import annotations

import pytest

from voicekiosk.core.readability import readability, spoken_length, words_of
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale

ROOTS = frozenset({"докум", "возьм", "нажму", "день", "долг", "виде"})


def test_a_sentence_of_more_than_fourteen_words_is_named() -> None:
    long = " ".join(["слово"] * 15) + "."
    found = readability(["Возьмите документ.", long], RUSSIAN, ROOTS)
    assert found.sentences == 2
    assert found.longest == 15
    assert found.long_sentences == (long,)


HARD = [
    ("Возьмите документы.", RUSSIAN, ()),
    ("Нажмите.", RUSSIAN, ()),  # an order of a verb that is known
    ("Обжалуйте апелляцию.", RUSSIAN, ("обжалуйте", "апелляцию")),
    ("Документиңиздердегилерден кийин.", KYRGYZ, ("документиңиздердегилерден",)),
    ("Документ жок.", KYRGYZ, ()),
]


@pytest.mark.parametrize(("text", "locale", "hard"), HARD)
def test_rare_russian_and_long_kyrgyz_words_are_named(
    text: str, locale: Locale, hard: tuple[str, ...]
) -> None:
    assert readability([text], locale, ROOTS).hard_words == hard


def test_words_of_the_menu_are_never_hard() -> None:
    assert readability(["Это апелляция."], RUSSIAN, ROOTS, {"апелляция", "это"}).hard_words == ()


def test_without_a_list_no_russian_word_is_hard() -> None:
    assert readability(["Обжалуйте апелляцию."], RUSSIAN, ()).hard_words == ()


def test_abbreviations_and_digits_are_counted() -> None:
    found = readability(["ЕАЭС до 90 дней."], RUSSIAN, ROOTS)
    assert found.abbreviations == ("ЕАЭС",)
    assert found.digits == 2


def test_a_hyphen_joins_and_length_is_of_all_characters() -> None:
    assert words_of("Айди-карта, паспорт — да!") == ["Айди-карта", "паспорт", "да"]
    assert spoken_length(["а" * 12, "б" * 12]) == 2.0
