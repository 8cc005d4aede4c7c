"""Digits in a Russian text into words, in the case that the words around them ask for."""

from __future__ import annotations

import re

from voicekiosk.core.digits import digit_groups
from voicekiosk.core.types import RUSSIAN
from voicekiosk.language import russian_dates
from voicekiosk.language.patterns import (
    DASH,
    GAP,
    LETTER,
    NUMBER,
    PHONE,
    SECOND,
    rule,
    whole,
    word_before,
    words_after,
)
from voicekiosk.language.refusing import UnsayableError, two_readings
from voicekiosk.language.russian_context import case_of, gender_of, governor, is_ranked, noun_after
from voicekiosk.language.russian_numbers import (
    UNITS,
    Case,
    Gender,
    cardinal,
    counted,
    fraction,
    joined,
    ordinal,
)

_UNIT = (
    rf"(?:%|₽|\$|€|(?:руб|коп|тыс|млн|млрд|км|см|кг|мин|сек|ч)(?:\.|(?!{LETTER}))|г(?!{LETTER}|\.))"
)
_ENDINGS: dict[str, tuple[Case, Gender, bool]] = {
    **dict.fromkeys(("й", "ый", "ой", "ий"), ("n", "m", False)),
    **dict.fromkeys(("го", "ого", "его"), ("g", "m", False)),
    **dict.fromkeys(("му", "ому", "ему"), ("d", "m", False)),
    **dict.fromkeys(("м", "ом", "ем"), ("p", "m", False)),
    **dict.fromkeys(("ым", "им"), ("i", "m", False)),
    **dict.fromkeys(("я", "ая"), ("n", "f", False)),
    **dict.fromkeys(("ю", "ую"), ("a", "f", False)),
    **dict.fromkeys(("е", "ое"), ("n", "n", False)),
    **dict.fromkeys(("ые", "ие"), ("n", "m", True)),
    **dict.fromkeys(("х", "ых", "их"), ("g", "m", True)),
    **dict.fromkeys(("ми", "ыми", "ими"), ("i", "m", True)),
}
_LETTERS = "|".join(sorted(_ENDINGS, key=len, reverse=True))


def _phone(match: re.Match[str]) -> str:
    return ", ".join(" ".join(group) for group in digit_groups(match[0], RUSSIAN))


def _dialled(match: re.Match[str]) -> str:
    """`по номеру 112`: a number that is dialled, not counted."""
    return match[1] + " ".join(word for group in digit_groups(match[2], RUSSIAN) for word in group)


def _numbered(match: re.Match[str]) -> str:
    return f"номер {cardinal(whole(match[1]))}"


def _before(match: re.Match[str]) -> str:
    """`$100`: the sign is written before and said after."""
    return f"{match[2]} {match[1]}"


def _sign(written: str) -> str:
    return next(sign for sign in UNITS if re.fullmatch(rf"{sign}\.?", written, re.IGNORECASE))


def _measured(match: re.Match[str]) -> str:
    """`до 30 %`, `5 тыс. руб.`: a sign is a noun and takes the case of its number."""
    number, part, first, second = match.groups()
    value, sign = whole(number), _sign(first)
    if re.match(rf"[-‐‑]{LETTER}", match.string[match.end() :]):
        raise UnsayableError(f"`{match[0]}-...` is half a word", "Write it as a word")
    case = governor(match.string[: match.start()]) or "n"
    gender = UNITS[sign][1]
    if part == "5" and value == 1:
        half = "полутора" if case == "g" else "полторы" if gender == "f" else "полтора"
        said = f"{half} {UNITS[sign][0][2 if case == 'g' else 1]}"
    elif part:
        said = f"{fraction(match[0], value, part, case)} {UNITS[sign][0][1]}"
    else:
        said = f"{cardinal(value, case, gender)} {counted(value, sign, case)}"
    if second:  # thousands of roubles
        said += f" {UNITS[_sign(second)][0][2]}"
    # The full stop of an abbreviation may be that of the sentence too.
    written = second or first
    ends = written.endswith(".") and not match.string[match.end() :].strip()
    return said + "." * ends


