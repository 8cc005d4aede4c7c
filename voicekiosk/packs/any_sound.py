"""Reads sound in whatever form a telephone or a recorder has left it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voicekiosk.ports import PromptError
from voicekiosk.prompts.sound import LONGEST, Samples

ENDINGS = frozenset(
    f".{ending}"
    for ending in (
        *("wav", "flac", "ogg", "oga", "opus", "mp3", "m4a", "mp4", "aac", "amr"),
        *("3gp", "3gpp", "3ga", "wma", "aif", "aiff", "caf", "webm", "mka"),
    )
)
"""By these a recording is known from everything else that lies in a folder."""


def read_any(file: Path, longest: float = LONGEST) -> tuple[Samples, int]:
    """Mono samples and their rate. Raises PromptError naming the file."""
    try:
        try:
            samples, rate = _by_soundfile(file, longest)
        except _NotKnown:
            samples, rate = _by_ffmpeg(file, longest)
    except (OSError, ValueError, MemoryError, ImportError) as error:
        why = getattr(error, "strerror", None) or str(error) or "it is damaged"
        raise PromptError(
            f"{file.name} cannot be read as sound: {why}", "Play it; then copy or record it again."
        ) from error
    if not len(samples) or not np.isfinite(samples).all():
        raise PromptError(f"{file.name} holds no sound", "Record it again.")
    return samples, rate


class _NotKnown(Exception):
    """Another reader may know this form of sound."""


def _by_soundfile(file: Path, longest: float) -> tuple[Samples, int]:
    import soundfile  # type: ignore[import-untyped]

    with file.open("rb"):  # a file that is not there is no matter of forms
        pass
    try:
        with soundfile.SoundFile(file) as sound:
            if sound.frames > longest * sound.samplerate:
                raise ValueError(_too_long(longest))
            frames = sound.read(dtype="float32", always_2d=True)
            return frames.mean(axis=1, dtype=np.float64), int(sound.samplerate)
    except (soundfile.SoundFileError, TypeError) as error:
        raise _NotKnown from error


def _by_ffmpeg(file: Path, longest: float) -> tuple[Samples, int]:
    import av

    try:
        with av.open(file) as container:
            if not container.streams.audio:
                raise ValueError("there is no sound in it")
            stream = container.streams.audio[0]
            rate = stream.rate
            if not rate:
                raise ValueError("it does not tell its rate")
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
            parts: list[np.ndarray] = []
            length = 0
            for frame in container.decode(stream):
                for part in resampler.resample(frame):
                    parts.append(part.to_ndarray().reshape(-1))
                    length += part.samples
                if length > longest * rate:  # what the file says of its length may be a lie
                    raise ValueError(_too_long(longest))
            parts += [part.to_ndarray().reshape(-1) for part in resampler.resample(None)]
    except av.FFmpegError as error:
        raise ValueError(error.strerror or "it is damaged") from error
    return np.concatenate(parts or [np.zeros(0)]).astype(np.float64), int(rate)


def _too_long(longest: float) -> str:
    return f"longer than {longest:.0f} seconds"
