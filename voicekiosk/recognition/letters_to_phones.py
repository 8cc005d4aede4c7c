"""Kyrgyz and Russian spelling to the 37 phones of the acoustic model."""

from __future__ import annotations

from voicekiosk.core.types import Locale, language_of

PAUSE = "SIL?"
"""Between the words of a phrase: silence that may be there or not."""

_SHORT = dict(zip("аоуыэиөү", ("a", "o", "u", "y", "e", "i", "oe", "ue"), strict=True))
_LONG = dict(zip("аоуэөү", ("aa", "oo", "uu", "ee", "oee", "uee"), strict=True))
_IOTATED = {"я": "a", "ю": "u", "ё": "o"}
_CONSONANTS = {
    **{"б": "b", "в": "v", "д": "d", "ж": "zh", "з": "z", "й": "j", "л": "l", "м": "m"},
    **{"н": "n", "ң": "ng", "п": "p", "р": "r", "с": "s", "т": "t", "ф": "f", "х": "h"},
    **{"ц": "c", "ч": "ch", "ш": "sh", "щ": "sh"},
}
_VOWELS = frozenset("аоуыэеиөүяюё")
_BACK = frozenset("аоуыяюё")
_REDUCED = frozenset("aoeiuy")
_DEVOICED = {"b": "p", "v": "f", "g": "k", "d": "t", "zh": "sh", "z": "s"}
_VOICELESS = frozenset({"p", "t", "k", "q", "s", "sh", "ch", "c", "f", "h"})
_MOST_VARIANTS = 10
_MOST_KEPT_O = 4
LETTERS = frozenset(_VOWELS | set(_CONSONANTS) | set("кгьъ"))


def pronunciations(phrase: str, locale: Locale) -> list[tuple[str, ...]]:
    """Every way a phrase may be said; empty when it holds no letter that is said."""
    words = phrase.lower().replace("-", " ").split()
    if language_of(locale) == "ru":
        return _russian(words)
    said: list[str] = []
    for word in words:
        phones = kyrgyz(word)
        if phones:
            said += [PAUSE, *phones] if said else phones
    return [tuple(said)] if said else []


def kyrgyz(word: str) -> list[str]:
    """One Kyrgyz word: nearly one phone a letter; к and г follow vowel harmony."""
    phones: list[str] = []
    at = 0
    while at < len(word):
        letter = word[at]
        before = word[at - 1] if at else ""
        if letter in _LONG and word[at + 1 : at + 2] == letter:
            phones.append(_LONG[letter])
            at += 2
            continue
        if letter in "кг":
            back = _harmony(word, at) in _BACK
            phones.append({"к": ("k", "q"), "г": ("g", "gh")}[letter][back])
        elif letter == "е":
            phones += ["j", "e"] if not at or before in _VOWELS or before in "ьъ" else ["e"]
        elif letter in _IOTATED:
            phones += ["j", _IOTATED[letter]]
        elif letter in _SHORT:
            phones.append(_SHORT[letter])
        elif letter in _CONSONANTS:
            phones.append(_CONSONANTS[letter])
        at += 1
        if letter in "кг" or letter in _CONSONANTS:
            # A doubled consonant is one phone.
            while at < len(word) and word[at] == letter:
                at += 1
    return phones


def _harmony(word: str, at: int) -> str:
    """The vowel that decides: the next letter, else the nearest before, else the next after."""
    if word[at + 1 : at + 2] and word[at + 1] in _VOWELS:
        return word[at + 1]
    for letter in word[:at][::-1] + word[at + 1 :]:
        if letter in _VOWELS:
            return letter
    return "э"


def _respell(word: str) -> str:
    """Russian spellings that are not said as written: -ого, -его, что, -тся."""
    for written, spoken in (("что", "што"), ("конечн", "конешн"), ("сегодня", "севодня")):
        word = word.replace(written, spoken)
    if len(word) > 4 and word.endswith(("ого", "его")):
        word = word[:-2] + "во"
    for ending in ("ться", "тся"):
        if word.endswith(ending):
            word = word[: -len(ending)] + "ца"
    return word


def _russian(words: list[str]) -> list[tuple[str, ...]]:
    """Russian as Kyrgyz speakers say it: as written, devoiced, with о and е reduced, without j."""
    phones = [
        {"q": "k", "gh": "g"}.get(phone, phone)
        for word in words
        for phone in kyrgyz(_respell(word))
    ]
    devoiced = list(phones)
    # From the end, because a consonant gives way to one that has given way itself: -зд is -ст.
    for at in reversed(range(len(devoiced))):
        phone, last = devoiced[at], at == len(devoiced) - 1
        if phone in _DEVOICED and (last or devoiced[at + 1] in _VOICELESS):
            devoiced[at] = _DEVOICED[phone]
    variants = [phones, devoiced]
    if sum(phone in _REDUCED for phone in devoiced) > 1:
        rounded = [at for at, phone in enumerate(devoiced) if phone == "o"]
        kept: list[int | None] = [None]
        # Where the stress falls is not written: try each о as the one that is not reduced.
        kept += rounded[:_MOST_KEPT_O] if len(rounded) > 1 else []
        variants += [_reduced(devoiced, keep, front) for keep in kept for front in (False, True)]
    variants += [_without_j(variant) for variant in variants]
    unique = dict.fromkeys(tuple(variant) for variant in variants if variant)
    return list(unique)[:_MOST_VARIANTS]


def _reduced(phones: list[str], keep: int | None, front: bool) -> list[str]:
    return [
        "a" if phone == "o" and at != keep else "i" if phone == "e" and front else phone
        for at, phone in enumerate(phones)
    ]


def _without_j(phones: list[str]) -> list[str]:
    return [
        phone
        for at, phone in enumerate(phones)
        if not (phone == "j" and at and phones[at - 1] not in _REDUCED)
    ]
