"""A telephone that lies in a drawer: it records words, in the forms telephones record in."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import soundfile

RATE = 48_000


def words(seconds: float, pitch: float = 140, level: float = 0.2, rate: int = RATE) -> np.ndarray:
    """Syllables four times a second, with no pause that could be taken for an end."""
    time = np.arange(int(seconds * rate)) / rate
    tone = sum(np.sin(2 * np.pi * pitch * k * time) / k for k in range(1, 15))
    return level * tone * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time))


def room(seconds: float, level: float = 0.0005, rate: int = RATE) -> np.ndarray:
    return np.random.default_rng(7).normal(0, level, int(seconds * rate))


def taken(speech: np.ndarray, rate: int = RATE, level: float = 0.0005) -> np.ndarray:
    """As a person does it: a finger on the button, a breath, the words, a breath, the finger."""
    before, after = room(0.8, level, rate), room(0.7, level, rate)
    tick = int(0.01 * rate)
    before[int(0.1 * rate) :][:tick] += 0.4
    after[-int(0.1 * rate) :][:tick] += 0.4
    return np.concatenate([before, speech + room(len(speech) / rate, level, rate), after])


def save(file: Path, sound: np.ndarray, rate: int = RATE) -> Path:
    """Written as its name ends; what soundfile does not know, by ffmpeg."""
    file.parent.mkdir(parents=True, exist_ok=True)
    codecs = {".m4a": "aac", ".3gp": "aac", ".amr": "libopencore_amrnb", ".webm": "libopus"}
    if codec := codecs.get(file.suffix):
        _by_ffmpeg(file, sound, rate, codec)
    elif file.suffix == ".opus":
        soundfile.write(file, sound, rate, format="OGG", subtype="OPUS")
    else:
        soundfile.write(file, sound, rate)
    return file


def _by_ffmpeg(file: Path, sound: np.ndarray, rate: int, codec: str) -> None:
    with av.open(str(file), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        whole = np.rint(np.clip(sound, -1, 1) * 32767).astype(np.int16)[None, :]
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=rate, frame_size=1024
        )
        frame = av.AudioFrame.from_ndarray(whole, format="s16", layout="mono")
        frame.rate, frame.pts = rate, 0
        if codec == "libopencore_amrnb":
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate, frame_size=160)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            for packet in stream.encode(part):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
