"""A second opinion about a shortlist, from an acoustic model of another kind."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from voicekiosk.recognition.cepstra import Floats, speech
from voicekiosk.recognition.letters_to_phones import PAUSE
from voicekiosk.recognition.sphinx_model import SILENCE, STATES, SphinxModel

Lexicon = Mapping[str, Collection[tuple[str, ...]]]

MOST_WORDS = 300
"""Background words of the model's own list; more of them cost time and refuse no better."""
_BACKGROUND = "background.tsv"
_PAUSE = math.log(0.005)
"""Nats of a silence before, after or between, as in PocketSphinx's grammars."""
_BEAM, _FEW, _HEARD, _EVERY = 250.0, 64, 30, 5
"""Nats below the best at which a way is given up, where there are many: looked at every 50 ms
once 100 ms of speech were heard."""
_NEVER = np.float32(-1e30)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What another ear makes of one utterance: log-likelihoods in nats, comparable with
    each other and with no other ear's. Empty: no opinion, which is not disagreement."""

    likelihoods: Mapping[str, float] = field(default_factory=dict)
    """Of the best path that says the label and nothing else. Missing: never learnt, not known to
    the model, or far less likely than another of the shortlist."""
    loop: float | None = None
    """Of any sounds."""
    word: float | None = None
    """Of the best background word."""
    frames: int = 0
    """Of speech, as this ear counts them: 10 ms each, or 30 ms."""

    def score(self, label: str) -> float:
        """Nats per frame by which a label beats any sounds and any other word."""
        said = self.likelihoods.get(label)
        if said is None or not self.frames:
            return -math.inf
        loop = self.loop if self.loop is not None else said
        word = self.word if self.word is not None else loop
        return ((said - loop) + (said - word)) / self.frames

    @property
    def best(self) -> str | None:
        return max(self.likelihoods, key=lambda label: self.likelihoods[label], default=None)


class SecondEar(Protocol):
    """Consulted after the first ear, about the few labels that it holds possible."""

    name: str
    unknown: Mapping[str, Sequence[str]]
    """Labels learnt that it can say nothing about, and the words it does not know in them."""

    def learn(self, lexicon: Lexicon, others: Lexicon) -> None:
        """The labels that may be asked about and how they are said; background words apart."""

    def judge(self, samples: npt.NDArray[np.int16], labels: Sequence[str]) -> Opinion:
        """``samples``: one utterance, mono, 16 kHz. Labels never learnt are not judged."""


class SphinxEar:
    """Words as chains of phone states through a PocketSphinx model, best path in each.

    PocketSphinx itself scores all tied states anew in each of its passes, 115 ms for a word;
    here they are scored once, as one product of matrices, and all passes share them.
    """

    def __init__(self, model: Path) -> None:
        self.name = model.name
        self.unknown: Mapping[str, Sequence[str]] = {}
        self._model = SphinxModel(model)
        self._own = _words(model / _BACKGROUND, self._model.phones)
        self._ways: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._loop = np.stack([self._model.alone(phone) for phone in self._model.phones])
        self.learn({}, {})

    def learn(self, lexicon: Lexicon, others: Lexicon) -> None:
        self._ways = {label: tuple(ways) for label, ways in lexicon.items()}
        taken = {way for ways in self._ways.values() for way in ways}
        # One way of saying each: the others cost as much again and refused no better.
        firsts = (way for ways in others.values() for way in tuple(ways)[:1])
        words = dict.fromkeys(way for way in (*self._own, *firsts) if way not in taken)
        self._words = _Chains(self._model, list(words))
        always = np.union1d(self._words.tied, self._loop.ravel())
        self._always = always.astype(np.int32)
        self._gaussians = self._model.gaussians(self._always)

    def judge(self, samples: npt.NDArray[np.int16], labels: Sequence[str]) -> Opinion:
        rows, frames = speech(samples, self._model.mean)
        known = [label for label in dict.fromkeys(labels) if label in self._ways]
        if not frames:
            return Opinion()
        spread = [(label, way) for label in known for way in _variants(self._ways[label])]
        asked = _Chains(self._model, [way for _, way in spread])
        fresh = np.setdiff1d(asked.tied, self._always).astype(np.int32)
        scores = np.full((len(rows), self._model.count), _NEVER, np.float32)
        scores[:, self._always] = self._model.scores(rows, self._gaussians)
        if len(fresh):
            scores[:, fresh] = self._model.scores(rows, self._model.gaussians(fresh))
        silence = self._silences(scores)
        likelihoods: dict[str, float] = {}
        for (label, _), nats in zip(spread, asked.best(scores, *silence), strict=True):
            if nats > _NEVER / 2:
                likelihoods[label] = max(float(nats), likelihoods.get(label, -math.inf))
        words = self._words.best(scores, *silence)
        word = float(words.max()) - math.log(len(words)) if len(words) else None
        return Opinion(likelihoods, self._any_sounds(scores), word, frames)

    def _silences(self, scores: Floats) -> tuple[Floats, Floats]:
        """For each frame: the best way to have been silent until then, and from then on."""
        tied = self._loop[self._model.phones[SILENCE]]
        stay, leave = self._model.stay[0], self._model.leave[0]
        before = np.full(len(scores) + 1, _NEVER, np.float32)
        after = before.copy()
        state = np.full(STATES, _NEVER, np.float32)
        for at, heard in enumerate(scores[:, tied]):
            entered = np.r_[np.float32(_PAUSE if at == 0 else _NEVER), (state + leave)[:-1]]
            state = np.maximum(state + stay, entered) + heard
            before[at + 1] = state[-1] + leave[-1]
        before[0] = after[-1] = 0.0
        state = np.r_[np.full(STATES - 1, _NEVER, np.float32), leave[-1]]
        for at in range(len(scores) - 1, -1, -1):
            state = state + scores[at, tied]
            after[at] = state[0] + _PAUSE
            state = np.maximum(state + stay, np.r_[(state[1:] + leave[:-1]), _NEVER])
        return before, after

    def _any_sounds(self, scores: Floats) -> float | None:
        """The best path through any phones in any order, without context."""
        model = self._model
        opening = np.full(len(model.phones), -math.log(len(model.phones) - 1), np.float32)
        opening[0] = _PAUSE
        state = np.full((STATES, len(model.phones)), _NEVER, np.float32)
        stay, leave = model.stay.T.copy(), model.leave.T.copy()
        heard = scores[:, self._loop.T.ravel()].reshape(len(scores), STATES, -1)
        hub = np.float32(0.0)
        for frame in heard:
            entered = np.concatenate(((hub + opening)[None], (state + leave)[:-1]))
            state = np.maximum(state + stay, entered) + frame
            hub = (state[-1] + leave[-1]).max()
        return float(hub) if hub > _NEVER / 2 else None


