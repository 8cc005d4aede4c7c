"""Russian numerals in their six cases, by num2words, and the nouns that signs stand for."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from voicekiosk.language.refusing import UnsayableError

Case = Literal["n", "g", "d", "a", "i", "p"]
Gender = Literal["m", "f", "n"]
MOST = 10**12
_CASES = "ngdaip"


@cache
def _numerals() -> Any:
    # Here, because most texts have no digit.
    from num2words.lang_RU import Num2Word_RU  # type: ignore[import-untyped]

    return Num2Word_RU()


def cardinal(number: int, case: Case = "n", gender: Gender = "m") -> str:
    """A number of things; ``animate`` is off, or two thousand would be of people."""
    if number >= MOST:
        raise UnsayableError(f"{number} is too large to be understood", "Write it in millions")
    return str(_numerals().to_cardinal(number, case=case, gender=gender, animate=False))


def ordinal(number: int, case: Case = "n", gender: Gender = "m", *, plural: bool = False) -> str:
    return str(
        _numerals().to_ordinal(number, case=case, gender=gender, plural=plural, animate=False)
    )


def joined(number: int) -> str:
    """The first half of `девяностодневный`."""
    if number % 1000 == 0 and number:
        return ("" if number == 1000 else joined(number // 1000)) + "тысяче"
    whole = {1: "одно", 90: "девяносто", 100: "сто", 1000: "тысяче"}
    hundreds, rest = number - number % 100, number % 100
    tens, ones = rest - rest % 10, rest % 10
    pieces = [hundreds, *((tens, ones) if rest >= 20 else (rest,))]
    said = [whole.get(p) or cardinal(p, "g").replace(" ", "") for p in pieces if p]
    return "".join(said) or "нуле"


def fraction(written: str, number: int, digits: str, case: Case) -> str:
    """``две целых пять десятых``; one and a half has a word of its own."""
    if len(digits) > 2:
        raise UnsayableError(
            f"`{written}` can be read as thousands or as a fraction",
            "Write thousands with a blank, and at most two digits behind a comma",
        )
    if case not in "nag":
        raise UnsayableError(f"`{written}` has no plain form here", "Write it with words")
    case = "g" if case == "g" else "n"
    parts = int(digits)
    one = number % 10 == 1 and number % 100 != 11
    name = ("целой" if one else "целых") if case == "g" else "целая" if one else "целых"
    tenth = parts % 10 == 1 and parts % 100 != 11
    size = ordinal(10 ** len(digits), case if tenth else "g", "f", plural=not tenth)
    return f"{cardinal(number, case, 'f')} {name} {cardinal(parts, case, 'f')} {size}"


_HARD = "|а|ов|у|ам||а|ом|ами|е|ах"
_SOFT = "ь|я|ей|ю|ям|ь|я|ем|ями|е|ях"
_FEMALE = "а|ы||е|ам|у|ы|ой|ами|е|ах"
_KOPECK = (
    "копейка копейки копеек копейке копейкам копейку копейки копейкой копейками копейке копейках"
)


def _noun(stem: str, endings: str, gender: Gender) -> tuple[tuple[str, ...], Gender]:
    return tuple(stem + ending for ending in endings.split("|")), gender


UNITS = {
    "%": _noun("процент", _HARD, "m"),
    "₽": _noun("рубл", _SOFT, "m"),
    "руб": _noun("рубл", _SOFT, "m"),
    r"\$": _noun("доллар", _HARD, "m"),
    "€": (("евро",) * 11, "m"),
    "коп": (tuple(_KOPECK.split()), "f"),
    "тыс": _noun("тысяч", _FEMALE.replace("ы", "и").replace("ой", "ей"), "f"),
    "млн": _noun("миллион", _HARD, "m"),
    "млрд": _noun("миллиард", _HARD, "m"),
    "км": _noun("километр", _HARD, "m"),
    "см": _noun("сантиметр", _HARD, "m"),
    "кг": _noun("килограмм", _HARD, "m"),
    "г": _noun("грамм", _HARD, "m"),
    "мин": _noun("минут", _FEMALE, "f"),
    "сек": _noun("секунд", _FEMALE, "f"),
    "ч": _noun("час", _HARD, "m"),
}
"""By sign: forms 1 nom, 2-4 nom, 5+ nom, then 1 and many of dative, accusative, instrumental,
prepositional; and the gender."""


def counted(number: int, sign: str, case: Case) -> str:
    """The noun behind a number: one per cent, two per cent, five per cent, each in its case."""
    forms = UNITS[sign][0]
    one = number % 10 == 1 and number % 100 != 11
    few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    if case in "na":
        return (forms[5] if case == "a" else forms[0]) if one else forms[1] if few else forms[2]
    if case == "g":
        return forms[1] if one else forms[2]
    return forms[{"d": 3, "i": 7, "p": 9}[case] + (not one)]
