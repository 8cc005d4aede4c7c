"""Typed words are understood like spoken ones: exact is certain, nearly right is less so."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

from voicekiosk.core.messages import Candidate, Utterance

_CLOSE = 0.75
"""Less alike than this is another word."""
_MOST = 3


def understand(text: str, phrases: Collection[str]) -> Utterance:
    """The phrases that were meant by ``text``, as a recognizer would answer."""
    said = normalised(text)
    if not said:
        return Utterance()
    if said in phrases:
        return Utterance((Candidate(said, 1.0),))
    likeness = ((SequenceMatcher(None, said, p).ratio(), p) for p in set(phrases))
    close = sorted((pair for pair in likeness if pair[0] >= _CLOSE), key=lambda x: (-x[0], x[1]))
    # A slip of the finger is asked about, never acted on: 0.75 -> 0.40, one letter off -> 0.79.
    return Utterance(
        tuple(
            Candidate(p, round(min(0.40 + (r - _CLOSE) * 1.6, 0.79), 2)) for r, p in close[:_MOST]
        )
    )


def normalised(text: str) -> str:
    """Lower case, one space between words, no punctuation; ң ө ү and ё stay what they are."""
    kept = "".join(c if c.isalnum() or c == "-" else " " for c in text.lower())
    return " ".join(kept.split())
