"""Kyrgyz case endings on a spoken word: vowel harmony and the assimilation of consonants.

Rules: Wikibooks, A Handbook of Kyrgyz Grammar (Nouns); Kyrgyz teaching materials,
wiki.firespeaker.org (vowel harmony: a low vowel after ``у`` is ``а``, after ``о`` is ``о``).
"""

from __future__ import annotations

import re
from enum import StrEnum

_HIGH = {**dict.fromkeys("аыя", "ы"), **dict.fromkeys("эеи", "и")}
_HIGH |= {**dict.fromkeys("оуёю", "у"), **dict.fromkeys("өү", "ү")}
_LOW = {**dict.fromkeys("аыуяю", "а"), **dict.fromkeys("эеи", "е")}
_LOW |= {**dict.fromkeys("оё", "о"), **dict.fromkeys("өү", "ө")}
_VOICELESS = frozenset("птксшчцщхф")


class Ending(StrEnum):
    """What may be written behind a number or a sign, whichever vowels were chosen for it."""

    GENITIVE = "[ндт][ыиуү]н"
    DATIVE = "[гк][аеоө]"
    ACCUSATIVE = "[ндт][ыиуү]"
    LOCATIVE = "[дт][аеоө]"
    ABLATIVE = "[дт][аеоө]н"
    AT = "[дт][аеоө]г[ыиуү]"
    ABOUT = "[дт][аеоө]й"
    HIS = "с?[ыиуү]"
    OF_HIS = "с?[ыиуү]н[ыиуү]н"
    TO_HIS = "с?[ыиуү]н[аеоө]"
    HIS_OBJECT = "с?[ыиуү]н"
    IN_HIS = "с?[ыиуү]нд[аеоө]"
    FROM_HIS = "с?[ыиуү]н[аеоө]н"
    ORDINAL = "[ыиуү]?н?ч[ыиуү]"


def ending_of(letters: str) -> Ending | None:
    """Which ending the letters behind a number are, e.g. ``дан``; None when they are none."""
    return next((e for e in Ending if re.fullmatch(e.value, letters.lower())), None)


def high(word: str) -> str:
    return _by_last_vowel(_HIGH, word)


def low(word: str) -> str:
    return _by_last_vowel(_LOW, word)


def _by_last_vowel(table: dict[str, str], word: str) -> str:
    return next((table[letter] for letter in reversed(word.lower()) if letter in table), "и")


def with_ending(word: str, ending: Ending, *, his: bool = False) -> str:
    """The word in a case. ``his``: it ends in the ending of possession already, as ``марты``."""
    stem = word.removesuffix("ь")
    i, a = high(stem), low(stem)
    if ending is Ending.ORDINAL:
        return f"{stem}нч{i}" if stem[-1] in _HIGH else f"{stem}{i}нч{i}"
    possessed = {
        Ending.HIS: Ending.HIS,
        Ending.OF_HIS: Ending.GENITIVE,
        Ending.TO_HIS: Ending.DATIVE,
        Ending.HIS_OBJECT: Ending.ACCUSATIVE,
        Ending.IN_HIS: Ending.LOCATIVE,
        Ending.FROM_HIS: Ending.ABLATIVE,
    }.get(ending)
    if possessed:
        owned = word if his else f"{stem}с{i}" if stem[-1] in _HIGH else f"{stem}{i}"
        return owned if possessed is Ending.HIS else with_ending(owned, possessed, his=True)
    if his:
        return (
            stem
            + {
                Ending.GENITIVE: f"н{i}н",
                Ending.DATIVE: f"н{a}",
                Ending.ACCUSATIVE: "н",
                Ending.LOCATIVE: f"нд{a}",
                Ending.ABLATIVE: f"н{a}н",
                Ending.AT: f"нд{a}г{_HIGH[a]}",
                Ending.ABOUT: f"нд{a}й",
            }[ending]
        )
    hard = stem[-1] in _VOICELESS
    n = "н" if stem[-1] in _HIGH else "т" if hard else "д"
    d, g = ("т", "к") if hard else ("д", "г")
    return (
        stem
        + {
            Ending.GENITIVE: f"{n}{i}н",
            Ending.DATIVE: f"{g}{a}",
            Ending.ACCUSATIVE: f"{n}{i}",
            Ending.LOCATIVE: f"{d}{a}",
            Ending.ABLATIVE: f"{d}{a}н",
            Ending.AT: f"{d}{a}г{_HIGH[a]}",
            Ending.ABOUT: f"{d}{a}й",
        }[ending]
    )
