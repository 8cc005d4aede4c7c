"""From what a recognizer heard to a decision: accept it, ask about it, or reject it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from voicekiosk.core.content import Bands, Meaning
from voicekiosk.core.messages import Candidate, Trouble, Utterance
from voicekiosk.core.types import Locale, OptionId

ALIKE = 0.85
"""Part of the letters that two names share, in order, which may be one word of both languages:
Казакстан and Казахстан 0.89, документтер and документы 0.80."""
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
    for candidate in known:
        meant = _readings(meanings[candidate.phrase], offered)
        # Two phrases of one option are no rivals: what speaks for either speaks for the option.
        for option in dict.fromkeys(m.option for m in meant):
            certainty[option] = min(certainty.get(option, 0.0) + candidate.confidence, 1.0)
    # Ties keep the recognizer's order, offered options first.
    order = list(certainty)
    ranked = sorted(
        certainty, key=lambda o: (-round(certainty[o], 6), o not in offered, order.index(o))
    )
    best = ranked[0]
    said_in = _language(best, known, meanings, bands, locale)
    if certainty[best] < bands.confirm:
        return Reject()
    rivals = [o for o in ranked[1:] if certainty[best] - certainty[o] < bands.margin]
    if rivals:
        return Confirm((best, *rivals[: MOST_ASKED - 1]), said_in)
    if certainty[best] < bands.accept:
        return Confirm((best,), said_in)
    return Accept(best, said_in)


def _language(
    option: OptionId,
    known: Collection[Candidate],
    meanings: Mapping[str, tuple[Meaning, ...]],
    bands: Bands,
    current: Locale,
) -> Locale:
    """The language an option was named in: the current one, unless another is clearly likelier.

    Many names are nearly the same in both, Казакстан and Казахстан: that is no wish to change it.
    """
    best: dict[Locale, str] = {}
    heard: dict[Locale, float] = {}
    for candidate in known:
        meant = (m.locale for m in meanings[candidate.phrase] if m.option == option)
        for locale in dict.fromkeys(meant):
            heard[locale] = heard.get(locale, 0.0) + candidate.confidence
            best.setdefault(locale, candidate.phrase)
    likeliest = max(heard, key=lambda locale: heard[locale])
    if current in heard and heard[likeliest] - heard[current] < bands.margin:
        return current
    own = (p for p, said in meanings.items() if Meaning(option, current) in said)
    return current if any(_alike(best[likeliest], phrase) for phrase in own) else likeliest


def _alike(one: str, other: str) -> bool:
    letters = SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", ""), autojunk=False)
    return letters.ratio() >= ALIKE


def _readings(readings: tuple[Meaning, ...], offered: Collection[OptionId]) -> tuple[Meaning, ...]:
    """A phrase with several meanings means the one the screen offers, if it offers just one."""
    here = {m.option for m in readings if m.option in offered}
    return tuple(m for m in readings if m.option in here) if len(here) == 1 else readings
