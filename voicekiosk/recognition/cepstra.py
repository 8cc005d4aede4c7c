"""Sound to cepstra exactly as PocketSphinx computes them: filters, noise removal, mean."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RATE = 16_000
HOP = 160
"""Samples from one cepstral frame to the next: 10 ms."""
_WINDOW, _FFT, _FILTERS, _CEPSTRA = 410, 512, 25, 13
_LOWEST, _HIGHEST = 130.0, 6800.0
_LOUDEST = 12_000.0
"""Every utterance is brought to this peak: the model was trained on speech of this level."""
_BEFORE, _AFTER = 4800, 6400
"""Samples of faint noise laid around an utterance, so that its edges are not cut."""
_LEAD, _TAIL = 20, 30
"""Frames kept around the speech."""
_PRIOR = 100.0
"""Frames that the mean of the training data weighs: one word alone is a poor mean."""


def _filters() -> npt.NDArray[np.float64]:
    step = RATE / _FFT
    low, high = 2595 * np.log10(1 + np.array([_LOWEST, _HIGHEST]) / 700)
    edges = 700 * (10 ** (np.linspace(low, high, _FILTERS + 2) / 2595) - 1)
    edges = np.floor(edges / step + 0.5) * step
    bank = np.zeros((_FFT // 2 + 1, _FILTERS))
    at = np.arange(_FFT // 2 + 1) * step
    for number in range(_FILTERS):
        left, middle, right = edges[number : number + 3]
        rising, falling = (at - left) / (middle - left), (right - at) / (right - middle)
        bank[:, number] = np.maximum(0, np.minimum(rising, falling)) * 2 / (right - left)
    return bank


def _cosines() -> npt.NDArray[np.float64]:
    angles = np.outer(np.arange(_CEPSTRA), np.arange(_FILTERS) + 0.5) * np.pi / _FILTERS
    basis = np.cos(angles) * np.sqrt(2 / _FILTERS)
    basis[0] = np.sqrt(1 / _FILTERS)
    lifter = 1 + 11 * np.sin(np.pi * np.arange(_CEPSTRA) / 22)
    return np.asarray(basis.T * lifter)


_BANK = _filters()
_BASIS = _cosines()
_HAMMING = 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(_WINDOW) / (_WINDOW - 1))


def cepstra(samples: npt.NDArray[np.float64]) -> Floats:
    """One row of 13 a frame; ``samples`` hold at least one window (410)."""
    lifted = np.r_[samples[0], samples[1:] - 0.97 * samples[:-1]]
    frames = np.lib.stride_tricks.sliding_window_view(lifted, _WINDOW)[::HOP] * _HAMMING
    spectrum = np.fft.rfft(frames, _FFT)
    power = (spectrum.real**2 + spectrum.imag**2) @ _BANK
    _remove_noise(power)
    return np.asarray(np.log(power + 1e-4) @ _BASIS, np.float32)


def _envelope(
    now: npt.NDArray[np.float64], before: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The floor under a signal: rises slowly, falls fast."""
    keep = np.where(now >= before, 0.995, 0.5)
    return np.asarray(keep * before + (1 - keep) * now)


def _remove_noise(power: npt.NDArray[np.float64]) -> None:
    """In place, what PocketSphinx calls ``remove_noise``; its model was trained with it."""
    smooth, noise, floor = power[0].copy(), power[0] / 20, power[0] / 20
    peak = np.zeros(_FILTERS)
    number = np.arange(_FILTERS)
    first, last = np.maximum(number - 4, 0), np.minimum(number + 4, _FILTERS - 1)
    for frame in power:
        smooth = 0.7 * smooth + 0.3 * frame
        noise = _envelope(smooth, noise)
        signal = np.maximum(smooth - noise, 1.0)
        floor = _envelope(signal, floor)
        peak *= 0.85
        masked = np.where(signal < 0.85 * peak, peak * 0.2, signal)
        peak = np.maximum(signal, peak)
        gain = np.clip(np.maximum(masked, floor) / smooth, 0.05, 20.0)
        sums = np.concatenate(([0.0], np.cumsum(gain)))
        frame *= (sums[last + 1] - sums[first]) / (last - first + 1)


def speech(samples: npt.NDArray[np.int16], mean: Floats) -> tuple[Floats, int]:
    """The cepstra of what was said, normalised, and how many frames of them are speech.

    ``mean`` is the cepstral mean of the training data. (0 rows, 0) when nothing was said.
    """
    if not len(samples) or not samples.any():
        return np.zeros((0, _CEPSTRA), np.float32), 0
    loudest = float(np.abs(samples.astype(np.float64)).max())
    noise = np.random.default_rng(0).standard_normal(_BEFORE + len(samples) + _AFTER)
    noise[:_BEFORE] *= 3
    noise[-_AFTER:] *= 3
    noise[_BEFORE:-_AFTER] += samples * (_LOUDEST / loudest)
    rows = cepstra(noise)
    energy = rows[:, 0]
    high, low = float(np.percentile(energy, 95)), float(np.percentile(energy, 8))
    loud = np.flatnonzero(energy > max(high - 45, min(low + 10, high - 18)))
    start, end = int(loud[0]), int(loud[-1]) + 1
    spoken = rows[start:end]
    settled = (spoken.sum(0) + _PRIOR * mean) / (len(spoken) + _PRIOR)
    return np.asarray(rows[max(0, start - _LEAD) : end + _TAIL] - settled, np.float32), end - start
