"""A text as it is said: no digit and no sign is left for a voice to guess at."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from voicekiosk.core.types import Locale, language_of
from voicekiosk.language import kyrgyz, russian
from voicekiosk.language.abbreviations import spell_out
from voicekiosk.language.patterns import Rule
from voicekiosk.language.refusing import UnsayableError

_RULES: dict[str, Sequence[Rule]] = {"ky": kyrgyz.RULES, "ru": russian.RULES}
_SIGNS = frozenset("№%$€₽")


def _as_written(left: str, text: str) -> str:
    """Where in the text what is left of it stood."""
    digits = "".join(character for character in left if character.isnumeric())
    return next((piece for piece in text.split() if digits and digits in piece), left)


def in_words(text: str, locale: Locale) -> str:
    """The text with every number, date, sum and abbreviation as words in the case it stands in.

    A text of words alone comes back as it is. Raises UnsayableError naming the first piece that
    has no certain reading, rather than have a voice say something wrong.
    """
    language = language_of(locale)
    if language not in _RULES:
        raise UnsayableError(f"There are no numerals of {locale} here", "Write numbers as words")
    said = unicodedata.normalize("NFC", text)
    for pattern, say in _RULES[language]:
        said = pattern.sub(say, said)
    said = spell_out(said, locale)
    for piece in said.split():
        if any(character.isnumeric() or character in _SIGNS for character in piece):
            raise UnsayableError(
                f"`{_as_written(piece, text)}` cannot be said in {locale}", "Write it as words"
            )
    if said != text and said[:1].islower() and text.rstrip()[-1:] in (".", "!", "?"):
        said = said[0].upper() + said[1:]
    return said
