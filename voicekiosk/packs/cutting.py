"""Where speech begins and ends in a raw take, and what is wrong with how it was taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from voicekiosk.prompts.sound import SILENT, Samples

FULL, MOST_CLIPPED = 0.999, 0.001
"""A sample this high has hit the top; more than one in a thousand is heard."""
SHORTEST = 0.3
NOISY = -25.0
"""Decibels of the quietest moments below the loud ones; above this, a room is heard."""
BEFORE, AFTER = 0.06, 0.15
"""Seconds that are kept around speech: soft consonants, and the room's tail."""
_CLICK, _APART = 0.05, 0.2
"""Seconds: a finger on the telephone is shorter than any word, and stands apart from all."""
_PAUSE = 0.3


def levels(samples: Samples, rate: int) -> Samples:
    """RMS of each 10 ms."""
    frame = rate // 100
    whole = samples[: len(samples) // frame * frame].reshape(-1, frame)
    found: Samples = np.sqrt((whole**2).mean(axis=1))
    return found


def loud_and_floor(found: Samples) -> tuple[float, float]:
    """The level of the loudest 0.2 s, and of the quietest twentieth."""
    if not len(found):
        return 0.0, 0.0
    highest = np.sort(found)[::-1]
    return float(highest[min(19, len(highest) - 1)]), float(np.percentile(found, 5))


def runs(samples: Samples, rate: int) -> list[tuple[int, int]]:
    """Stretches that are louder than the room, in frames of 10 ms; empty when all is silent."""
    found = levels(samples, rate)
    loud, floor = loud_and_floor(found)
    if loud < SILENT:
        return []
    limit = max(loud * 0.01, min(floor * 2.5, loud * 0.06))
    above = np.concatenate([[False], found > limit, [False]])
    edges = np.flatnonzero(above[1:] != above[:-1])
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def span(samples: Samples, rate: int) -> tuple[int, int] | None:
    """From where to where somebody speaks, with a little around it; None when nobody does."""
    found = runs(samples, rate)
    while len(found) > 1 and _is_click(found[0], found[1][0] - found[0][1]):
        found = found[1:]
    while len(found) > 1 and _is_click(found[-1], found[-1][0] - found[-2][1]):
        found = found[:-1]
    if not found:
        return None
    begin = int((found[0][0] / 100 - BEFORE) * rate)
    end = int((found[-1][1] / 100 + AFTER) * rate)
    return max(0, begin), min(len(samples), end)


def _is_click(run: tuple[int, int], apart: int) -> bool:
    return run[1] - run[0] < _CLICK * 100 and apart >= _APART * 100


def clipped(samples: Samples) -> float:
    """The share of samples that have hit the top."""
    return float((np.abs(samples) >= FULL).mean()) if len(samples) else 0.0


def noise(samples: Samples, rate: int) -> float:
    """Decibels of the room below the speech."""
    loud, floor = loud_and_floor(levels(samples, rate))
    return float(20 * np.log10(max(floor, 1e-6) / max(loud, 1e-6)))


def hurry(text: str, seconds: float) -> str | None:
    """Why so many seconds cannot be this text; people read 5 to 20 letters a second."""
    letters = sum(5 if sign.isdigit() else 1 for sign in text if sign.isalnum())
    if seconds < max(SHORTEST, 0.04 * letters):
        return f"{seconds:.1f} s are too short for its text"
    if seconds > 2 + 0.3 * letters:
        return f"{seconds:.1f} s are too long for its text"
    return None


def split(samples: Samples, rate: int, count: int) -> list[Samples] | int:
    """Cut at the ``count - 1`` longest pauses; how many clear pauses there are, when these do not
    stand out from the pauses inside the texts."""
    found = runs(samples, rate)
    gaps = sorted(_gaps(found), reverse=True)
    chosen, others = gaps[: count - 1], gaps[count - 1 :]
    clear = not others or not chosen or chosen[-1][0] >= 1.2 * others[0][0]
    if not found or len(chosen) < count - 1 or not clear:
        return sum(length >= 1.0 for length, _ in gaps)
    cuts = [0, *sorted(int(middle * rate) for _, middle in chosen), len(samples)]
    return [samples[begin:end] for begin, end in pairwise(cuts)]


def _gaps(found: list[tuple[int, int]]) -> Iterator[tuple[float, float]]:
    """Seconds of each pause, and where its middle is."""
    kept = [run for run in found if run[1] - run[0] >= _CLICK * 100]
    for (_, end), (begin, _) in pairwise(kept):
        if begin - end >= _PAUSE * 100:
            yield (begin - end) / 100, (begin + end) / 200
