"""Refuses texts that a voice would read wrongly instead of letting it guess."""

from __future__ import annotations

from voicekiosk.core.types import Locale, language_of
from voicekiosk.ports import SynthesisError

KYRGYZ_LETTERS = frozenset("ңөүҢӨҮ")
SIGNS = frozenset("%№$€&@#<>[]{}|\\^~_=*")


def never() -> bool:
    """The answer of a caller who does not mean to cancel."""
    return False


def refuse_unspeakable(sentence: str, locale: Locale) -> None:
    """Raise SynthesisError when no voice can be trusted with this sentence."""
    shown = sentence if len(sentence) <= 60 else sentence[:57] + "..."
    # Every engine reads "15 000" as one-five-zero-zero-zero, and dates as garbage.
    if any(c.isnumeric() for c in sentence):
        raise SynthesisError(
            f"{shown!r} contains digits", "Write numbers as words: a voice reads them wrongly."
        )
    if found := SIGNS.intersection(sentence):
        raise SynthesisError(
            f"{shown!r} contains {' '.join(sorted(found))}", "Write the sign as a word."
        )
    if not any(c.isalpha() for c in sentence):
        raise SynthesisError(f"There is no word in {shown!r}", "Write what is to be said.")
    # Languages that lack these letters: their voices drop or spell them.
    if language_of(locale) == "ru" and KYRGYZ_LETTERS.intersection(sentence):
        raise SynthesisError(
            f"{shown!r} is Kyrgyz, and {locale} voices cannot read it",
            "Put the text under ky-KG, or write the name the Russian way.",
        )
