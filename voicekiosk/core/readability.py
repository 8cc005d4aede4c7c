"""How hard a text is on the ear: long sentences, rare words, and how long it takes to say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from voicekiosk.core.types import Locale, Seconds, language_of

LONGEST_SENTENCE = 14
"""Words; a listener who cannot look back loses the beginning of a longer one."""
CHARACTERS_A_SECOND = 13
"""Of both languages, read calmly; blanks count."""
_MOST_SYLLABLES, _MOST_LETTERS = 5, 16
_ORDER = re.compile(r"(?:ите|йте|ьте|ете)(?:сь)?$")
ROOT = 5
"""Letters of a Russian word that are looked up: the rest is mostly ending."""


@dataclass(frozen=True, slots=True)
class Readability:
    """What a writer may want to change."""

    sentences: int
    longest: int
    """Words of the longest sentence."""
    long_sentences: tuple[str, ...]
    hard_words: tuple[str, ...]
    """Russian: of no frequent root. Kyrgyz: of more than 5 syllables or 16 letters."""
    abbreviations: tuple[str, ...]
    digits: int


def words_of(sentence: str) -> list[str]:
    """A hyphen joins, as it does for the ear."""
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", sentence)


def readability(
    sentences: Sequence[str], locale: Locale, roots: Collection[str], names: Collection[str] = ()
) -> Readability:
    """``roots``: beginnings of frequent Russian words; none of them, and no Russian word is hard.
    ``names``: words that the kiosk itself explains or lists, which are never hard."""
    lengths = [len(words_of(sentence)) for sentence in sentences]
    words = list(dict.fromkeys(word for s in sentences for word in words_of(s)))
    known = {word.lower() for word in names}
    return Readability(
        sentences=len(sentences),
        longest=max(lengths, default=0),
        long_sentences=tuple(
            s for s, words in zip(sentences, lengths, strict=True) if words > LONGEST_SENTENCE
        ),
        hard_words=tuple(
            word.lower()
            for word in words
            if word.lower() not in known and _is_hard(word.lower(), locale, roots)
        ),
        abbreviations=tuple(w for w in words if len(w) > 1 and w.isupper()),
        digits=sum(character.isdigit() for s in sentences for character in s),
    )


def spoken_length(sentences: Iterable[str]) -> Seconds:
    """An estimate: voices differ by a fifth."""
    return Seconds(sum(len(sentence) + 1 for sentence in sentences) / CHARACTERS_A_SECOND)


def _is_hard(word: str, locale: Locale, roots: Collection[str]) -> bool:
    if language_of(locale) != "ru":
        syllables = len(re.findall(r"[аоуыэеиөүяюё]+", word))
        return syllables > _MOST_SYLLABLES or len(word) > _MOST_LETTERS
    if not roots:
        return False
    return not any(_is_known(piece, roots) for piece in word.replace("ё", "е").split("-"))


def _is_known(word: str, roots: Collection[str]) -> bool:
    if word[:ROOT] in roots:
        return True
    # An order is rarer than its verb: нажмите, but нажму.
    root = _ORDER.sub("", word)[:4]
    return any(known.startswith(root) for known in roots) if len(root) > 2 else len(word) < 4
