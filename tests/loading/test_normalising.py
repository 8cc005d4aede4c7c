"""What is said and what is listened for are spelled alike, and Kyrgyz letters stay themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicekiosk.core.normalising import normalise
from voicekiosk.core.types import KYRGYZ, RUSSIAN


@pytest.mark.parametrize(
    ("text", "locale", "normal"),
    [
        ("Чёрный список", RUSSIAN, "черный список"),
        ("По-русски", RUSSIAN, "по русски"),
        ("Аэропорт, чек ара", KYRGYZ, "аэропорт чек ара"),
        ("  Эмгек   келишими! ", KYRGYZ, "эмгек келишими"),
        ("Зордук-зомбулук", KYRGYZ, "зордук зомбулук"),
        ("Үйгө көчүрмө, ЖАҢЫ", KYRGYZ, "үйгө көчүрмө жаңы"),
        ("счёт", KYRGYZ, "счёт"),
        ("е\u0308лка", RUSSIAN, "елка"),
        ("—", RUSSIAN, ""),
    ],
)
def test_a_phrase_is_spelled_in_one_way(text: str, locale: str, normal: str) -> None:
    assert normalise(text, locale) == normal


@given(st.text(alphabet="абвеёңөүАЁҢӨҮ -,.!й", max_size=30), st.sampled_from([KYRGYZ, RUSSIAN]))
def test_what_is_normalised_stays_as_it_is(text: str, locale: str) -> None:
    once = normalise(text, locale)
    assert normalise(once, locale) == once


@given(st.text(alphabet="ңөүҢӨҮноуНОУ", max_size=20))
def test_kyrgyz_letters_are_never_folded(text: str) -> None:
    for locale in (KYRGYZ, RUSSIAN):
        assert normalise(text, locale) == text.lower()
