"""Digits in a Kyrgyz text into words, with the endings that are written behind them."""

from __future__ import annotations

import re

from voicekiosk.core.digits import digit_groups
from voicekiosk.core.types import KYRGYZ
from voicekiosk.language.kyrgyz_numbers import MONTHS, cardinal, decimal, ordinal
from voicekiosk.language.kyrgyz_suffixes import Ending, ending_of, with_ending
from voicekiosk.language.patterns import (
    DASH,
    DATE,
    GAP,
    LETTER,
    NUMBER,
    PHONE,
    SECOND,
    TIME,
    rule,
    whole,
    word_before,
    words_after,
)
from voicekiosk.language.refusing import UnsayableError, two_readings

_UNITS = {
    "%": "пайыз",
    "₽": "рубль",
    "руб": "рубль",
    r"\$": "доллар",
    "€": "евро",
    "тыс": "миң",
    "млн": "миллион",
    "млрд": "миллиард",
    "км": "километр",
    "см": "сантиметр",
    "кг": "килограмм",
    "мин": "мүнөт",
    "сек": "секунд",
}
_UNIT = rf"(?:%|₽|\$|€|(?:руб|тыс|млн|млрд|км|см|кг|мин|сек)(?:\.|(?!{LETTER})))"
_GOVERNED = {
    **dict.fromkeys(("чейин", "карата", "жакын"), Ending.DATIVE),
    **dict.fromkeys(("баштап", "кийин", "мурун", "мурда", "ашык", "көп", "аз"), Ending.ABLATIVE),
}
"""The case that a word behind a number asks for, where a sign has no ending of its own."""
_COUNTED = "жаш күн ай жыл сом тыйын саат мүнөт жума апта киши адам пайыз рубль доллар рет"
_FEW = 5
"""Up to so far apart two numbers side by side are still `two or three`."""
_URGENT = re.compile(r"1\d\d|911")
_MONTH = re.compile("|".join(month.removesuffix("ь") for month in MONTHS))
_SUFFIX = rf"(?:[-‐‑]?({LETTER}{{1,6}}))?(?!{LETTER})"


def _phone(match: re.Match[str]) -> str:
    return ", ".join(" ".join(group) for group in digit_groups(match[0], KYRGYZ))


def _urgent(match: re.Match[str]) -> str:
    """`112ге чалыңыз`, `189 номери`: a number that is dialled, not counted."""
    number, suffix = match[1], match[2]
    following = words_after(match)[:1]
    dialled = any(word.startswith(("чал", "номер", "телефон")) for word in following)
    before = word_before(match)
    if not dialled and not before.startswith(("номер", "телефон", "тел")):
        return match[0]
    words = [word for group in digit_groups(number, KYRGYZ) for word in group]
    return " ".join([*words[:-1], _ended(words[-1], suffix, match[0])])


def _ended(word: str, suffix: str | None, written: str, *, his: bool = False) -> str:
    """The word with the ending that was written behind the digits."""
    if not suffix:
        return word
    ending = ending_of(suffix)
    if ending is None:
        raise UnsayableError(
            f"The ending `{suffix}` of `{written}` is not known",
            "Write a blank between a number and a word, a dash before what it numbers",
        )
    return with_ending(word, ending, his=his)


def _last(said: str, suffix: str | None, written: str) -> str:
    head, _, last = said.rpartition(" ")
    return f"{head} {_ended(last, suffix, written)}".strip()


def _governed(word: str, match: re.Match[str], *, his: bool = False) -> str:
    following = words_after(match)[:1]
    ending = _GOVERNED.get(following[0]) if following else None
    return with_ending(word, ending, his=his) if ending else word


def _date(match: re.Match[str]) -> str:
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    day, month, year = int(day), int(month), int(year)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        raise UnsayableError(f"`{match[0]}` is no date", "Write day.month.year")
    name = with_ending(MONTHS[month - 1], Ending.HIS)
    suffix = match[7]
    said = _ended(name, suffix, match[0], his=True) if suffix else _governed(name, match, his=True)
    return f"{ordinal(year)} жылдын {ordinal(day)} {said}"


def _time(match: re.Match[str]) -> str:
    said = _clock(match[1], match[2])
    head, _, last = said.rpartition(" ")
    last = _ended(last, match[3], match[0]) if match[3] else _governed(last, match)
    hour = "" if word_before(match).startswith("саат") else "саат "
    return hour + f"{head} {last}".strip()


def _clock(hour: str, minute: str) -> str:
    said = cardinal(int(hour))
    if int(minute):
        said += " нөл" * (int(minute) < 10) + f" {cardinal(int(minute))}"
    return said


def _times(match: re.Match[str]) -> str:
    start, end = _clock(match[1], match[2]), _clock(match[3], match[4])
    till = "" if words_after(match)[:1] == ["чейин"] else " чейин"
    hour = "" if word_before(match).startswith("саат") else "саат "
    return hour + f"{_last(start, 'дан', '')} {_last(end, 'га', '')}{till}"


def _unit(sign: str) -> str:
    return next(name for short, name in _UNITS.items() if re.match(short, sign, re.IGNORECASE))


def _amount(number: str, fraction: str | None, written: str) -> str:
    value = whole(number)
    return decimal(written, value, fraction) if fraction else cardinal(value)


