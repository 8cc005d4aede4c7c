"""The same recording as it sounds in a noisy hall, through a line, from across a room.

Levels follow the active speech level (the idea of ITU-T P.56: pauses do not count). Reverberation
is the statistical model of J.-D. Polack (1988): white noise that decays by 60 dB in RT60.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicekiosk.evaluation.corpus import Sound
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES

Samples = npt.NDArray[np.float64]

BEFORE, AFTER = round(0.3 * FRAME_RATE), round(0.5 * FRAME_RATE)
"""What the ear hands over around the speech: its pre-roll, and the silence that ends it."""
ROOM = 4 / 32768
"""The microphone's own noise: an amplitude of 4 of 32768, about -78 dBFS."""
TALKERS = 6
"""So many voices at once are babble; of fewer one could follow the words."""
RT60 = 0.8
"""Seconds; a waiting hall with hard walls."""
LOW, HIGH = 300.0, 3400.0
"""Hertz; the telephone band (ITU-T G.712)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is done to every recording before it is recognized."""

    name: str
    noise: str = ""
    snr: float = math.inf
    """Decibels from the active speech level down to the noise."""
    line: bool = False
    hall: bool = False


CONDITIONS = {
    condition.name: condition
    for condition in (
        Condition("quiet"),
        *(
            Condition(f"{noise}{snr}", noise, float(snr))
            for noise in ("white", "babble")
            for snr in (20, 10, 5)
        ),
        Condition("line", line=True),
        Condition("hall", hall=True),
    )
}
"""By name, in the order they are reported."""


def heard(
    sound: Sound,
    condition: Condition,
    random: np.random.Generator,
    others: Sequence[Sound] = (),
) -> bytes:
    """What the microphone delivers: whole frames, 16-bit little-endian.

    ``others`` are recordings of other words, to babble with.
    """
    speech = np.asarray(sound, np.float64)
    level = active_level(speech)
    if condition.hall:
        speech = reverberated(speech, random)
        speech *= level / max(active_level(speech), 1e-9)
    length = BEFORE + len(speech) + AFTER
    length += -length % FRAME_SAMPLES
    whole = np.zeros(length)
    whole[BEFORE : BEFORE + len(speech)] = speech
    if condition.noise:
        noise = babble(length, others, random) if condition.noise == "babble" else None
        if noise is None:
            noise = random.standard_normal(length)
        power = float(np.sqrt(np.mean(noise**2)))
        whole += noise * (level / max(power, 1e-9) * 10 ** (-condition.snr / 20))
    if condition.line:
        whole = band(whole)
    whole += random.standard_normal(length) * ROOM
    # What would clip is played softer: a clipped word is another trouble than a noisy one.
    whole *= min(1.0, 0.99 / float(np.abs(whole).max()))
    return np.round(whole * 32767).astype("<i2").tobytes()


def active_level(sound: Samples | Sound) -> float:
    """The root mean square of the 20 ms frames that are within 30 dB of the loudest."""
    whole = max(len(sound) // FRAME_SAMPLES, 1)
    samples = np.asarray(sound, np.float64)[: whole * FRAME_SAMPLES]
    power = np.array([np.mean(part**2) for part in np.array_split(samples, whole)])
    return float(np.sqrt(power[power >= power.max() * 1e-3].mean()))


def babble(length: int, others: Sequence[Sound], random: np.random.Generator) -> Samples | None:
    """Several voices talking without a pause, all equally loud; None when nobody is there."""
    if not others:
        return None
    mixed = np.zeros(length)
    for _ in range(TALKERS):
        said: list[Samples] = []
        while sum(map(len, said)) < 2 * length:
            one = np.asarray(others[int(random.integers(len(others)))], np.float64)
            said.append(one / max(active_level(one), 1e-9))
        stream = np.concatenate(said)
        start = int(random.integers(len(stream) - length))
        mixed += stream[start : start + length]
    return mixed


def reverberated(speech: Samples, random: np.random.Generator) -> Samples:
    """Direct sound and, equally strong, the hall's answer; as long as the hall rings."""
    length = round(RT60 * FRAME_RATE)
    decay = np.exp(-math.log(1000) * np.arange(length) / length)
    answer = random.standard_normal(length) * decay
    answer /= np.sqrt(np.sum(answer**2))
    answer[0] += 1.0
    size = len(speech) + length - 1
    return np.fft.irfft(np.fft.rfft(speech, size) * np.fft.rfft(answer, size), size)


def band(sound: Samples) -> Samples:
    """Only what a telephone line lets through; the edges are cosines, 100 and 300 Hz wide."""
    hertz = np.fft.rfftfreq(len(sound), 1 / FRAME_RATE)
    rising = np.clip((hertz - (LOW - 100)) / 100, 0, 1)
    falling = np.clip((HIGH + 300 - hertz) / 300, 0, 1)
    passed = (0.5 - 0.5 * np.cos(np.pi * rising)) * (0.5 - 0.5 * np.cos(np.pi * falling))
    return np.fft.irfft(np.fft.rfft(sound) * passed, len(sound))
