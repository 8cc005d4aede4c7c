"""How loud a frame is."""

from __future__ import annotations

import array
import math
import sys

from voicekiosk.core.endpointing import SILENCE

_FULL_SCALE = 32768.0


def levels(frame: bytes) -> tuple[float, float]:
    """The level and the peak of a frame in dBFS.

    The level is of what changes: a microphone's constant offset is no sound.
    """
    samples = array.array("h", frame[: len(frame) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples:
        return SILENCE, SILENCE
    mean = sum(samples) / len(samples)
    power = max(sum(s * s for s in samples) / len(samples) - mean * mean, 0.0)
    return _decibels(math.sqrt(power)), _decibels(max(max(samples), -min(samples)))


def _decibels(amplitude: float) -> float:
    return max(20 * math.log10(max(amplitude, 0.5) / _FULL_SCALE), SILENCE)