def _measured(match: re.Match[str]) -> str:
    """`30 %дан`, `1,5 млн`, `500 руб.`: the ending goes to the word of the sign."""
    number, fraction, sign, suffix = match.groups()
    said = _amount(number, fraction, match[0])
    unit = _unit(sign)
    unit = _ended(unit, suffix, match[0]) if suffix else _governed(unit, match)
    # The full stop of an abbreviation may be that of the sentence too.
    stop = "." if sign.endswith(".") and re.match(r"\s*$", match.string[match.end() :]) else ""
    return f"{said} {unit}{stop}"


def _numbered(match: re.Match[str]) -> str:
    return f"номер {_last(cardinal(whole(match[1])), match[2], match[0])}"


def _range(match: re.Match[str]) -> str:
    """`18-39 жаш` is from eighteen to thirty-nine; `2-3 күн` is two or three."""
    low, high, sign, noun = whole(match[1]), whole(match[2]), match[3], match[4]
    if low >= high:
        raise two_readings(match[0], "Write it with words: `... дан ... га чейин`")
    word = _unit(sign) if sign else noun or ""
    following = words_after(match)[:1]
    after = bool(following) and _GOVERNED.get(following[0]) is Ending.ABLATIVE
    near = (
        high - low == 1
        or after
        or (noun and high - low <= _FEW and word.lower() not in _COUNTED.split())
    )
    if near and following != ["чейин"]:
        return f"{cardinal(low)}-{cardinal(high)} {word}".strip()
    start = f"{_last(cardinal(low), 'дан', '')} {cardinal(high)}"
    if word.lower() in _COUNTED.split() or sign:
        till = "" if following == ["чейин"] else " чейин"
        return f"{start} {with_ending(word, Ending.DATIVE)}{till}"
    at = re.fullmatch(rf"({LETTER}+?)[дт][аеоө]г[ыиуү]({LETTER}*)", word)
    if at:  # жаштагы: of that age
        return f"{start} {with_ending(at[1], Ending.DATIVE)} чейинки{at[2]}"
    if following == ["чейин"] or not word:
        last = f"{start} {word}" if word else _last(start, "га", "")
        return last if following == ["чейин"] else f"{last} чейин"
    raise two_readings(match[0], "Write it with words: `... дан ... га чейин`")


def _ordinals(match: re.Match[str]) -> str:
    """`2026-2027-жылдар`: both are ordinals."""
    return f"{ordinal(whole(match[1]))}, {ordinal(whole(match[2]))} {match[3]}"


def _hyphened(match: re.Match[str]) -> str:
    """`24-ноябрга` is the twenty-fourth; `24-үн` only has an ending of its own."""
    number, letters = whole(match[1]), match[2]
    if letters.lower() in ("ж", "жж"):
        return f"{ordinal(number)} жыл"
    ending = ending_of(letters)
    if ending:
        return _last(cardinal(number), letters, match[0])
    return f"{ordinal(number)} {letters}"


def _counted(match: re.Match[str]) -> str:
    """Any other number: a cardinal, unless a year follows without the dash it should have."""
    number, fraction, suffix = match.groups()
    value = whole(number)
    if fraction:
        return _last(decimal(match[0], value, fraction), suffix, match[0])
    following = words_after(match)[:1]
    if not suffix and following and value <= 31 and _MONTH.match(following[0]):
        return ordinal(value)  # the dash is forgotten
    year = 1900 <= value <= 2099 and len(number) == 4
    if year and not suffix and following and re.match(r"жыл(?!дык)", following[0]):
        return ordinal(value)
    if year and not following:
        raise two_readings(match[0], f"Write `{number}-жыл`, or name what is counted")
    if suffix and suffix.lower() in ("өө", "оо"):
        return _together(value, match[0])
    if suffix and len(suffix) > 2 and ending_of(suffix) is None:
        return f"{cardinal(value)} {suffix}"
    return _last(cardinal(value), suffix, match[0])


def _together(value: int, written: str) -> str:
    table = ("бирөө", "экөө", "үчөө", "төртөө", "бешөө", "алтоо", "жетөө")
    if not 1 <= value <= len(table):
        raise UnsayableError(f"There is no word for `{written}`", "Write how many people, `киши`")
    return table[value - 1]


def _before(match: re.Match[str]) -> str:
    """`$100`: the sign is written before and said after."""
    return f"{match[2]} {match[1]}"


RULES = (
    rule(PHONE, _phone),
    rule(rf"(?<!\d)({_URGENT.pattern})(?!\d){_SUFFIX}", _urgent),
    rule(DATE + _SUFFIX, _date),
    rule(TIME + DASH + TIME, _times),
    rule(TIME + _SUFFIX, _time),
    rule(rf"([$€₽]){GAP}?({NUMBER})", _before),
    rule(rf"№{GAP}?({NUMBER}){_SUFFIX}", _numbered),
    rule(rf"({NUMBER}){DASH}({SECOND})[-‐‑]({LETTER}+)", _ordinals),
    rule(rf"({NUMBER}){DASH}({SECOND})(?:{GAP}?({_UNIT})|{GAP}({LETTER}+))?", _range),
    rule(rf"({NUMBER})(?:,(\d+))?{GAP}?({_UNIT}){_SUFFIX}", _measured),
    rule(rf"({NUMBER})[-‐‑]({LETTER}+)", _hyphened),
    rule(rf"({NUMBER})(?:,(\d+))?(?:({LETTER}{{1,}}))?", _counted),
)
