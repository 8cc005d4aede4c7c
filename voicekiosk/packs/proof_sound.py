"""What is wrong with the sound of a clip, whatever it says: soft, clipped, noisy, cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from voicekiosk.ports import PLAYBACK_RATE
from voicekiosk.prompts import sound
from voicekiosk.prompts.sound import Samples


class Fault(StrEnum):
    """Why somebody should listen to a clip; the gravest first."""

    UNREADABLE = "unreadable"
    SILENT = "silent"
    OTHER_LANGUAGE = "other language"
    OTHER_TEXT = "other text"
    NOT_ITS_TEXT = "not its text"
    OTHER_WORD = "other word"
    WORDS = "words"
    BEGINNING = "beginning"
    END = "end"
    STALE = "stale"
    CLIPPED = "clipped"
    NOISY = "noisy"
    STARTS_ABRUPTLY = "starts abruptly"
    ENDS_ABRUPTLY = "ends abruptly"
    PAUSE = "pause"
    TOO_SOFT = "too soft"
    TOO_LOUD = "too loud"
    TOO_FAST = "too fast"
    TOO_SLOW = "too slow"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that may be wrong with a clip."""

    fault: Fault
    about: str = ""
    """The words, the prompt or the measure it is about."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What was measured on a clip."""

    seconds: float
    loudness: float
    """LUFS."""
    floor: float
    """Decibels of the quietest 10 ms below the loud ones."""
    crest: float
    """Decibels of the peak above the rest of the speech."""
    flat: float
    """Samples at the very top, for one sample a little below: a clipped wave has a flat top."""
    opening: float
    closing: float
    """Decibels of the first and the last 10 ms below the loud ones."""
    pause: float
    """Seconds of the longest silence inside."""


LOUDNESS_OFF = 2.0
"""LUFS that a clip may be away from what every clip should be."""
NOISE = -28.0
"""Decibels. Clean speech falls lower somewhere: between words, or in a stop."""
ABRUPT = -30.0
"""Decibels. A clip that is trimmed well begins and ends below -37."""
CREST = {False: 7.0, True: 9.3}
"""Decibels; less is clipped. Synthetic speech is denser than a person's: at least 7.1 was seen of
992 clips, and 10.2 of 40 recorded ones."""
FLAT = 0.9
LONGEST_PAUSE = 1.5
_FRAME = PLAYBACK_RATE // 100
_SPEECH = 0.05
_HUSH = -35.0


def measure(samples: Samples) -> Sound:
    """``samples`` at PLAYBACK_RATE, not silent."""
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    levels = 20 * np.log10(np.sqrt((frames**2).mean(axis=1)) + 1e-6)
    levels = levels - np.percentile(levels, 95)
    heights = np.abs(samples)
    peak = float(heights.max())
    spoken = heights[heights > _SPEECH * peak]
    below = int(((heights > 0.7 * peak) & (heights <= 0.9 * peak)).sum())
    gaps = np.diff(np.flatnonzero(levels > _HUSH)) - 1
    return Sound(
        len(samples) / PLAYBACK_RATE,
        sound.loudness(samples),
        float(levels.min()),
        float(20 * np.log10(peak / np.sqrt((spoken**2).mean()))),
        float((heights > 0.9 * peak).sum() / max(below, 1)),
        float(levels[0]),
        float(levels[-1]),
        float(gaps.max(initial=0) / 100),
    )


def doubts(found: Sound, recorded: bool) -> Iterator[Doubt]:
    """``recorded``: by a person, not by a voice."""
    if found.crest < CREST[recorded] or found.flat > FLAT:
        yield Doubt(Fault.CLIPPED)
    if found.floor > NOISE:
        yield Doubt(Fault.NOISY, f"{-found.floor:.0f} dB")
    if found.pause > LONGEST_PAUSE:
        yield Doubt(Fault.PAUSE, f"{found.pause:.1f} s")
    off = found.loudness - sound.LOUDNESS
    if abs(off) > LOUDNESS_OFF or not np.isfinite(off):
        yield Doubt(Fault.TOO_LOUD if off > 0 else Fault.TOO_SOFT, f"{found.loudness:.1f} LUFS")
