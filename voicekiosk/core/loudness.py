"""How loudly the kiosk speaks: what the visitor chose, and more in a noisy hall."""

from __future__ import annotations

QUIET_HALL = -55.0
"""Noise in dBFS at the microphone up to which nothing is added. Not calibrated: it stands for
a microphone whose gain lets a voice at the handset reach -20 dBFS."""
MOST_ADDED = 9.0
"""dB. The hall may get louder still; a visitor's ear may not have to."""
STEP = 1.5
"""dB by which the noise must change before the kiosk follows: nobody hears it breathe."""


def added(noise: float, before: float = 0.0) -> float:
    """dB to add for this noise (dBFS), given what was added before: dB for dB, within limits."""
    wanted = min(max(noise - QUIET_HALL, 0.0), MOST_ADDED)
    return wanted if abs(wanted - before) >= STEP or wanted in (0.0, MOST_ADDED) else before
