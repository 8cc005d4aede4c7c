"""A take to look at and to judge: where the speech is, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from voicekiosk.core.studio import Fault, Wave
from voicekiosk.core.types import Pcm, Seconds

COLUMNS = 240
"""Of the picture of a take."""
BEFORE, AFTER = 0.25, 0.35
"""Seconds kept around the speech: `pack build` trims closely, and needs some silence for that."""
AUDIBLE = -50.0
"""dBFS; nothing below is speech."""
QUIETEST = -36.0
"""dBFS of the loud moments of a take. Raising a softer one to its loudness raises the room, too."""
ABOVE_NOISE = 30.0
"""Decibels of the loud moments above the room; a clip is proved noisy at 28."""
TOP = 0.985
CLIPPED = 4
"""So many samples at the very top, one after the other, are a flat top."""
EDGE = 20.0
"""Decibels below the loud moments; what is louder at the very edge of a take has been cut."""
_FRAME = 0.01

Samples = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Look:
    """What was found."""

    faults: tuple[Fault, ...]
    wave: Wave | None
    kept: Pcm | None
    """Without most of the silence around the speech."""


def look_at(pcm: Pcm | None, usual: tuple[Seconds, Seconds], early: bool = False) -> Look:
    """``usual`` is how long reading the text takes at least and at most; ``early`` tells that
    somebody spoke before the tone had ended."""
    if pcm is None or not pcm.samples:
        return Look((Fault.NOTHING,), None, None)
    samples = np.frombuffer(pcm.samples, "<i2") / 32768.0
    levels = _levels(samples, pcm.rate)
    speech = _speech(levels)
    if speech is None:
        return Look((Fault.NOTHING,), None, None)
    first, last = speech
    begin = max(first * _FRAME - BEFORE, 0.0)
    end = min(last * _FRAME + AFTER, len(samples) / pcm.rate)
    kept = samples[round(begin * pcm.rate) : round(end * pcm.rate)]
    seconds = (last - first) * _FRAME
    faults = _faults(samples, levels, speech, early)
    if seconds < usual[0]:
        faults.append(Fault.TOO_SHORT)
    if seconds > usual[1]:
        faults.append(Fault.TOO_LONG)
    # Some of what is cut away is shown beside what is kept, pale: so one sees that it is cut.
    beside = max(0.12 * (end - begin), 0.3)
    left, right = max(begin - beside, 0.0), min(end + beside, len(samples) / pcm.rate)
    shown = samples[round(left * pcm.rate) : round(right * pcm.rate)]
    inside = (begin - left) / (right - left), (end - left) / (right - left)
    wave = Wave(_heights(shown), *inside, end - begin)
    cut = Pcm((kept * 32768).astype("<i2").tobytes(), pcm.rate)
    return Look(tuple(sorted(set(faults), key=list(Fault).index)), wave, cut)


def _faults(samples: Samples, levels: Samples, speech: tuple[int, int], early: bool) -> list[Fault]:
    first, last = speech
    loud = float(np.percentile(levels[first:last], 90))
    room = float(np.percentile(levels, 10))
    faults = []
    cut = max(loud - EDGE, room + 8)
    if early or levels[:3].max() > cut:
        faults.append(Fault.BEGINNING)
    if levels[-3:].max() > cut:
        faults.append(Fault.END)
    if is_clipped(samples):
        faults.append(Fault.CLIPPED)
    elif loud < QUIETEST:
        faults.append(Fault.TOO_QUIET)
    if loud - room < ABOVE_NOISE and loud >= QUIETEST:
        faults.append(Fault.NOISY)
    return faults


def is_clipped(samples: Samples) -> bool:
    """A wave that touches the ceiling has a flat top there: neighbours of the same height."""
    top = np.abs(samples)
    ceiling = float(top.max(initial=0.0))
    if ceiling < 0.5:
        return False
    # A microphone may clip below full scale; whatever is highest again and again is a ceiling.
    at_top = top > ceiling * TOP
    flat = np.convolve(at_top, np.ones(CLIPPED), "valid") >= CLIPPED
    needed = 1 if ceiling > TOP else 8
    return int((np.diff(np.flatnonzero(flat)) > CLIPPED).sum()) + bool(flat.any()) >= needed


def _levels(samples: Samples, rate: int) -> Samples:
    """dBFS of each hundredth of a second."""
    size = round(rate * _FRAME)
    frames = samples[: max(len(samples) // size, 1) * size]
    if len(frames) < size:
        frames = np.pad(frames, (0, size - len(frames)))
    rms: Samples = np.sqrt((frames.reshape(-1, size) ** 2).mean(axis=1))
    return 20 * np.log10(rms + 1e-6)


def _speech(levels: Samples) -> tuple[int, int] | None:
    """The first frame of the speech and the one after the last: a click alone is none."""
    room = float(np.percentile(levels, 10))
    loud = float(np.percentile(levels, 97))
    bar = max(AUDIBLE, min(room + 8, loud - 8), loud - 34)
    voiced = (levels > bar).astype(float)
    # A tenth of a second of which at least half stands out.
    steady = np.flatnonzero(np.convolve(voiced, np.ones(10), "same") >= 6)
    if not len(steady):
        return None
    near = np.flatnonzero(voiced[max(steady[0] - 8, 0) : steady[-1] + 8])
    start = max(int(steady[0]) - 8, 0)
    return start + int(near[0]), start + int(near[-1]) + 1


def _heights(samples: Samples) -> tuple[float, ...]:
    edges = np.linspace(0, len(samples), COLUMNS + 1).astype(int)
    return tuple(round(float(np.abs(samples[a:b]).max(initial=0.0)), 3) for a, b in pairwise(edges))
