"""What may stand in a text that is spoken: no digits, no Latin letters, a word to say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from voicekiosk.core.normalising import normalise
from voicekiosk.core.types import Locale
from voicekiosk.loading.parts import Part

_LOOKALIKES = dict(zip("ABCEHKMOPTXYacekmopxyi", "АВСЕНКМОРТХУасекморхуі", strict=True))

_FOREIGN = re.compile(r"[^\W\d_\u0400-\u04ff]")
"""A letter that is not Cyrillic."""


def spoken(part: Part, locale: Locale) -> str:
    """A text for the ear, with everything a voice would stumble over noted as a fault."""
    text = part.text()
    digits = "".join(character for character in text if character.isdigit())
    if digits:
        part.fault(
            f"The digits {digits} cannot be read aloud safely",
            "Write the number as words",
            digits_in=(text, locale),
        )
    if _FOREIGN.search(text):  # looking at each letter takes half of a kiosk's loading time
        for word in text.split():
            _check_letters(part, word)
    return text


def _check_letters(part: Part, word: str) -> None:
    latin = [letter for letter in word if letter.isalpha() and _script(letter) == "LATIN"]
    if not latin:
        return
    if any(letter.isalpha() and _script(letter) == "CYRILLIC" for letter in word):
        shown = ", ".join(
            f"Latin {letter} for Cyrillic {_LOOKALIKES[letter]}"
            if letter in _LOOKALIKES
            else f"Latin {letter}"
            for letter in dict.fromkeys(latin)
        )
        part.fault(f"`{word}` mixes alphabets: {shown}", "Type the word again in Cyrillic")
    else:
        part.fault(f"`{word}` is in Latin letters", "Spell it in Cyrillic as it is said")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ", 1)[0]


def by_locale(part: Part | None, locales: Collection[Locale]) -> dict[Locale, Part]:
    """The parts of a text in every language; a missing language is a fault."""
    if part is None:
        return {}
    return {Locale(key): value for key, value in part.section(locales).items()}


def sentences(part: Part | None, locales: Collection[Locale]) -> dict[Locale, tuple[str, ...]]:
    """A prompt's sentences in every language."""
    told = {}
    for locale, listed in by_locale(part, locales).items():
        told[locale] = tuple(spoken(item, locale) for item in listed.items())
        for item, sentence in zip(listed.items(), told[locale], strict=True):
            if sentence[:1].islower():
                # A comma in a list without quotes ends a sentence where nobody meant it to.
                item.fault(
                    f"`{sentence[:20]}` begins small: was it cut off at a comma?",
                    "Put a sentence with a comma in quotes, and begin it with a capital letter",
                )
        if not told[locale]:
            listed.fault("Nothing is said here", "Write at least one sentence")
    return told


def names(part: Part | None, locales: Collection[Locale]) -> dict[Locale, str]:
    return {locale: spoken(name, locale) for locale, name in by_locale(part, locales).items()}


def phrases(
    part: Part | None, called: dict[Locale, str], locales: Collection[Locale]
) -> dict[Locale, tuple[str, ...]]:
    """What may be said in each language: the name, then the other words, each once."""
    said = {locale: [normalise(name, locale)] for locale, name in called.items() if name}
    for locale, listed in by_locale(part, locales).items():
        for item in listed.items():
            phrase = normalise(spoken(item, locale), locale)
            if phrase:
                said.setdefault(locale, []).append(phrase)
    return {locale: tuple(dict.fromkeys(words)) for locale, words in said.items()}
