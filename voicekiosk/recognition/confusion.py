"""Which phrases of different options will be confused, and which of the two should give way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicekiosk.core.content import Answer, Content, Meaning
from voicekiosk.core.types import Locale, OptionId
from voicekiosk.recognition.letters_to_phones import pronunciations
from voicekiosk.recognition.phone_distance import distances, neighbours

LIMIT = 0.16
"""Closer phrases of different options are a fault.

Measured with vosk-ky on the phrases of the shipped content, spoken by RHVoice in weak noise (20 dB;
110 utterances, 46,000 pairs): how often the other phrase of a pair was found likelier than the one
that was said. Closer than 0.16: 2 of 18. To 0.20: 1 of 20; to 0.30: 4 of 175; to 0.40: 3 of 961;
beyond: 13 of 45,000. Synthetic speech: people will be worse, and in the same order.
"""
_SLACK = 0.15
"""Pairs are found by one pronunciation each; the best of all of them is at most so much closer."""
WIDEST = 0.45
"""Strangers are further apart than this."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What may be said, and who would have to do without it."""

    text: str
    options: tuple[OptionId, ...]
    locale: Locale
    is_name: bool
    """An option's name is shown and said by the kiosk: it stays."""
    others: int
    """How many other phrases its option has in this language, the fewest of its options."""


@dataclass(frozen=True, slots=True)
class Confusable:
    """Two phrases that choose different things and sound alike."""

    distance: float
    """0 is the same sound; see ``phone_distance``."""
    one: Phrase
    other: Phrase

    @property
    def advice(self) -> str:
        """Which to drop or lengthen: never a name, rather what its option can do without."""
        both = (self.one, self.other)
        givers = [phrase for phrase in both if not phrase.is_name]
        if not givers:
            return "Both are names: lengthen one of them"
        # A phrase that several options share on purpose is what most people say.
        givers = [phrase for phrase in givers if len(phrase.options) == 1] or givers
        # Of two that can be spared alike, the shorter one is understood worse anyway.
        giver = max(givers, key=lambda phrase: (phrase.others, -len(phrase.text)))
        owner = ", ".join(giver.options)
        if not giver.others:
            return f"Lengthen `{giver.text}`: {owner} has no other phrase"
        spare = f"{giver.others} other phrase{'s' if giver.others > 1 else ''}"
        return f"Drop or lengthen `{giver.text}`: {owner} has {spare} in {giver.locale}"


def confusable(content: Content, within: float = LIMIT) -> list[Confusable]:
    """Pairs of phrases of different options that are less than ``within`` apart, worst first.

    A phrase that several options share on purpose is asked about, so that it and another phrase of
    one of them are no pair. Neither are two answers to an activity: what was heard is said back.
    """
    phrases = _phrases(content)
    meanings = content.meanings()
    ways = [_ways(phrase.text, meanings[phrase.text]) for phrase in phrases]
    said = [at for at, own in enumerate(ways) if own]
    pairs, _ = neighbours([ways[at][0] for at in said], within + _SLACK)
    near = [
        (said[one], said[other])
        for one, other in pairs.tolist()
        if not set(phrases[said[one]].options) & set(phrases[said[other]].options)
        and not (
            _is_answer(phrases[said[one]], content) and _is_answer(phrases[said[other]], content)
        )
    ]
    found = [
        Confusable(distance, phrases[one], phrases[other])
        for (one, other), distance in _closest(ways, near, within).items()
    ]
    return sorted(found, key=lambda pair: (pair.distance, pair.one.text, pair.other.text))


def _is_answer(phrase: Phrase, content: Content) -> bool:
    """Days and months are what they are called; each is said back before it counts."""
    return all(isinstance(content.options[option], Answer) for option in phrase.options)


def _phrases(content: Content) -> list[Phrase]:
    found = []
    for text, meanings in content.meanings().items():
        options = tuple(dict.fromkeys(meaning.option for meaning in meanings))
        own = [content.options[m.option].phrases.get(m.locale, ()) for m in meanings]
        found.append(
            Phrase(
                text,
                options,
                meanings[0].locale,
                any(listed[:1] == (text,) for listed in own),
                min(len(listed) for listed in own) - 1,
            )
        )
    return found


def _ways(text: str, meanings: Sequence[Meaning]) -> list[tuple[str, ...]]:
    locales = dict.fromkeys(meaning.locale for meaning in meanings)
    return list(dict.fromkeys(way for loc in locales for way in pronunciations(text, loc)))


def _closest(
    ways: Sequence[Sequence[tuple[str, ...]]], near: Sequence[tuple[int, int]], within: float
) -> dict[tuple[int, int], float]:
    """Of the pairs that are near by one pronunciation, how near they are by the nearest."""
    asked = [
        (pair, way, other) for pair in near for way in ways[pair[0]] for other in ways[pair[1]]
    ]
    apart = distances([(way, other) for _, way, other in asked]).tolist()
    closest: dict[tuple[int, int], float] = {}
    for (pair, _, _), distance in zip(asked, apart, strict=True):
        closest[pair] = min(distance, closest.get(pair, within))
    return {pair: distance for pair, distance in closest.items() if distance < within}
