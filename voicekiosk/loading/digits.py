"""A telephone number into sentences: digit by digit, and then all of it again."""

from __future__ import annotations

from voicekiosk.core.digits import digits_in_words
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale

_AGAIN = {KYRGYZ: "Кайталайм.", RUSSIAN: "Повторяю."}
BETWEEN = " -()"
"""What may stand between digits for the eye."""


def spoken_twice(number: str, locale: Locale) -> tuple[str, ...]:
    """The sentences of a number of digits with an optional leading plus."""
    once = digits_in_words(number, locale)
    return (*once, _AGAIN[locale], *once)
