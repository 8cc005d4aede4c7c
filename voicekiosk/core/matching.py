"""From what a recognizer heard to a decision: accept it, ask about it, or reject it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from voicekiosk.core.content import Bands, Meaning
from voicekiosk.core.messages import Trouble, Utterance
from voicekiosk.core.types import Locale, OptionId

MOST_ASKED = 3
"""More pictures, and as many names in a row, nobody keeps in mind."""


@dataclass(frozen=True, slots=True)
class Accept:
    """Certain enough to act on."""

    option: OptionId
    locale: Locale
    """The language it was said in."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """One option to ask about, or a few to choose between: never a guess."""

    options: tuple[OptionId, ...]
    locale: Locale


@dataclass(frozen=True, slots=True)
class Reject:
    """None of the phrases; ``trouble`` says why when the reason is the sound itself."""

    trouble: Trouble | None = None


Decision = Accept | Confirm | Reject


def decide(
    utterance: Utterance,
    meanings: Mapping[str, tuple[Meaning, ...]],
    bands: Bands,
    locale: Locale,
    offered: Collection[OptionId] = (),
) -> Decision:
    """What to do about an utterance on a screen that offers ``offered``, spoken in ``locale``."""
    if utterance.trouble is not None:
        return Reject(utterance.trouble)
    known = [c for c in utterance.candidates if meanings.get(c.phrase)]
    if not known:
        return Reject()
    certainty: dict[OptionId, float] = {}
    readings: dict[OptionId, list[Locale]] = {}
    for candidate in known:
        meant = _readings(meanings[candidate.phrase], offered)
        for meaning in meant:
            readings.setdefault(meaning.option, []).append(meaning.locale)
        # Two phrases of one option are no rivals: what speaks for either speaks for the option.
        for option in dict.fromkeys(m.option for m in meant):
            certainty[option] = min(certainty.get(option, 0.0) + candidate.confidence, 1.0)
    # Ties keep the recognizer's order, offered options first.
    order = list(readings)
    ranked = sorted(
        readings, key=lambda o: (-round(certainty[o], 6), o not in offered, order.index(o))
    )
    best = ranked[0]
    spoken = readings[best]
    first = [m.locale for m in meanings[known[0].phrase] if m.option == best] or spoken[:1]
    # A word of both languages keeps the visitor's current one.
    said_in = locale if locale in first else first[0]
    if certainty[best] < bands.confirm:
        return Reject()
    rivals = [o for o in ranked[1:] if certainty[best] - certainty[o] < bands.margin]
    if rivals:
        return Confirm((best, *rivals[: MOST_ASKED - 1]), said_in)
    if certainty[best] < bands.accept:
        return Confirm((best,), said_in)
    return Accept(best, said_in)


def _readings(readings: tuple[Meaning, ...], offered: Collection[OptionId]) -> tuple[Meaning, ...]:
    """A phrase with several meanings means the one the screen offers, if it offers just one."""
    here = {m.option for m in readings if m.option in offered}
    return tuple(m for m in readings if m.option in here) if len(here) == 1 else readings
