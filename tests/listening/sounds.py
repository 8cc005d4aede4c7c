"""What a microphone in a hall picks up: synthetic speech, hum, fans, crowds, knocks, breath."""

import functools

import numpy as np
import soxr

from voicekiosk.core.types import KYRGYZ, Locale
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES
from voicekiosk.synthesis.espeak import EspeakSynthesizer

Sound = np.ndarray
"""Samples from -1 to 1 at FRAME_RATE."""


@functools.cache
def say(text: str, locale: Locale = KYRGYZ, level: float = -22.0) -> Sound:
    """Speech and nothing around it, at this level in dBFS."""
    pcm = EspeakSynthesizer().render(text, locale)
    sound = np.frombuffer(pcm.samples, "<i2").astype(np.float64) / 32768
    sound = soxr.resample(sound, pcm.rate, FRAME_RATE)
    loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max() / 50)
    return at(level, sound[loud[0] : loud[-1] + 1])


def at(level: float, sound: Sound) -> Sound:
    return sound * 10 ** (level / 20) / np.sqrt(np.mean(sound**2))


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * FRAME_RATE))


def hiss(seconds: float, level: float = -70.0, seed: int = 1) -> Sound:
    return at(level, np.random.default_rng(seed).normal(0, 1, round(seconds * FRAME_RATE)))


def hum(seconds: float, level: float = -30.0) -> Sound:
    """Mains hum of a cheap cable, 50 Hz and its overtones."""
    time = np.arange(round(seconds * FRAME_RATE)) / FRAME_RATE
    return at(level, sum(np.sin(2 * np.pi * 50 * n * time + n) / n for n in (1, 2, 3)))


def fan(seconds: float, level: float = -35.0) -> Sound:
    spectrum = np.fft.rfft(hiss(seconds, seed=2))
    pitch = np.fft.rfftfreq(round(seconds * FRAME_RATE), 1 / FRAME_RATE)
    return at(level, np.fft.irfft(spectrum / np.maximum(pitch, 60) ** 0.8, len(spectrum) * 2 - 2))


CROWD = (
    "бүгүн аба ырайы жакшы болот",
    "ошол кезде биз базарда элек",
    "анан эмне деди",
    "келе жатам",
)


def crowd(seconds: float, level: float = -40.0, people: int = 8) -> Sound:
    """A hall of people who talk among themselves."""
    hall = silence(seconds)
    for person in range(people):
        talk = np.concatenate(
            [np.append(say(CROWD[(person + n) % 4]), silence(0.1)) for n in range(4)]
        )
        speed = 0.85 + 0.05 * person
        talk = soxr.resample(talk, FRAME_RATE, FRAME_RATE * speed)
        hall += np.resize(np.roll(talk, person * 7919), len(hall)) * (0.5 + 0.1 * person)
    return at(level, hall)


def knock(level: float = -12.0) -> Sound:
    """The handset hits the desk: a thud that dies away within a tenth of a second."""
    time = np.arange(round(0.12 * FRAME_RATE)) / FRAME_RATE
    thud = np.sin(2 * np.pi * 180 * time) + np.random.default_rng(3).normal(0, 0.5, len(time))
    return thud * np.exp(-time / 0.02) * 10 ** (level / 20)


def breath(seconds: float = 0.5, level: float = -32.0) -> Sound:
    """Somebody breathes out into the mouthpiece."""
    return at(level, hiss(seconds, seed=4) * np.hanning(round(seconds * FRAME_RATE)))


def over(background: Sound, *placed: tuple[float, Sound]) -> Sound:
    """Sounds laid over a background, each at its second."""
    sound = background.copy()
    for seconds, part in placed:
        begin = round(seconds * FRAME_RATE)
        sound[begin : begin + len(part)] += part[: len(sound) - begin]
    return sound


def frames(sound: Sound) -> list[bytes]:
    samples = (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
    step = FRAME_SAMPLES * 2
    return [samples[n : n + step] for n in range(0, len(samples) - step + 1, step)]


def seconds_of(sound: Sound) -> float:
    return len(sound) / FRAME_RATE
