"""The best way of saying a known text through a clip, and the best sounds of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicekiosk.recognition.acoustics import Doubles, Floats

Ints = npt.NDArray[np.int64]
Ways = Sequence[tuple[int, ...]]
"""How one word may be said: each way a list of phone numbers."""

SILENCE = 0
_PAUSE = np.float32(1.0)
"""Nats of a pause between two words, as in the kiosk's own graph."""
_RAREST = 1e-5
_NEVER = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Said:
    """One sound on the best path: which, of which word and way, and its answers."""

    phone: int
    word: int
    """-1 is a pause."""
    way: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sounds:
    """The likeliest sounds of any kind."""

    gained: Doubles
    """Nats that each answer adds to the best path."""
    phones: tuple[int, ...]


class Chain:
    """Silence or none, the words in order, pauses where there are any, silence or none."""

    def __init__(self, words: Sequence[Ways]) -> None:
        phones, owner, way_of = [SILENCE], [-1], [0]
        self._entries: list[list[int]] = []
        self._exits: list[list[int]] = []
        self._pauses = [0]
        for number, ways in enumerate(words):
            starts, ends = [], []
            for which, way in enumerate(ways):
                starts.append(len(phones))
                phones += way
                owner += [number] * len(way)
                way_of += [which] * len(way)
                ends.append(len(phones) - 1)
            self._entries.append(starts)
            self._exits.append(ends)
            self._pauses.append(len(phones))
            phones.append(SILENCE)
            owner.append(-1)
            way_of.append(0)
        self._phones, self._owner, self._way = np.array(phones), owner, way_of
        self._before = {state: n for n, starts in enumerate(self._entries) for state in starts}

    def best(self, likelihoods: Floats) -> tuple[float, list[Said]]:
        """Nats of the best path and its sounds; no sounds when the clip is too short for any."""
        first, rest = self._walked(likelihoods)
        ends = [*self._exits[-1], self._pauses[-1]]
        last = np.maximum(first[-1], rest[-1])
        state = max(ends, key=lambda at: float(last[at]))
        if last[state] < _NEVER / 2:
            return float(last[state]), []
        said: list[Said] = []
        end, inside = len(likelihoods), bool(rest[-1][state] > first[-1][state])
        for time in range(len(likelihoods) - 1, -1, -1):
            if time and inside:
                inside = bool(rest[time - 1][state] > first[time - 1][state])
                continue
            said.append(
                Said(int(self._phones[state]), self._owner[state], self._way[state], time, end)
            )
            if time:
                end = time
                before = np.maximum(first[time - 1], rest[time - 1])
                state = max(self._sources(state), key=lambda at: float(before[at]))
                inside = bool(rest[time - 1][state] > first[time - 1][state])
        return float(last[ends].max()), said[::-1]

    def _walked(self, likelihoods: Floats) -> tuple[Floats, Floats]:
        """For each answer and phone: the best path that enters it there, or stays in it."""
        heard_first = likelihoods[:, 2 * self._phones]
        heard_rest = likelihoods[:, 2 * self._phones + 1]
        first, rest = np.full_like(heard_first, _NEVER), np.full_like(heard_rest, _NEVER)
        entries = np.array([state for starts in self._entries for state in starts])
        hub_of = np.repeat(np.arange(len(self._entries)), [len(s) for s in self._entries])
        exits = np.array([state for ends in self._exits for state in ends])
        groups = np.cumsum([0, *(len(ends) for ends in self._exits)])[:-1]
        pauses = np.array(self._pauses)
        opening = [SILENCE, *self._entries[0]]
        first[0, opening] = heard_first[0, opening]
        hub = np.empty(len(self._entries), np.float32)
        entered = np.empty(len(self._phones), np.float32)
        for time in range(1, len(likelihoods)):
            before = np.maximum(first[time - 1], rest[time - 1])
            np.add(before, heard_rest[time], out=rest[time])
            over = np.maximum.reduceat(before[exits], groups)
            hub[0] = before[0]
            np.maximum(over[:-1], before[pauses[1:-1]], out=hub[1:])
            entered[1:] = before[:-1]
            entered[0] = _NEVER
            entered[entries] = hub[hub_of]
            entered[pauses[1:]] = over - _PAUSE
            np.add(entered, heard_first[time], out=first[time])
        return first, rest

    def _sources(self, state: int) -> list[int]:
        if state in self._before:
            number = self._before[state]
            return [*self._exits[number - 1], self._pauses[number]] if number else [0]
        if self._owner[state] < 0:
            return self._exits[self._pauses.index(state) - 1]
        return [state - 1]


class AnySounds:
    """A loop of all phones, each as likely after another as in Kyrgyz."""

    def __init__(self, bigram: Doubles) -> None:
        self._following = np.log(np.maximum(bigram, _RAREST))

    def best(self, likelihoods: Floats) -> Sounds:
        if not len(likelihoods):
            return Sounds(np.zeros(0), ())
        count = len(self._following)
        first = likelihoods[0, ::2] + self._following[SILENCE]
        first[SILENCE] = likelihoods[0, 0]
        rest = np.full(count, float(_NEVER))
        tops, came = [float(first.max())], np.zeros((len(likelihoods), count), np.int64)
        stayed = np.zeros((len(likelihoods), count), bool)
        for time in range(1, len(likelihoods)):
            stayed[time] = rest > first
            before = np.maximum(first, rest)
            ways = before[:, None] + self._following
            came[time] = ways.argmax(0)
            first = ways.max(0) + likelihoods[time, ::2]
            rest = before + likelihoods[time, 1::2]
            tops.append(float(max(first.max(), rest.max())))
        phone = int(np.maximum(first, rest).argmax())
        inside = bool(rest[phone] > first[phone])
        phones = [phone]
        for time in range(len(likelihoods) - 1, 0, -1):
            if not inside:
                phone = int(came[time, phone])
                phones.append(phone)
            inside = bool(stayed[time, phone])
        return Sounds(np.diff([0.0, *tops]), tuple(phones[::-1]))
