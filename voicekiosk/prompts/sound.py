"""Makes speech alike wherever it comes from: one rate, trimmed, equally loud, never clipped."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from voicekiosk.core.types import Pcm
from voicekiosk.ports import PLAYBACK_RATE

Samples = npt.NDArray[np.float64]

LOUDNESS = -16.0
"""LUFS of every clip."""
TOLERANCE = 1.0
CEILING = 10 ** (-1.5 / 20)
"""Sample peak; leaves half a decibel to what lies between the samples: -1 dBFS true peak."""
SILENT = 10 ** (-50 / 20)
"""A clip whose loudest moment is below this says nothing."""
LONGEST = 240.0
"""Seconds; the dialogue gives a prompt up after this, and a damaged file may claim anything."""
MOST_CHANNELS, MOST_RATE = 8, 192_000
_FRAME = PLAYBACK_RATE // 100
_BLOCK = 64
_READ = 1 << 16


def samples_of(pcm: Pcm) -> Samples:
    """PCM as floats at PLAYBACK_RATE."""
    return resampled(np.frombuffer(pcm.samples, "<i2") / 32768.0, pcm.rate)


def pcm_of(samples: Samples) -> Pcm:
    whole = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype("<i2")
    return Pcm(whole.tobytes(), PLAYBACK_RATE)


def resampled(samples: Samples, rate: int) -> Samples:
    if rate == PLAYBACK_RATE:
        return samples
    import soxr  # type: ignore[import-untyped]

    result: Samples = soxr.resample(samples, rate, PLAYBACK_RATE)
    return result


def decode(encoded: bytes | Path) -> Samples:
    """Opus, FLAC or WAV to mono floats at PLAYBACK_RATE. Raises OSError or ValueError."""
    with _opened(encoded) as sound:
        mono, done, rate = np.zeros(sound.frames), 0, sound.samplerate
        # By blocks: a small file of silence in many channels would fill the memory.
        while len(block := sound.read(_READ, dtype="float64", always_2d=True)):
            fits = block[: len(mono) - done].mean(axis=1)
            mono[done : done + len(fits)] = fits
            done += len(block)
    if not np.isfinite(mono).all():
        raise ValueError("holds samples that are no numbers")
    return resampled(mono[:done], rate)


def duration(encoded: bytes | Path) -> float:
    """Seconds, as the file itself claims. Raises OSError or ValueError."""
    with _opened(encoded) as sound:
        return float(sound.frames / sound.samplerate)


@contextmanager
def _opened(encoded: bytes | Path) -> Iterator[Any]:
    import soundfile  # type: ignore[import-untyped]

    source: Any = io.BytesIO(encoded) if isinstance(encoded, bytes) else encoded
    try:
        with soundfile.SoundFile(source) as sound:
            if sound.frames > LONGEST * sound.samplerate:
                raise ValueError(f"longer than {LONGEST:.0f} seconds")
            if sound.channels > MOST_CHANNELS or not 0 < sound.samplerate <= MOST_RATE:
                raise ValueError(f"of {sound.channels} channels at {sound.samplerate} Hz")
            yield sound
    except soundfile.SoundFileError as error:
        raise ValueError(f"not readable as sound ({error})") from error


def encode(samples: Samples, codec: str) -> bytes:
    """``opus`` for packs, ``flac`` for the cache, ``wav`` for people."""
    import soundfile

    buffer = io.BytesIO()
    if codec == "opus":
        soundfile.write(
            buffer, samples, PLAYBACK_RATE, format="OGG", subtype="OPUS", compression_level=0.95
        )
    else:
        soundfile.write(buffer, samples, PLAYBACK_RATE, format=codec.upper(), subtype="PCM_16")
    return buffer.getvalue()


def peak(samples: Samples) -> float:
    return float(np.abs(samples).max(initial=0.0))


def is_silent(samples: Samples) -> bool:
    return len(samples) < _FRAME or float(_levels(samples).max()) < SILENT


def _levels(samples: Samples) -> Samples:
    """RMS of each 10 ms."""
    whole = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    levels: Samples = np.sqrt((whole**2).mean(axis=1))
    return levels


def trimmed(samples: Samples) -> tuple[Samples, float]:
    """Without the silence around the speech, and how many seconds were cut from its start."""
    levels = _levels(samples)
    if not len(levels):
        return samples, 0.0
    loud = np.flatnonzero(levels > max(SILENT / 10, float(levels.max()) * 0.01))
    if not len(loud):
        return samples, 0.0
    # 80 ms after, for soft consonants and the room's tail; before, every 10 ms is waited for.
    start = max(0, int(loud[0]) - 1) * _FRAME
    end = min(len(samples), (int(loud[-1]) + 9) * _FRAME)
    kept = samples[start:end].copy()
    edge = min(len(kept) // 2, PLAYBACK_RATE // 200)
    ramp = np.linspace(0.0, 1.0, edge)
    kept[:edge] *= ramp
    kept[len(kept) - edge :] *= ramp[::-1]
    return kept, start / PLAYBACK_RATE


def loudness(samples: Samples) -> float:
    """Integrated LUFS (ITU-R BS.1770)."""
    # Brings scipy, half a second: only when something must be measured.
    import pyloudnorm  # type: ignore[import-untyped]

    # The meter needs 0.4 s: a short word is measured as if it were said again and again.
    needed = PLAYBACK_RATE // 2
    if 0 < len(samples) < needed:
        samples = np.tile(samples, -(-needed // len(samples)))
    return float(pyloudnorm.Meter(PLAYBACK_RATE).integrated_loudness(samples))


def limited(samples: Samples, ceiling: float = CEILING) -> Samples:
    """No sample above ``ceiling``: the gain ducks smoothly around each peak."""
    if peak(samples) <= ceiling:
        return samples
    count = -(-len(samples) // _BLOCK)
    padded = np.pad(samples, (0, count * _BLOCK - len(samples)))
    highest = np.abs(padded.reshape(count, _BLOCK)).max(axis=1)
    gain = np.minimum(1.0, ceiling / np.maximum(highest, 1e-9))
    # Least of a block and its neighbours, so that interpolating between blocks never overshoots.
    walled = np.pad(gain, 1, constant_values=1.0)
    least = np.minimum(np.minimum(walled[:-2], walled[1:-1]), walled[2:])
    centres = np.arange(count) * _BLOCK + _BLOCK / 2
    result: Samples = samples * np.interp(np.arange(len(samples)), centres, least)
    return result


def levelled(samples: Samples) -> Samples:
    """At LOUDNESS, limited. Limiting takes loudness away, so it is put back in rounds."""
    level = loudness(samples)
    if not np.isfinite(level):
        return limited(samples)
    gain = LOUDNESS - level
    result = limited(samples * 10 ** (gain / 20))
    for _ in range(4):
        lack = LOUDNESS - loudness(result)
        if abs(lack) < TOLERANCE / 5:
            break
        gain += lack
        result = limited(samples * 10 ** (gain / 20))
    return result
