"""A calibration learns from trials whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from voicekiosk.core.types import KYRGYZ
from voicekiosk.recognition.evidence import Decoding, Evidence, Vocabulary
from voicekiosk.recognition.fitting import Tried, fitted, outcomes
from voicekiosk.recognition.second_ear import Opinion

LABELS = [f"тема{n}" for n in range(15)]
KNOWN = Vocabulary(dict.fromkeys(LABELS, 6), dict.fromkeys(LABELS, KYRGYZ))
FRAMES = 20.0


def trials(count: int, seed: int, speaker: str = "one") -> list[Tried]:
    """Phrases beat sounds and words by half a nat a frame, other speech loses by as much."""
    luck = np.random.default_rng(seed)
    made = []
    for number in range(count):
        inside = number % 2 == 0
        lead = luck.normal(0.5 if inside else -0.5, 0.3) * FRAMES
        first, second = luck.choice(LABELS, 2, replace=False)
        opinion = Opinion({first: -300.0}, -300.0 - 3 * lead, -300.0 - 3 * lead, 60)
        evidence = Evidence(
            (Decoding(first, -100.0), Decoding(second, -112.0)),
            -100.0 - lead,
            -100.0 - lead,
            FRAMES,
            opinion=opinion,
        )
        made.append(
            Tried(evidence, KNOWN, frozenset(LABELS), first if inside else None, KYRGYZ, speaker)
        )
    return made


def test_what_it_learnt_holds_for_trials_it_has_not_seen():
    values = fitted(trials(400, seed=1))
    (other,) = outcomes(trials(400, seed=2), values, accept=0.80)
    assert other.right == other.phrases == 200
    assert other.accepted > 0.75 * other.phrases
    assert other.let_in < 0.05 * other.others and other.wrong == 0


def test_more_phrases_and_more_haste_never_make_one_likelier():
    values = fitted(trials(200, seed=3))
    for weights in (values.alone, values.together):
        assert weights.size <= 0 and weights.hurry <= 0
        assert weights.loop > 0


def test_every_speaker_is_told_apart():
    both = trials(60, seed=4) + trials(60, seed=5, speaker="two")
    assert [o.speaker for o in outcomes(both, fitted(both), 0.8)] == ["one", "two"]


def test_too_few_trials_are_refused():
    with pytest.raises(ValueError, match="too few"):
        fitted(trials(30, seed=6))