class _Chains:
    """Ways of saying something, each a chain of states, all walked through at once."""

    def __init__(self, model: SphinxModel, ways: Sequence[tuple[str, ...]]) -> None:
        ways = [tuple(p for p in way if p in model.phones) for way in ways]
        self._count = len(ways)
        if not any(ways):
            self._count, self.tied = 0, np.zeros(0, np.int32)
            return
        phones = np.array([model.phones[p] for way in ways for p in way])
        self.tied = np.concatenate([model.states(way).ravel() for way in ways])
        self._stay, self._leave = model.stay[phones].ravel(), model.leave[phones].ravel()
        ends = np.cumsum([len(way) * STATES for way in ways])
        self._last = ends - 1
        self._first = np.r_[0, ends[:-1]]

    def best(self, scores: Floats, before: Floats, after: Floats) -> Floats:
        """Nats of each way's best path, with silence around it or none."""
        if not self._count:
            return np.zeros(0, np.float32)
        tied, stay, leave = self.tied, self._stay, self._leave
        first, last, alive = self._first, self._last, np.arange(self._count)
        best = np.full(self._count, _NEVER, np.float32)
        state = np.full(len(tied), _NEVER, np.float32)
        for at, frame in enumerate(scores):
            moved = np.empty_like(state)
            np.add(state[:-1], leave[:-1], out=moved[1:])
            moved[first] = before[at]
            state += stay
            np.maximum(state, moved, out=state)
            state += frame[tied]
            best[alive] = np.maximum(best[alive], state[last] + leave[last] + after[at + 1])
            if len(alive) > _FEW and at >= _HEARD and at % _EVERY == 0:
                tops = np.maximum.reduceat(state, first)
                kept = tops > tops.max() - _BEAM
                lengths = last + 1 - first
                where = np.repeat(kept, lengths)
                tied, stay, leave, state = tied[where], stay[where], leave[where], state[where]
                ends = np.cumsum(lengths[kept])
                first, last, alive = ends - lengths[kept], ends - 1, alive[kept]
        return best


def _variants(ways: Collection[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Between the words of a phrase people pause, or they do not."""
    spoken = dict.fromkeys(tuple(p for p in way if p != PAUSE) for way in ways)
    paused = (tuple(SILENCE if p == PAUSE else p for p in way) for way in ways if PAUSE in way)
    return [*spoken, *paused]


def _words(file: Path, phones: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The model's own background words, the most frequent first."""
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    ways = (tuple(line.split("\t")[-1].split()) for line in lines[:MOST_WORDS])
    return [way for way in ways if way and all(phone in phones for phone in way)]
