"""Was this clip in that recording? By its rise and fall in loudness, which gaps hardly disturb."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicekiosk.core.types import Clip

STEPS = 50
"""Of the envelope, each second."""
SAME = 0.85
LONGEST = 2.5
"""Seconds of the clip that are compared: what is said later may have been cut off on purpose."""


def envelope(samples: bytes, rate: int) -> NDArray[np.float64]:
    sound = np.frombuffer(samples, "<i2").astype(float)
    step = rate // STEPS
    blocks = sound[: sound.size // step * step].reshape(-1, step)
    loudness: NDArray[np.float64] = np.sqrt((blocks**2).mean(1))
    return np.sqrt(loudness)  # nearer to how loud it seems: quiet consonants count too


def likeness(recording: bytes, rate: int, clip: Clip) -> float:
    """The best correlation of the clip's beginning with any place of the recording: -1 to 1."""
    heard = envelope(recording, rate)
    known = envelope(clip.pcm.samples, clip.pcm.rate)[: round(LONGEST * STEPS)]
    if known.size < STEPS // 4 or heard.size < known.size:
        return -1.0
    windows = np.lib.stride_tricks.sliding_window_view(heard, known.size)
    windows = windows - windows.mean(1, keepdims=True)
    known = known - known.mean()
    norms = np.sqrt((windows**2).sum(1) * (known**2).sum())
    return float(((windows @ known) / np.maximum(norms, 1e-9)).max())
