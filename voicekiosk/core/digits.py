"""A telephone number as it is said: pair by pair, digit by digit, never joined to twenty-two."""

from __future__ import annotations

from voicekiosk.core.types import Locale, language_of

DIGITS = {
    "ky": ("нөл", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз"),
    "ru": ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
}
PLUS = "плюс"
SHORT = 4
"""Up to so many digits each stands alone: one, one, two."""


def digit_groups(number: str, locale: Locale) -> list[list[str]]:
    """The digits of a number as words, in the groups one says them in; a leading plus is a group.

    Whoever hears twenty, two presses three keys, so each digit keeps its own word.
    """
    digits = [character for character in number if character in "0123456789"]
    # A pair that is cut off stands at the beginning, as one says it.
    first = len(digits) % 2 if len(digits) > SHORT else 0
    size = 1 if len(digits) <= SHORT else 2
    groups = [digits[:first]] if first else []
    groups += [digits[at : at + size] for at in range(first, len(digits), size)]
    table = DIGITS[language_of(locale)]
    words = [[table[int(digit)] for digit in group] for group in groups]
    return [[PLUS], *words] if number.strip().startswith("+") else words


def digits_in_words(number: str, locale: Locale) -> tuple[str, ...]:
    """One sentence a group, because the voice rests between sentences."""
    said = (", ".join(group) for group in digit_groups(number, locale))
    return tuple(f"{group[0].upper()}{group[1:]}." for group in said)
