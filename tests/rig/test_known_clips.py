"""The walkers' ear: which of many clips was heard, and when; and nothing that was not said."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, Clip, Pcm, PromptId, Seconds
from voicekiosk.virtual.handset import EAR_RATE
from voicekiosk.virtual.known_clips import KnownClips, wave

NAMES = ("one", "two", "three")
CLIP_RATE = 24_000


def voice(seed: int, seconds: float, rate: int) -> NDArray[np.float64]:
    """Tones that wander, as a voice does; no two seeds alike. The same sound at any rate."""
    drift = np.random.default_rng(seed).uniform(90, 240, 12)
    at = np.arange(round(seconds * rate)) / rate
    pitch = np.interp(at, np.linspace(0, seconds, 12), drift)
    return np.asarray(9000 * np.sin(2 * np.pi * np.cumsum(pitch) / rate))


def pcm(sound: NDArray[np.float64]) -> bytes:
    return sound.astype("<i2").tobytes()


def spoken(name: str) -> Spoken:
    return Spoken(PromptId(name), KYRGYZ)


KNOWN = KnownClips(
    (spoken(name), Clip(Pcm(pcm(voice(n, 2.5, CLIP_RATE)), CLIP_RATE), (Seconds(0),), "", False))
    for n, name in enumerate(NAMES)
)


def heard(*sounds: NDArray[np.float64]) -> list[tuple[float, frozenset[Spoken]]]:
    recording = wave(pcm(np.concatenate([*sounds, np.zeros(2 * EAR_RATE)])), EAR_RATE)
    found = sorted(KNOWN.begun(recording, 10.0), key=lambda each: each.at)
    return [(round(each.at, 1), each.spoken) for each in found]


def test_what_was_said_is_known_by_its_beginning_and_at_any_volume() -> None:
    pause = np.zeros(EAR_RATE // 2)
    two, one = voice(1, 2.5, EAR_RATE), 0.2 * voice(0, 2.5, EAR_RATE)
    assert heard(pause, two, pause, one) == [
        (10.5, frozenset({spoken("two")})),
        (13.5, frozenset({spoken("one")})),
    ]


def test_a_gap_of_a_busy_machine_does_not_hide_it() -> None:
    two = voice(1, 2.5, EAR_RATE)
    torn = np.concatenate([two[: 18 * EAR_RATE // 10], np.zeros(800), two[18 * EAR_RATE // 10 :]])
    torn[EAR_RATE // 5 : EAR_RATE // 4] = 0
    assert heard(torn) == [(10.0, frozenset({spoken("two")}))]


def test_a_voice_that_says_something_else_and_silence_are_nothing() -> None:
    assert heard(voice(7, 4, EAR_RATE)) == []
    assert heard(np.zeros(EAR_RATE)) == []
