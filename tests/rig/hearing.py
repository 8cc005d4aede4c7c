"""Was this clip in that recording? By its rise and fall in loudness, which gaps hardly disturb."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicekiosk.core.types import Clip

STEPS = 50
"""Of the envelope, each second."""
SAME = 0.85
PIECE = 2.5
PIECES = 3
"""Seconds that are compared at once, and how many such pieces from the clip's beginning: one that
is found is enough, since a busy machine tears a gap into another, and visitors interrupt."""


def envelope(samples: bytes, rate: int) -> NDArray[np.float64]:
    sound = np.frombuffer(samples, "<i2").astype(float)
    step = rate // STEPS
    blocks = sound[: sound.size // step * step].reshape(-1, step)
    loudness: NDArray[np.float64] = np.sqrt((blocks**2).mean(1))
    return np.sqrt(loudness)  # nearer to how loud it seems: quiet consonants count too


def likeness(recording: bytes, rate: int, clip: Clip) -> float:
    """The best correlation of a piece of the clip with any place of the recording: -1 to 1."""
    heard = envelope(recording, rate)
    known = envelope(clip.pcm.samples, clip.pcm.rate)
    size = min(known.size, round(PIECE * STEPS))
    if size < STEPS // 4 or heard.size < size:
        return -1.0
    windows = np.lib.stride_tricks.sliding_window_view(heard, size)
    windows = windows - windows.mean(1, keepdims=True)
    loudness = np.sqrt((windows**2).sum(1))
    best = -1.0
    for begin in range(0, min(known.size - size + 1, PIECES * size), size):
        piece = known[begin : begin + size] - known[begin : begin + size].mean()
        norms = np.maximum(loudness * np.sqrt((piece**2).sum()), 1e-9)
        best = max(best, float(((windows @ piece) / norms).max()))
    return best
