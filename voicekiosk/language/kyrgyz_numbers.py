"""Kyrgyz cardinals, ordinals and fractions, in the wording of Unicode's CLDR (rbnf/ky.xml)."""

from __future__ import annotations

from voicekiosk.core.digits import DIGITS
from voicekiosk.language.kyrgyz_suffixes import Ending, with_ending
from voicekiosk.language.refusing import UnsayableError

_ONES = DIGITS["ky"]
_TENS = ("", "он", "жыйырма", "отуз", "кырк", "элүү", "алтымыш", "жетимиш", "сексен", "токсон")
_SCALES = ((10**9, "миллиард"), (10**6, "миллион"), (1000, "миң"), (100, "жүз"))
_PARTS = {1: "ондон", 2: "жүздөн", 3: "миңден"}
MOST = 10**12
MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь", "июль"),
    *("август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)


def cardinal(number: int) -> str:
    """``жүз``, but ``бир жүз бир``: so CLDR, and so one counts money. Raises UnsayableError."""
    if number >= MOST:
        raise UnsayableError(f"{number} is too large to be understood", "Write it in millions")
    if number == 0:
        return _ONES[0]
    said: list[str] = []
    rest = number
    for size, name in _SCALES:
        count, rest = divmod(rest, size)
        if count:
            bare = count == 1 and not rest and size <= 1000
            said += [name] if bare else [cardinal(count), name]
    tens, ones = divmod(rest, 10)
    return " ".join(filter(None, (*said, _TENS[tens], _ONES[ones] if ones else "")))


def ordinal(number: int) -> str:
    return with_ending(cardinal(number), Ending.ORDINAL)


def decimal(written: str, number: int, digits: str) -> str:
    """``1,5`` is one and a half; other fractions are ``бүтүн``, of ten, of a hundred."""
    if digits == "5":
        return f"{cardinal(number)} жарым" if number else "жарым"
    if len(digits) not in _PARTS or (len(digits) == 3 and number):
        raise UnsayableError(
            f"`{written}` can be read as thousands or as a fraction",
            "Write thousands with a blank, and at most two digits behind a comma",
        )
    return f"{cardinal(number)} бүтүн {_PARTS[len(digits)]} {cardinal(int(digits))}"
