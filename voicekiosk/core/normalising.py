"""One spelling for what is said and what is listened for, by the rules of each language."""

from __future__ import annotations

import unicodedata

from voicekiosk.core.types import Locale, language_of


def normalise(text: str, locale: Locale) -> str:
    """Small letters, one space between words, no punctuation; ``ё`` is ``е`` in Russian only.

    Kyrgyz ``ң ө ү`` are letters of their own and are never folded: that would merge words.
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    if language_of(locale) == "ru":
        composed = composed.replace("ё", "е")
    kept = (character if character.isalnum() else " " for character in composed)
    return " ".join("".join(kept).split())
