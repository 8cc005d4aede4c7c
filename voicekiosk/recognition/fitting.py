"""Fits a calibration to trials whose truth is known."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from voicekiosk.core.types import Locale
from voicekiosk.recognition.calibration import PARTS, Calibration, Weights
from voicekiosk.recognition.evidence import Evidence, Vocabulary, confidences, features

Floats = npt.NDArray[np.float64]

_RIDGE = 0.1
"""Keeps a weight small where the trials say little about it."""
_ROUNDS = 60
_SHARPNESSES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
_SECOND = (0.0, 0.01, 0.02, 0.04, 0.08)
_START = Calibration(
    Weights(6.0, 5.0, 0.0, 0.0), Weights(6.0, 5.0, 0.0, 0.0, 1.0), 0.6, 0.02, frames_per_phone=3.0
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One utterance, what was found in it, and what had been said."""

    evidence: Evidence
    vocabulary: Vocabulary
    offered: frozenset[str]
    said: str | None
    """The label; None for an imposter."""
    locale: Locale
    speaker: str

    @property
    def right(self) -> bool:
        return self.said is not None and self.evidence.phrases[0].label == self.said


def fitted(trials: Sequence[Tried]) -> Calibration:
    """The calibration under which what happened was likeliest.

    A logistic regression (Newton's method with a ridge) on the features; every speaker weighs the
    same, and so do phrases and other speech. So a confidence is a probability where half of what
    is said is no phrase: more doubtful than most halls. Raises ValueError on trials of one kind.
    """
    some = [t for t in trials if t.evidence.phrases and t.evidence.frames > 0]
    right = [t for t in some if t.right]
    if len(right) < 20 or len(some) - len(right) < 20:
        raise ValueError(
            f"{len(right)} phrases rightly heard and {len(some) - len(right)} others are too few"
        )
    pace = statistics.median(
        t.evidence.frames / max(t.vocabulary.phones[t.evidence.phrases[0].label], 1) for t in right
    )
    base = replace(_START, frames_per_phone=float(pace))
    sharpness, second = _sharpness([t for t in some if t.said is not None])
    return replace(
        base,
        alone=_weights(some, base, 5),
        together=_weights([t for t in some if t.evidence.opinion], base, 6),
        sharpness=sharpness,
        second_sharpness=second,
    )


def _weights(trials: Sequence[Tried], base: Calibration, parts: int) -> Weights:
    locales = sorted({t.locale for t in trials})
    rows = [
        [float(t.locale == locale) for locale in locales]
        + list(features(t.evidence, base, t.vocabulary, t.offered)[:parts])
        for t in trials
    ]
    of_kind = Counter((t.speaker, t.right) for t in trials)
    weight = np.array([1.0 / of_kind[t.speaker, t.right] for t in trials])
    right = np.array([float(t.right) for t in trials])
    found = _logistic_regression(np.array(rows), right, weight * len(trials) / weight.sum())
    offsets = {str(locale): float(found[at]) for at, locale in enumerate(locales)}
    parts_found = dict(zip(PARTS, map(float, found[len(locales) :]), strict=False))
    # More phrases or more haste never make one likelier, whatever a small sample says.
    for part in ("size", "hurry"):
        parts_found[part] = min(parts_found[part], 0.0)
    return Weights(**parts_found, offsets=offsets)


def _logistic_regression(rows: Floats, right: Floats, weight: Floats) -> Floats:
    found = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(rows @ found, -40, 40)))
        slope = rows.T @ (weight * (right - p)) - _RIDGE * found
        curve = (rows * (weight * p * (1 - p))[:, None]).T @ rows + _RIDGE * np.eye(len(found))
        found = found + np.linalg.solve(curve, slope)
    return found


def _sharpness(trials: Sequence[Tried]) -> tuple[float, float]:
    """How much nats count between phrases: maximum likelihood of the phrase that was said."""
    known = [t for t in trials if t.said in {d.label for d in t.evidence.phrases}]

    def likelihood(first: float, second: float) -> float:
        total = 0.0
        for t in known:
            opinion = t.evidence.opinion.likelihoods if t.evidence.opinion else {}
            unheard = min(opinion.values(), default=0.0)
            nats = np.array(
                [
                    first * d.likelihood + second * opinion.get(d.label, unheard)
                    for d in t.evidence.phrases
                ]
            )
            said = [d.label for d in t.evidence.phrases].index(t.said or "")
            total += float(nats[said] - np.logaddexp.reduce(nats))
        return total

    best = max(itertools.product(_SHARPNESSES, _SECOND), key=lambda pair: likelihood(*pair))
    return best


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a calibration does on trials: each count of how many."""

    speaker: str
    phrases: int
    right: int
    accepted: int
    """Right, and at or above the acceptance."""
    wrong: int
    """Another phrase was accepted."""
    others: int
    let_in: int
    """Other speech that was accepted as a phrase."""


def outcomes(trials: Sequence[Tried], values: Calibration, accept: float) -> list[Outcome]:
    """By speaker; evidence without a single phrase counts as refused."""
    found = []
    for speaker in sorted({t.speaker for t in trials}):
        own = [t for t in trials if t.speaker == speaker]
        said = [t for t in own if t.said is not None]
        first = {id(t): _first(t, values) for t in own}
        taken = [t for t in own if first[id(t)][1] >= accept]
        found.append(
            Outcome(
                speaker,
                len(said),
                sum(first[id(t)][0] == t.said for t in said),
                sum(t.said is not None and first[id(t)][0] == t.said for t in taken),
                sum(t.said is not None and first[id(t)][0] != t.said for t in taken),
                len(own) - len(said),
                sum(t.said is None for t in taken),
            )
        )
    return found


def _first(trial: Tried, values: Calibration) -> tuple[str | None, float]:
    sure = confidences(trial.evidence, values, trial.vocabulary, trial.offered)
    return sure[0] if sure else (None, 0.0)
