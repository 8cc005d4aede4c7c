"""Listens to a clip whose text is known: is it said, and if not, which words are not?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from voicekiosk.core.proof import NO_MATCH, Instead, Match
from voicekiosk.core.types import Locale, Pcm, language_of
from voicekiosk.ports import FRAME_RATE
from voicekiosk.recognition.acoustics import ANSWER, Acoustics, Floats
from voicekiosk.recognition.aligning import SILENCE, AnySounds, Chain, Said
from voicekiosk.recognition.letters_to_phones import pronunciations
from voicekiosk.recognition.phone_distance import distances

_CLITIC = 2
"""Russian words of so few letters are said as one with the word that follows."""
_EDGE = 4
"""Sounds at the beginning and end of a clip that are judged by themselves."""
_BEFORE, _AFTER = FRAME_RATE // 4, FRAME_RATE * 3 // 10
"""Faint noise laid around a clip: the network looks ahead and knows speech by what is around it."""
_FAINT = 5.0
_BREATHS = re.compile(r"[.,;:!?…—–]")
"""Where a speaker may draw breath, and no words are joined."""
_MUCH_LONGER = 1.6
"""By how much a text may have more sounds than were heard, or fewer."""
_CLOSEST = 4
"""Texts that are compared in full, of those that sound alike."""


class ProofEar:
    """One network for both languages, the kiosk's own. Raises RecognitionError."""

    def __init__(self, model: Path) -> None:
        self._acoustics = Acoustics(model)
        self._any = AnySounds(self._acoustics.bigram)
        self._noise = np.random.default_rng(0).normal(0, _FAINT, _BEFORE + _AFTER)

    def hear(self, pcm: Pcm) -> Hearing:
        import soxr  # type: ignore[import-untyped]

        samples = np.frombuffer(pcm.samples, "<i2").astype(np.float64)
        if pcm.rate != FRAME_RATE:
            samples = soxr.resample(samples, pcm.rate, FRAME_RATE)
        whole = np.concatenate([self._noise[:_BEFORE], samples, self._noise[_BEFORE:]])
        heard = np.clip(np.rint(whole), -32768, 32767).astype(np.int16)
        return Hearing(self._acoustics.likelihoods(heard), self._acoustics.phones, self._any)


class Hearing:
    """One clip, heard once; then as many questions as wanted."""

    def __init__(self, likelihoods: Floats, phones: Mapping[str, int], loop: AnySounds) -> None:
        self._likelihoods = likelihoods
        self._numbers = dict(phones)
        self._names = {number: name for name, number in phones.items()}
        self._any = loop.best(likelihoods)

    def match(self, text: str, locale: Locale) -> Match:
        words = said_together(text, locale)
        if not words:
            return NO_MATCH
        _, path = self._chain(words, locale).best(self._likelihoods)
        sounds = [said for said in path if said.word >= 0]
        if not sounds:
            return NO_MATCH
        gains = np.array([self._gain(said) for said in path])
        spoken = np.array([self._gain(said) for said in sounds])
        worst, (start, end) = _worst_stretch(spoken)
        frames = sum(said.end - said.start for said in sounds)
        return Match(
            float(gains.sum()) / frames,
            worst,
            " ".join(words[sounds[start].word : sounds[end].word + 1]) if worst < 0 else "",
            min(float(spoken[:count].sum()) for count in range(1, _EDGE + 1)),
            min(float(spoken[-count:].sum()) for count in range(1, _EDGE + 1)),
            (sounds[-1].end - sounds[0].start) * ANSWER,
        )

    def instead(
        self, text: str, locale: Locale, rivals: Mapping[str, Collection[str]]
    ) -> tuple[Instead, ...]:
        """Words of the text in whose place a rival is likelier, however little."""
        words = said_together(text, locale)
        others = [_rivals_of(word, rivals) for word in words]
        if not any(others):
            return ()
        own, _ = self._chain(words, locale).best(self._likelihoods)
        slots = [(word, *others[at]) for at, word in enumerate(words)]
        spread = [[(w, way) for w in slot for way in self._ways(w, locale)] for slot in slots]
        chain = Chain([[way for _, way in ways] for ways in spread])
        likelier, path = chain.best(self._likelihoods)
        found = {}
        for said in path:
            if said.word >= 0 and spread[said.word][said.way][0] != words[said.word]:
                found[said.word] = spread[said.word][said.way][0]
        return tuple(Instead(words[at], heard, likelier - own) for at, heard in found.items())

    def nearest(self, texts: Sequence[tuple[str, Locale]]) -> tuple[int, Match] | None:
        """Which of these texts explains the clip best; None when none does at all."""
        own = [self._names[phone] for phone in self._any.phones if phone != SILENCE]
        least, most = len(own) / _MUCH_LONGER, len(own) * _MUCH_LONGER
        ways = [_one_way(*text) for text in texts]
        known = [at for at, way in enumerate(ways) if least <= len(way) <= most]
        if not own or not known:
            return None
        apart = distances([(own, ways[at]) for at in known])
        closest = [known[int(at)] for at in np.argsort(apart)[:_CLOSEST]]
        matches = [(at, self.match(*texts[at])) for at in closest]
        best = max(matches, key=lambda pair: pair[1].score)
        return best if best[1].score > 0 else None

    def _gain(self, said: Said) -> float:
        own = self._likelihoods[said.start, 2 * said.phone]
        own += self._likelihoods[said.start + 1 : said.end, 2 * said.phone + 1].sum()
        return float(own) - float(self._any.gained[said.start : said.end].sum())

    def _chain(self, words: Sequence[str], locale: Locale) -> Chain:
        return Chain([self._ways(word, locale) for word in words])

    def _ways(self, word: str, locale: Locale) -> list[tuple[int, ...]]:
        return [tuple(self._numbers[phone] for phone in way) for way in _ways(word, locale)]


@lru_cache(maxsize=8192)
def _ways(word: str, locale: Locale) -> tuple[tuple[str, ...], ...]:
    return tuple(pronunciations(word, locale))


@lru_cache(maxsize=8192)
def _one_way(text: str, locale: Locale) -> tuple[str, ...]:
    return tuple(phone for word in said_together(text, locale) for phone in _ways(word, locale)[0])


def said_together(text: str, locale: Locale) -> list[str]:
    """The words of a text, small prepositions joined to what follows; ё stays what it is."""
    joined: list[str] = []
    for phrase in _BREATHS.split(text.casefold()):
        spaced = "".join(letter if letter.isalpha() else " " for letter in phrase)
        words = [word for word in spaced.split() if _ways(word, locale)]
        held = ""
        for at, word in enumerate(words):
            small = language_of(locale) == "ru" and len(word) <= _CLITIC and at < len(words) - 1
            held += word + " " * small
            if not small:
                joined.append(held)
                held = ""
    return joined


def _rivals_of(word: str, rivals: Mapping[str, Collection[str]]) -> list[str]:
    *before, last = word.split()
    return [" ".join([*before, other]) for other in sorted(rivals.get(last, ()))]


def _worst_stretch(gains: np.ndarray) -> tuple[float, tuple[int, int]]:
    """The least sum of neighbouring gains, and the first and last of them; 0 when none loses."""
    sums = np.concatenate([[0.0], np.cumsum(gains)])
    tops = np.maximum.accumulate(sums)
    end = int(np.argmin(sums - tops))
    start = int(np.argmax(sums[: end + 1]))
    return float(sums[end] - sums[start]), (start, max(end - 1, start))
