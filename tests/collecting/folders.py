"""A folder that staff has enabled, and something as loud as a voice to put into it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from voicekiosk.collecting.enabling import enable
from voicekiosk.ports import FRAME_RATE

TODAY = date(2026, 11, 24)
CHANCE = np.random.default_rng(7)


def enabled(folder: Path) -> Path:
    enable(folder, "A. Name", ())
    return folder


def speech(seconds: float, level_db: float = -20.0) -> bytes:
    """Something as loud as a voice; what it says does not matter here."""
    noise = CHANCE.normal(0, 10 ** (level_db / 20), round(seconds * FRAME_RATE))
    return (np.clip(noise, -1, 1) * 32767).astype("<i2").tobytes()
