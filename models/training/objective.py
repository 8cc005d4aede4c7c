"""Lattice-free maximum mutual information: the text's likelihood against that of any sounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from .alignment import Segment

_NEVER = -1e4
_SMOOTHING = 20.0


def bigram(sequences: Sequence[Sequence[int]], phones: int) -> npt.NDArray[np.float64]:
    """How likely each phone follows each, of phone sequences that begin and end in silence."""
    pairs = np.zeros((phones, phones))
    each = np.ones(phones)
    for sequence in sequences:
        for left, right in pairwise(sequence):
            pairs[left, right] += 1
            each[right] += 1
    each /= each.sum()
    followed = (pairs + _SMOOTHING * each) / (pairs.sum(1, keepdims=True) + _SMOOTHING)
    return np.asarray(followed / followed.sum(1, keepdims=True))


class AnySounds:
    """The denominator: every sequence of phones, weighed as often as they follow each other."""

    def __init__(self, followed: npt.NDArray[np.float64]) -> None:
        phones = len(followed)
        steps = np.zeros((2 * phones, 2 * phones))
        for phone in range(phones):
            first, later = 2 * phone, 2 * phone + 1
            steps[first, later] = steps[later, later] = 0.5
            steps[first, 0::2] = steps[later, 0::2] = 0.5 * followed[phone]
        self._steps = torch.tensor(steps, dtype=torch.float32)
        self._start = torch.zeros(2 * phones)
        self._start[0] = 1
        self._end = torch.zeros(2 * phones)
        self._end[:2] = 1

    def __call__(self, likelihoods: Tensor, counts: Sequence[int]) -> Tensor:
        """(batch, answers, 2 * phones) to the log-likelihood of each utterance."""
        frames = likelihoods.transpose(0, 1)
        tops = frames.detach().max(2, keepdim=True)[0]
        scaled = (frames - tops).exp()
        mass = self._start[None] * scaled[0]
        total = tops[0, :, 0]
        lengths = torch.tensor(counts)
        result = torch.zeros(len(counts))
        for time in range(len(frames)):
            if time:
                mass = (mass @ self._steps) * scaled[time]
                total = total + tops[time, :, 0]
            whole = mass.sum(1, keepdim=True)
            mass = mass / whole
            total = total + whole[:, 0].log()
            ending = lengths == time + 1
            if ending.any():
                closed = total + ((mass * self._end).sum(1) + 1e-20).log()
                result = torch.where(ending, closed, result)
        return result


class ThisText:
    """The numerator: the phones of each alignment, each bound within ``slack`` answers of it."""

    def __init__(
        self, alignments: Sequence[Sequence[Segment]], counts: Sequence[int], slack: int
    ) -> None:
        longest, most = max(counts), 2 * max(map(len, alignments))
        self._columns = torch.zeros(len(counts), most, dtype=torch.long)
        self._allowed = torch.zeros(longest, len(counts), most, dtype=torch.bool)
        self._last = torch.tensor([[2 * len(a) - 1] for a in alignments])
        self._counts = counts
        self.classes = torch.full((len(counts), longest), -1)
        """The phone of each answer; -1 after the end."""
        for row, alignment in enumerate(alignments):
            for at, segment in enumerate(alignment):
                place = slice(2 * at, 2 * at + 2)
                self._columns[row, place] = 2 * segment.phone + torch.arange(2)
                begin, end = max(0, segment.start - slack), min(counts[row], segment.end + slack)
                self._allowed[begin:end, row, place] = True
                self.classes[row, segment.start : min(segment.end, counts[row])] = segment.phone

    def __call__(self, likelihoods: Tensor) -> Tensor:
        """(batch, answers, 2 * phones) to the log-likelihood of each text."""
        frames = likelihoods.transpose(0, 1)
        states = self._columns.shape[1]
        scores = frames.gather(2, self._columns[None].expand(len(frames), -1, -1))
        scores = scores.masked_fill(~self._allowed, _NEVER)
        later = (torch.arange(states) % 2 == 1)[None]
        nothing = torch.full_like(scores[0], _NEVER)
        mass = torch.where(torch.arange(states)[None] == 0, scores[0], nothing)
        gap = nothing[:, :1]
        lengths = torch.tensor(self._counts)
        result = torch.zeros(len(self._counts))
        for time in range(len(frames)):
            if time:
                previous = torch.cat([gap, mass[:, :-1]], 1)
                skipped = torch.cat([gap, gap, mass[:, :-2]], 1)
                staying = torch.where(later, mass, nothing)
                skipping = torch.where(later, nothing, skipped)
                ways = torch.stack([staying, previous, skipping])
                mass = torch.logsumexp(ways, 0) + math.log(0.5) + scores[time]
                mass = mass.clamp(min=10 * _NEVER)
            ending = lengths == time + 1
            if ending.any():
                ends = (mass.gather(1, self._last), mass.gather(1, self._last - 1))
                closed = torch.logsumexp(torch.cat(ends, 1), 1)
                result = torch.where(ending, closed, result)
        return result
