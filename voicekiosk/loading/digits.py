"""A telephone number into sentences: pair by pair, digit by digit, twice."""

from __future__ import annotations

from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale

_WORDS = {
    KYRGYZ: ("нөл", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз"),
    RUSSIAN: ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
}
_PLUS = {KYRGYZ: "плюс", RUSSIAN: "плюс"}
_AGAIN = {KYRGYZ: "Кайталайм.", RUSSIAN: "Повторяю."}
SHORT = 4
"""Up to so many digits each is a sentence of its own: one, one, two."""
BETWEEN = " -()"
"""What may stand between digits for the eye."""


def spoken_twice(number: str, locale: Locale) -> tuple[str, ...]:
    """The sentences of a number of digits with an optional leading plus.

    Digits are never joined to twenty-two: who hears twenty, two presses three keys. A sentence is
    one digit, or a pair of a long number, because the voice rests between sentences.
    """
    digits = "".join(character for character in number if character.isdigit())
    # A pair that is cut off stands at the beginning, as one says it.
    first = len(digits) % 2 if len(digits) > SHORT else 0
    size = 1 if len(digits) <= SHORT else 2
    groups = [digits[:first]] if first else []
    groups += [digits[at : at + size] for at in range(first, len(digits), size)]
    words = [", ".join(_WORDS[locale][int(digit)] for digit in group) for group in groups]
    if number.strip().startswith("+"):
        words.insert(0, _PLUS[locale])
    once = tuple(f"{said[0].upper()}{said[1:]}." for said in words)
    return (*once, _AGAIN[locale], *once)
