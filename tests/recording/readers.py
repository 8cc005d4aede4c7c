"""Somebody who reads aloud: sounds as loud as a voice, with a rhythm, in a room that hums."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voicekiosk.core.types import Pcm
from voicekiosk.recording.studio import RATE

Samples = npt.NDArray[np.float64]
CHANCE = np.random.default_rng(11)


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE))


def voice(seconds: float, level: float = -20.0) -> Samples:
    """Syllables of a fifth of a second, rising and falling; ``level`` is dBFS of the loud ones."""
    at = np.arange(round(seconds * RATE)) / RATE
    accents = np.array([1.0, 0.7, 0.85, 0.6, 0.9, 0.75])[(at / 0.2).astype(int) % 6]
    syllables = 0.02 + np.sin(np.pi * at / 0.2) ** 2 * accents
    ends = np.clip(np.minimum(at, seconds - at) / 0.03, 0, 1)
    wave = np.sin(2 * np.pi * 160 * at) + 0.6 * np.sin(2 * np.pi * 410 * at)
    return wave * syllables * ends * 10 ** (level / 20) * 1.2


def in_a_room(*parts: Samples, noise: float = -66.0) -> Pcm:
    """One after the other, with the noise of a room (dBFS)."""
    whole = np.concatenate(parts)
    heard = whole + CHANCE.normal(0, 10 ** (noise / 20), len(whole))
    return Pcm((np.clip(heard, -1, 1) * 32767).astype("<i2").tobytes(), RATE)
