"""When each sound of a known text is said: the best path through every way of saying it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SILENCE = 0
_PAUSE_COST = 1.0
_NEVER = -1e9

Ways = Sequence[Sequence[int]]
"""The pronunciations of one word, each a list of phone numbers."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A phone and the answers of the network that it fills: ``start`` to before ``end``."""

    phone: int
    start: int
    end: int
    word: int = -1
    """Which word of the text it belongs to; silence belongs to none."""


def align(likelihoods: npt.NDArray[np.float32], words: Sequence[Ways]) -> list[Segment]:
    """Silence, the words in order with pauses where there are any, silence.

    ``likelihoods``: answers by 2 * phones. Returns nothing when the utterance is too short.
    """
    phone, word, entries, exits = _states(words)
    first = np.arange(len(phone)) % 2 == 0
    columns = 2 * phone + ~first
    count = len(phone)
    score = np.full(count, _NEVER)
    score[0] = likelihoods[0, 0]
    back = np.zeros((len(likelihoods), count), np.int32)
    own = np.arange(count)
    before = np.maximum(own - 1, 0)
    inner = first.copy()
    for states, _ in entries:
        inner[states] = False
    for time in range(1, len(likelihoods)):
        best = np.where(first, _NEVER, score)
        source = own.copy()
        # A later frame follows the first; a first frame follows either frame of the phone before.
        for step, allowed in ((1, ~first), (1, inner), (2, inner)):
            reached = np.where(allowed, score[np.maximum(own - step, 0)], _NEVER)
            better = reached > best
            best = np.where(better, reached, best)
            source = np.where(better, before if step == 1 else np.maximum(own - 2, 0), source)
        for (states, cost), leaving in zip(entries, exits, strict=True):
            top = leaving[int(np.argmax(score[leaving]))]
            best[states] = score[top] - cost
            source[states] = top
        score = best + likelihoods[time, columns]
        back[time] = source
    ends = np.array([count - 2, count - 1])
    at = int(ends[np.argmax(score[ends])])
    if score[at] < _NEVER / 2:
        return []
    path = [at]
    for time in range(len(likelihoods) - 1, 0, -1):
        path.append(int(back[time, path[-1]]))
    path.reverse()
    starts = [0] + [t for t in range(1, len(path)) if first[path[t]]]
    return [
        Segment(int(phone[path[a]]), a, b, int(word[path[a]]))
        for a, b in zip(starts, [*starts[1:], len(path)], strict=True)
    ]


def _states(
    words: Sequence[Ways],
) -> tuple[
    npt.NDArray[np.int64],
    npt.NDArray[np.int64],
    list[tuple[npt.NDArray[np.int64], float]],
    list[npt.NDArray[np.int64]],
]:
    """Two states a phone. Each entry is reached from the exits of the same number."""
    phones: list[int] = [SILENCE]
    spoken: list[int] = [-1]
    entries: list[tuple[npt.NDArray[np.int64], float]] = []
    exits: list[npt.NDArray[np.int64]] = []
    leaving = [0, 1]
    for number, ways in enumerate(words):
        if number:
            pause = 2 * len(phones)
            phones.append(SILENCE)
            spoken.append(-1)
            entries.append((np.array([pause]), _PAUSE_COST))
            exits.append(np.array(leaving))
            leaving = [*leaving, pause, pause + 1]
        starts, ends = [], []
        for way in ways:
            starts.append(2 * len(phones))
            phones.extend(way)
            spoken += [number] * len(way)
            ends += [2 * len(phones) - 2, 2 * len(phones) - 1]
        entries.append((np.array(starts), 0.0))
        exits.append(np.array(leaving))
        leaving = ends
    entries.append((np.array([2 * len(phones)]), 0.0))
    exits.append(np.array(leaving))
    phones.append(SILENCE)
    spoken.append(-1)
    return np.repeat(np.array(phones), 2), np.repeat(np.array(spoken), 2), entries, exits


def evenly(answers: int, start: int, end: int, way: Sequence[int]) -> list[Segment]:
    """Where nothing is known yet: each phone equally long, between two silences."""
    bounds = np.linspace(max(1, start), min(end, answers - 1), len(way) + 1).round().astype(int)
    inside = [
        Segment(phone, int(a), int(b), 0)
        for phone, a, b in zip(way, bounds[:-1], bounds[1:], strict=True)
    ]
    ends = int(bounds[-1])
    return [Segment(SILENCE, 0, int(bounds[0])), *inside, Segment(SILENCE, ends, answers)]
