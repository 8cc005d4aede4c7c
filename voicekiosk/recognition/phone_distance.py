"""How alike two phrases sound: a weighted edit distance over the phones of the acoustic model.

Substitution costs follow articulation, as in Kondrak's ALINE (NAACL 2000): what differs in voice
only is nearly the same, what differs in place or manner is less so, a vowel is never a consonant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from voicekiosk.recognition.letters_to_phones import PAUSE

Floats = npt.NDArray[np.float32]
Pairs = npt.NDArray[np.int64]
Way = Sequence[str]


class _Vowel(NamedTuple):
    height: int
    back: bool
    rounded: bool


class _Consonant(NamedTuple):
    manner: str
    place: float
    voiced: bool


_VOWELS = {
    "a": _Vowel(0, True, False),
    "o": _Vowel(1, True, True),
    "u": _Vowel(2, True, True),
    "y": _Vowel(2, True, False),
    "e": _Vowel(1, False, False),
    "i": _Vowel(2, False, False),
    "oe": _Vowel(1, False, True),
    "ue": _Vowel(2, False, True),
}
_LONG = {"aa": "a", "oo": "o", "uu": "u", "ee": "e", "oee": "oe", "uee": "ue"}
_PLACES = {  # from the lips to the throat
    **dict.fromkeys(("p", "b", "m"), 0.0),
    **dict.fromkeys(("f", "v"), 0.3),
    **dict.fromkeys(("t", "d", "n", "s", "z", "c", "l", "r"), 1.0),
    **dict.fromkeys(("sh", "zh", "ch"), 1.6),
    "j": 2.0,
    **dict.fromkeys(("k", "g", "ng"), 2.4),
    **dict.fromkeys(("q", "gh", "h"), 2.7),
}
_MANNERS = {
    **dict.fromkeys(("p", "b", "t", "d", "k", "g", "q"), "stop"),
    **dict.fromkeys(("c", "ch"), "affricate"),
    **dict.fromkeys(("f", "v", "s", "z", "sh", "zh", "h", "gh"), "fricative"),
    **dict.fromkeys(("m", "n", "ng"), "nasal"),
    **dict.fromkeys(("l", "r"), "liquid"),
    "j": "glide",
}
_VOICED = frozenset(("b", "d", "g", "v", "z", "zh", "gh", "m", "n", "ng", "l", "r", "j"))
_CONSONANTS = {p: _Consonant(_MANNERS[p], place, p in _VOICED) for p, place in _PLACES.items()}
PHONES = (*_VOWELS, *_LONG, *_CONSONANTS)
_CODE = {phone: code for code, phone in enumerate(PHONES, start=1)}
_NEVER = 99.0
"""What fills up a short phrase is no sound and is never exchanged for one."""

_VOICE, _LENGTH, _PLACE, _MOST_PLACE = 0.2, 0.15, 0.35, 0.6
_HEIGHT, _BACK, _ROUND = 0.2, 0.3, 0.3
_NEAR_MANNERS = {
    frozenset(("stop", "affricate")): 0.3,
    frozenset(("affricate", "fricative")): 0.3,
    frozenset(("stop", "fricative")): 0.4,
    frozenset(("nasal", "liquid")): 0.4,
}
_OTHER_MANNER = 0.6
_PAIRS = {
    # Two spellings of one sound in the two languages, and what wears off in fluent speech.
    frozenset(("k", "q")): 0.1,
    frozenset(("g", "gh")): 0.15,
    frozenset(("l", "r")): 0.4,
    frozenset(("j", "i")): 0.3,
    frozenset(("v", "u")): 0.6,
}
_UNLIKE = 1.0
_MISSING = {"j": 0.3, "h": 0.45}
_MISSING_VOWEL, _MISSING_CONSONANT = 0.6, 0.7
TAIL = 0.5
"""Of the cost of phones by which one phrase only goes on after the other: whoever draws breath
there has said the shorter one, but has not said that it is all."""


def _substitution(one: str, other: str) -> float:
    if one == other:
        return 0.0
    short, brief = _LONG.get(one, one), _LONG.get(other, other)
    longer = _LENGTH if (one in _LONG) != (other in _LONG) else 0.0
    if known := _PAIRS.get(frozenset((short, brief))):
        return known + longer
    if short in _VOWELS and brief in _VOWELS:
        a, b = _VOWELS[short], _VOWELS[brief]
        cost = _HEIGHT * abs(a.height - b.height)
        cost += _BACK * (a.back != b.back) + _ROUND * (a.rounded != b.rounded)
        return cost + longer
    if short in _VOWELS or brief in _VOWELS:
        return _UNLIKE
    c, d = _CONSONANTS[one], _CONSONANTS[other]
    cost = _VOICE * (c.voiced != d.voiced) + min(_MOST_PLACE, _PLACE * abs(c.place - d.place))
    if c.manner != d.manner:
        cost += _NEAR_MANNERS.get(frozenset((c.manner, d.manner)), _OTHER_MANNER)
    return min(cost, _UNLIKE)


def _missing(phone: str) -> float:
    if phone in _LONG:
        return _MISSING_VOWEL + _LENGTH
    return _MISSING.get(phone, _MISSING_VOWEL if phone in _VOWELS else _MISSING_CONSONANT)


def _tables() -> tuple[Floats, Floats]:
    substitution = np.full((len(PHONES) + 1,) * 2, _NEVER, np.float32)
    missing = np.zeros(len(PHONES) + 1, np.float32)
    for one, at in _CODE.items():
        missing[at] = _missing(one)
        for other, place in _CODE.items():
            # Never dearer than leaving out one and putting in the other.
            both = _missing(one) + _missing(other)
            substitution[at, place] = min(_substitution(one, other), both)
    return substitution, missing


_SUBSTITUTION, _MISSED = _tables()


def neighbours(ways: Sequence[Way], within: float) -> tuple[Pairs, Floats]:
    """All pairs of pronunciations that are less than ``within`` apart, and how far they are.

    Pairs are rows of two indices, int64 (n, 2). Distances are 0 for the same sound and about 0.6
    for strangers: the cost of turning one into the other, per phone of their mean length.
    """
    # By length: then whatever one is compared with is not longer, and no column is wasted.
    order = sorted(range(len(ways)), key=lambda at: len(_codes(ways[at])))
    codes, lengths = _columns([_codes(ways[at]) for at in order])
    # What each phone costs against all phrases: (phone, place, phrase), 16 MB for 4,500 phrases.
    costs = np.ascontiguousarray(_SUBSTITUTION[:, codes])
    inserted = _inserted(codes)
    place = np.array(order, np.int64)
    pairs: list[Pairs] = [np.zeros((0, 2), np.int64)]
    found: list[Floats] = [np.zeros(0, np.float32)]
    for at in range(1, len(order)):
        own = codes[: lengths[at], at]
        swaps = (costs[phone, : len(own), :at] for phone in own)
        apart = _turned(_MISSED[own][:, None], swaps, inserted[: len(own) + 1, :at], lengths[:at])
        near = np.flatnonzero(apart < within)
        if len(near):
            pairs.append(np.stack([np.full(len(near), place[at]), place[near]], axis=1))
            found.append(apart[near])
    return np.concatenate(pairs), np.concatenate(found)


def distances(pairs: Sequence[tuple[Way, Way]]) -> Floats:
    """Of these pairs only."""
    found = np.zeros(len(pairs), np.float32)
    by_length: dict[int, list[int]] = {}
    both = [sorted((_codes(one), _codes(other)), key=len) for one, other in pairs]
    for at, (_, longer) in enumerate(both):
        by_length.setdefault(len(longer), []).append(at)
    for places in by_length.values():
        others, ends = _columns([both[at][0] for at in places])
        own, _ = _columns([both[at][1] for at in places])
        swaps = (_SUBSTITUTION[phones, others] for phones in own)
        found[places] = _turned(_MISSED[own], swaps, _inserted(others), ends)
    return found


def _codes(way: Way) -> list[int]:
    return [_CODE[phone] for phone in way if phone != PAUSE]


def _columns(coded: Sequence[Sequence[int]]) -> tuple[Pairs, Pairs]:
    """A phrase a column, filled up with nothing, and their lengths."""
    lengths = np.array([len(own) for own in coded], np.int64)
    columns = np.zeros((max(lengths, default=0), len(coded)), np.int64)
    for at, own in enumerate(coded):
        columns[: len(own), at] = own
    return columns, lengths


def _inserted(columns: Pairs) -> Floats:
    """What the first 0, 1, 2 ... phones of every column cost."""
    first = np.zeros((1, columns.shape[1]), np.float32)
    return np.concatenate([first, np.cumsum(_MISSED[columns], axis=0, dtype=np.float32)])


def _turned(missed: Floats, swaps: Iterable[Floats], inserted: Floats, ends: Pairs) -> Floats:
    """The cheapest way from phrases of one length to others that are not longer.

    ``missed`` (phone, phrase or 1) and ``swaps``, for every phone (place, phrase), are what it
    costs to leave a phone out, or to say another; ``ends`` are the lengths of the others.
    """
    columns = np.arange(len(ends))
    left = np.concatenate([np.cumsum(missed[::-1], axis=0)[::-1], np.zeros_like(missed[:1])])
    row = inserted.copy()
    best = np.full(len(ends), np.inf, np.float32)
    for step, swap in enumerate(swaps):
        swapped = row[:-1] + swap
        row += missed[step]
        np.minimum(row[1:], swapped, out=row[1:])
        # What is put in before a place is cheapest found as a running minimum.
        row -= inserted
        np.minimum.accumulate(row, axis=0, out=row)
        row += inserted
        # The shorter phrase is over and this one goes on.
        np.minimum(best, row[ends, columns] + np.float32(TAIL) * left[step + 1], out=best)
    over = (row + np.float32(TAIL) * (inserted[ends, columns] - inserted)).min(axis=0)
    mean: Floats = np.minimum(best, over) * 2 / np.maximum(len(missed) + ends, 1)
    return mean.astype(np.float32)
