"""Where a voice may be heard: speed, level, room, telephone line, noise and other voices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import signal  # type: ignore[import-untyped]

from .speech import RATE, Samples

Chance = np.random.Generator
_LINE = signal.butter(4, (300, 3400), "bandpass", fs=RATE, output="sos")
_FLOOR = 2.0
"""The hiss of a good microphone, in units of 16-bit samples."""


def level(sound: Samples) -> float:
    """The root of the mean power of the louder half."""
    power = np.sort(np.square(sound, dtype=np.float64))
    return float(np.sqrt(power[len(power) // 2 :].mean() + 1e-9))


def white(count: int, chance: Chance) -> Samples:
    return chance.standard_normal(count).astype(np.float32)


def coloured(count: int, chance: Chance, slope: float) -> Samples:
    """Noise whose power falls by ``slope`` powers of the frequency; 1 is pink, 2 is brown."""
    bins = np.fft.rfft(chance.standard_normal(count))
    bins *= np.maximum(np.arange(len(bins)) * RATE / count, 40.0) ** (-slope / 2)
    return np.asarray(np.fft.irfft(bins, count), np.float32)


def hum(count: int, chance: Chance) -> Samples:
    """Mains, fans and cooling: 50 Hz and its multiples over brown noise."""
    time = np.arange(count) / RATE
    tones = sum(
        chance.random() / k * np.sin(2 * np.pi * (50 * k * time + chance.random()))
        for k in range(1, 16)
    )
    rest = coloured(count, chance, 2.0)
    return np.asarray(tones + chance.uniform(0.2, 1.0) * rest / (rest.std() + 1e-9), np.float32)


def babble(count: int, chance: Chance, voices: Sequence[Samples], speakers: int = 4) -> Samples:
    """Other people talking at once, each at nearly the same level."""
    total = np.zeros(count, np.float32)
    for _ in range(speakers):
        spoken = np.zeros(0, np.float32)
        while len(spoken) < count + RATE:
            voice = np.asarray(voices[int(chance.integers(len(voices)))], np.float32)
            spoken = np.concatenate([spoken, voice / level(voice)])
        start = int(chance.integers(len(spoken) - count))
        total += spoken[start : start + count] * chance.uniform(0.5, 1.0)
    return total


def with_noise(sound: Samples, noise: Samples, decibels: float, loud: float) -> Samples:
    """The noise so many decibels under the level ``loud``."""
    power = float(np.sqrt(np.mean(np.square(noise, dtype=np.float64))) + 1e-9)
    return np.asarray(sound + noise * (loud * 10 ** (-decibels / 20) / power), np.float32)


def through_line(sound: Samples) -> Samples:
    """A telephone handset: 300 to 3400 Hz."""
    return np.asarray(signal.sosfilt(_LINE, sound), np.float32)


def in_room(sound: Samples, chance: Chance, seconds: float, share: float) -> Samples:
    """Reverberation that fades by 60 dB in so many seconds; ``share``: its power to the direct."""
    count = int(seconds * RATE)
    tail = chance.standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    tail[: RATE // 400] = 0
    tail *= np.sqrt(share / np.square(tail).sum())
    tail[0] = 1.0
    return np.asarray(signal.fftconvolve(sound, tail)[: len(sound)], np.float32)


def at_speed(sound: Samples, factor: float) -> Samples:
    """Played faster or slower: the voice becomes that of a smaller or larger person."""
    places = np.arange(0, len(sound) - 1, factor)
    return np.asarray(np.interp(places, np.arange(len(sound)), sound), np.float32)


def framed(sound: Samples, chance: Chance, before: int, after: int) -> Samples:
    """With the hiss of a quiet room before, after and under it."""
    whole = np.concatenate([np.zeros(before), sound, np.zeros(after)])
    return np.asarray(whole + _FLOOR * chance.standard_normal(len(whole)), np.float32)


def somewhere(sound: Samples, loud: float, chance: Chance, voices: Sequence[Samples]) -> Samples:
    """The same sound as it may arrive: each hindrance has a chance of its own."""
    count = len(sound)
    heard = sound
    if chance.random() < 0.35:
        room = float(chance.uniform(0.15, 0.9)), float(chance.uniform(0.05, 0.9))
        heard = in_room(heard, chance, *room)
    kind = chance.random()
    if kind < 0.85:
        if kind < 0.25:
            noise = white(count, chance)
        elif kind < 0.40:
            noise = coloured(count, chance, float(chance.uniform(0.5, 2.0)))
        elif kind < 0.50:
            noise = hum(count, chance)
        else:
            noise = babble(count, chance, voices, int(chance.integers(1, 7)))
        heard = with_noise(heard, noise, float(chance.uniform(3, 28)), loud)
    if chance.random() < 0.25:
        heard = through_line(heard)
    if chance.random() < 0.3:  # a microphone that prefers low or high tones
        heard = np.asarray(signal.lfilter([1, chance.uniform(-0.4, 0.4)], [1], heard), np.float32)
    loudest = float(np.abs(heard).max()) + 1e-9
    return heard * np.float32(10 ** chance.uniform(2.9, 4.45) / loudest)
