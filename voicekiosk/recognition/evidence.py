"""How sure several decodings of one utterance make us: likelihoods to a calibrated confidence."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from voicekiosk.core.types import Locale
from voicekiosk.ports import FRAME_SAMPLES
from voicekiosk.recognition.calibration import PARTS, Calibration, Weights
from voicekiosk.recognition.second_ear import Opinion

HERE = 0.8
"""The share of visitors who say something that the screen offers or the bar obeys; the rest is
shared by all other phrases, so that everything stays sayable from everywhere."""
USUAL_SIZE = 15
CLEAR = 25.0
"""Decibels above the noise at which it no longer matters."""
_SILENT_LOOP = 40.0
"""Nats a phrase is said to win by when the phone loop found no path at all."""
_MOST_HURRY = 0.25
_SPAN = 3.0
"""A score beyond this many nats a frame, either way, is no more evidence than this."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """One label and the log-likelihood of the best path that says it and nothing else."""

    label: str
    likelihood: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the decodings of one utterance found; likelihoods in nats. Never stored."""

    phrases: tuple[Decoding, ...]
    """Best first."""
    loop: float | None
    """Of any sounds."""
    word: float | None
    """Of words of daily speech that are no phrase."""
    frames: float
    """Of speech, 30 ms each."""
    clearance: float = CLEAR
    """Decibels by which the speech stands above the noise around it."""
    opinion: Opinion | None = None
    """The second ear's, once it was asked about the first few labels."""

    def heard_again(self, opinion: Opinion) -> Evidence:
        return replace(self, opinion=opinion)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What evidence must know of the labels it is about."""

    phones: Mapping[str, int]
    """How many sounds each label has."""
    locales: Mapping[str, Locale]

    def size(self, label: str, offered: Collection[str]) -> int:
        """Of the choice a label belongs to: the screen's, or the whole vocabulary."""
        return max(len(offered) if label in offered else len(self.phones), 1)


def features(
    evidence: Evidence, calibration: Calibration, vocabulary: Vocabulary, offered: Collection[str]
) -> tuple[float, ...]:
    """Of the best label: against sounds and words, size, hurry, noise, the second ear's score.

    The names are those of ``Weights``. Source of the two ratios: log-likelihood per frame against
    an anti-model, as in Rose and Paul (ICASSP 1990), here a phone loop and frequent words.
    """
    best = evidence.phrases[0]
    loop = evidence.loop if evidence.loop is not None else best.likelihood - _SILENT_LOOP
    word = evidence.word if evidence.word is not None else loop
    pace = math.log(
        max(evidence.frames, 1.0)
        / max(vocabulary.phones.get(best.label, 1), 1)
        / calibration.frames_per_phone
    )
    second = evidence.opinion.score(best.label) if evidence.opinion else 0.0
    return (
        _clipped((best.likelihood - loop) / evidence.frames),
        _clipped((best.likelihood - word) / evidence.frames),
        math.log(vocabulary.size(best.label, offered) / USUAL_SIZE),
        min(pace * pace, _MOST_HURRY) if pace < 0 else 0.0,
        min(max(CLEAR - evidence.clearance, 0.0), CLEAR) / 10,
        _clipped(second),
    )


def confidences(
    evidence: Evidence,
    calibration: Calibration,
    vocabulary: Vocabulary,
    offered: Collection[str] = frozenset(),
) -> list[tuple[str, float]]:
    """Each label with its confidence, best first.

    The evidence of the best decides whether it was a phrase at all; the likelihoods of the
    phrases among themselves, and what the screen offers, decide which.
    """
    if not evidence.phrases or evidence.frames <= 0:
        return []
    shares = _shares(evidence, calibration, vocabulary, offered)
    best = max(shares, key=lambda label: shares[label])
    first = sorted(evidence.phrases, key=lambda d: d.label != best)
    weights = calibration.together if evidence.opinion else calibration.alone
    about = features(replace(evidence, phrases=tuple(first)), calibration, vocabulary, offered)
    inside = _logistic(weights, about, vocabulary.locales.get(best, Locale("")))
    sure = [(label, inside * share) for label, share in shares.items()]
    return sorted(sure, key=lambda pair: -pair[1])


def _logistic(weights: Weights, about: Sequence[float], locale: Locale) -> float:
    factors = [getattr(weights, part) for part in PARTS]
    logit = weights.offset(locale) + sum(f * a for f, a in zip(factors, about, strict=True))
    return 1.0 / (1.0 + math.exp(-max(min(logit, 50.0), -50.0)))


def _shares(
    evidence: Evidence,
    calibration: Calibration,
    vocabulary: Vocabulary,
    offered: Collection[str],
) -> dict[str, float]:
    """How certainty is shared among the labels, by Bayes' rule."""
    elsewhere = max(len(vocabulary.phones) - len(offered), 1)
    likelier = math.log(HERE / max(len(offered), 1)) - math.log((1 - HERE) / elsewhere)
    weighed = {}
    opinions = evidence.opinion.likelihoods if evidence.opinion else {}
    unheard = min(opinions.values(), default=0.0)
    for said in evidence.phrases:
        nats = calibration.sharpness * said.likelihood
        if opinions:
            nats += calibration.second_sharpness * opinions.get(said.label, unheard)
        # A smaller choice never makes its labels less likely than those outside it.
        weighed[said.label] = nats + max(likelier, 0.0) * (said.label in offered)
    top = max(weighed.values())
    shares = {label: math.exp(nats - top) for label, nats in weighed.items()}
    total = sum(shares.values())
    return {label: share / total for label, share in shares.items()}


def _clipped(score: float) -> float:
    return max(min(score, _SPAN), -_SPAN)


def speech_span(samples: npt.NDArray[np.int16]) -> int:
    """How many 20 ms frames lie between the first and the last that hold speech."""
    return measured(samples)[0]


def measured(samples: npt.NDArray[np.int16]) -> tuple[int, float]:
    """The span of the speech in 20 ms frames, and its clearance: the decibels by which its louder
    half stands above the quietest tenth of all frames."""
    whole = len(samples) // FRAME_SAMPLES
    if not whole:
        return 0, 0.0
    frames = samples[: whole * FRAME_SAMPLES].reshape(whole, FRAME_SAMPLES).astype(np.float64)
    levels = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-3)
    floor = float(np.percentile(levels, 10))
    loud = np.flatnonzero(levels > max(floor + 8, float(levels.max()) - 30))
    if not len(loud):
        return 0, 0.0
    span = levels[loud[0] : loud[-1] + 1]
    return len(span), float(np.mean(span[span >= np.median(span)])) - floor
