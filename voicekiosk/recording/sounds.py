"""The sounds of a recording: tones that lead to it, a take to be played, a take as a file."""

from __future__ import annotations

import io

import numpy as np
import soundfile  # type: ignore[import-untyped]
import soxr  # type: ignore[import-untyped]

from voicekiosk.core.types import Clip, Pcm, Seconds
from voicekiosk.ports import PLAYBACK_RATE


def clip_of(pcm: Pcm) -> Clip:
    """A take as it can be played."""
    heard = np.frombuffer(pcm.samples, "<i2").astype(np.float32)
    played = soxr.resample(heard, pcm.rate, PLAYBACK_RATE)
    samples = np.clip(np.rint(played), -32768, 32767).astype("<i2").tobytes()
    return Clip(Pcm(samples, PLAYBACK_RATE), (Seconds(0),), "take", recorded=True)


def flac(pcm: Pcm) -> bytes:
    """16-bit mono FLAC at the microphone's own rate."""
    buffer = io.BytesIO()
    samples = np.frombuffer(pcm.samples, "<i2")
    soundfile.write(buffer, samples, pcm.rate, format="FLAC", subtype="PCM_16")
    return buffer.getvalue()


def pcm_of(encoded: bytes) -> Pcm:
    """A take as it was written. Raises ValueError."""
    try:
        samples, rate = soundfile.read(io.BytesIO(encoded), dtype="int16", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError) as error:
        raise ValueError(f"not readable as sound ({error})") from error
    return Pcm(samples[:, 0].astype("<i2").tobytes(), int(rate))


def tone(hertz: float, seconds: float, level: float = 0.25, after: float = 0.0) -> Clip:
    """A tone without clicks, and silence after it."""
    at = np.arange(round(seconds * PLAYBACK_RATE)) / PLAYBACK_RATE
    fade = np.minimum(1, np.minimum(at, seconds - at) / 0.02)
    wave = np.sin(2 * np.pi * hertz * at) * fade * level * 32767
    samples = wave.astype("<i2").tobytes() + bytes(2 * round(after * PLAYBACK_RATE))
    return Clip(Pcm(samples, PLAYBACK_RATE), (Seconds(0),), "tone", recorded=False)


BEEP = tone(880.0, 0.18)
"""Now speak."""