def _range(match: re.Match[str]) -> str:
    """`18-39 лет` is from eighteen to thirty-nine; `2-3 дня` is two or three."""
    low, high, sign = whole(match[1]), whole(match[2]), match[3]
    asked = governor(match.string[: match.start()])
    noun = noun_after(words_after(match))
    if low >= high:
        raise two_readings(match[0], "Write it with words: `от ... до ...`")
    many = high % 10 in (0, 5, 6, 7, 8, 9) or high % 100 in (11, 12, 13, 14)
    if sign:
        name, case = _sign(sign), asked or "g"
        unit = " " + counted(high, name, case)
        gender = UNITS[name][1]
    else:
        name, case, unit = "", case_of(asked, noun), ""
        gender = gender_of(high, case, noun)
    if asked is None and low + 1 < high and (many or sign or noun.endswith(("лет", "ов", "ей"))):
        return f"от {cardinal(low, 'g', gender)} до {cardinal(high, 'g', gender)}{unit}"
    if sign and asked is None:
        case, unit = "n", " " + counted(high, name, "n")
    return f"{cardinal(low, case, gender)}-{cardinal(high, case, gender)}{unit}"


def _ordinal(match: re.Match[str]) -> str:
    """`5-й`, `1-го`, `90-х`: the letters behind the dash say case and gender."""
    number, letters = whole(match[1]), match[2].lower()
    case, gender, plural = _ENDINGS[letters]
    before = match.string[: match.start()]
    noun = noun_after(words_after(match))
    if letters == "й" and noun.endswith(("ы", "и")):
        case, gender = "g", "f"
    elif letters == "й" and noun.endswith("е"):
        case, gender = "p", "f"
    elif letters == "м" and governor(before) not in ("a", "p"):
        case = "i"
    elif letters == "е" and noun.endswith(("ы", "и")):
        plural = True
    elif letters == "х" and governor(before) in ("a", "p"):
        case = "p"
    return ordinal(number, case, gender, plural=plural)


def _joined(match: re.Match[str]) -> str:
    """`90-дневный`: one long word."""
    return joined(whole(match[1])) + match[2]


def _counted(match: re.Match[str]) -> str:
    number, part, letters = match.groups()
    if letters:
        raise UnsayableError(f"`{match[0]}` joins digits and letters", "Write a blank between them")
    value = whole(number)
    noun = noun_after(words_after(match))
    before = match.string[: match.start()]
    last = word_before(match)
    asked = governor(before)
    if not part and is_ranked(value, noun):
        raise two_readings(f"{match[0]} {noun}", f"Write `{number}-й`, `{number}-м` or the word")
    if last in ("статья", "статьи", "пункт", "пункта", "окно", "кабинет", "номер", "дом", "часть"):
        return cardinal(value)
    case = case_of(asked, noun)
    gender = gender_of(value, case, noun)
    if part:
        if part == "5" and value == 1:
            female = noun.endswith(("ы", "и"))
            return "полутора" if case not in "na" else "полторы" if female else "полтора"
        return fraction(match[0], value, part, case)
    if case == "a" and noun in ("человека", "ребёнка", "ребенка", "брата", "сына"):
        return cardinal(value, "g") if value % 10 == 1 and value % 100 != 11 else cardinal(value)
    return cardinal(value, case, gender)


RULES = (
    rule(PHONE, _phone),
    rule(r"((?:номер|телефон|тел\.)[а-я]*(?: номер[а-я]*)? )(\d{3,6})(?![\d\w])", _dialled),
    *russian_dates.RULES,
    rule(rf"([$€₽]){GAP}?({NUMBER})", _before),
    rule(rf"№{GAP}?({NUMBER})", _numbered),
    rule(rf"({NUMBER}){DASH}({SECOND})(?:{GAP}?({_UNIT}))?(?![\d-])", _range),
    rule(rf"({NUMBER})(?:,(\d+))?{GAP}?({_UNIT})(?:{GAP}?({_UNIT}))?", _measured),
    rule(
        rf"({NUMBER})[-‐‑]({_LETTERS})(?!{LETTER})",
        _ordinal,
    ),
    rule(rf"({NUMBER})[-‐‑]({LETTER}{{4,}})", _joined),
    rule(rf"({NUMBER})(?:,(\d+))?({LETTER}+)?", _counted),
)
