"""How sure three decodings of one utterance make us: likelihoods to a calibrated confidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicekiosk.ports import FRAME_SAMPLES

# Measured, not chosen: the kiosk's own grammar (344 phrases), 60 phrases added for the human
# speaker. A logistic regression, both classes weighing the same for each voice, on 110 phrases
# rightly heard and 76 other words: human Russian (one man, half of his words), RHVoice azamat and
# anna, espeak-ng ky+m3, ky+f2, ky+klatt2. The sharpness is the maximum likelihood of the right
# phrase among the alternatives, n = 113. models/README.md has the figures on held-out voices.
_OFFSET = -0.8
_SLOPE = 4.2
_SHARPNESS = 0.8
_OFFERED = 2.0
"""Nats that a phrase gains by being on the screen: it settles ties, it overrules no sound."""
_SILENT_LOOP = 40.0
"""Nats a phrase is said to win by when the phone loop found no path at all."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """One label and the log-likelihood of the best path that says it and nothing else."""

    label: str
    likelihood: float


def evidence(phrase: float, loop: float | None, word: float | None, frames: float) -> float:
    """Nats per frame by which a phrase beats both any sounds and any other word."""
    against = loop if loop is not None else phrase - _SILENT_LOOP
    return ((phrase - against) + (phrase - (word if word is not None else against))) / frames


def confidences(
    phrases: Sequence[Decoding],
    loop: float | None,
    word: float | None,
    frames: float,
    offered: frozenset[str] = frozenset(),
) -> list[tuple[str, float]]:
    """Each label with its confidence, best first.

    The evidence of the best decides whether it was a phrase at all; the likelihoods of the
    phrases among themselves decide which.
    """
    if not phrases:
        return []
    score = evidence(max(p.likelihood for p in phrases), loop, word, frames)
    inside = 1.0 / (1.0 + math.exp(-max(min(_OFFSET + _SLOPE * score, 50.0), -50.0)))
    weighed = [p.likelihood + _OFFERED * (p.label in offered) for p in phrases]
    top = max(weighed)
    shares = [math.exp(_SHARPNESS * (w - top)) for w in weighed]
    total = sum(shares)
    sure = [(p.label, inside * s / total) for p, s in zip(phrases, shares, strict=True)]
    return sorted(sure, key=lambda pair: -pair[1])


def speech_span(samples: npt.NDArray[np.int16]) -> int:
    """How many 20 ms frames lie between the first and the last that hold speech."""
    whole = len(samples) // FRAME_SAMPLES
    if not whole:
        return 0
    frames = samples[: whole * FRAME_SAMPLES].reshape(whole, FRAME_SAMPLES).astype(np.float64)
    levels = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-3)
    bar = max(float(np.percentile(levels, 10)) + 8, float(levels.max()) - 30)
    loud = np.flatnonzero(levels > bar)
    return int(loud[-1] - loud[0] + 1) if len(loud) else 0
