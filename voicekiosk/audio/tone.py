"""The kiosk plays a tone and listens whether it arrives: the whole way through the air at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from voicekiosk.core.staff import Sound
from voicekiosk.core.types import Clip, Pcm, Seconds
from voicekiosk.ports import FRAME_RATE, PLAYBACK_RATE, AudioError, Microphone, Player

HERTZ, BESIDE = 1000.0, (800.0, 1250.0)
SECONDS, BEFORE, AFTER = 1.2, 0.6, 0.6
"""Of the tone, and of the quiet around it that it is compared with."""
CLEAR, PURE = 12.0, 8.0
"""How many dB the tone must stand above the quiet, and above its neighbours."""
FAINT = -50
"""Below this (dBFS) nobody's voice would be understood either."""
_WINDOW, _HOP, _LASTING = 0.1, 0.05, 10
_PATIENCE = 5.0
_SILENCE = -120.0


def _sine(hertz: float, seconds: float, level: float) -> Clip:
    at = np.arange(round(seconds * PLAYBACK_RATE)) / PLAYBACK_RATE
    fade = np.minimum(1, np.minimum(at, seconds - at) / min(0.02, seconds / 4))
    wave = np.sin(2 * np.pi * hertz * at) * fade * level * 32767
    pcm = Pcm(wave.astype("<i2").tobytes(), PLAYBACK_RATE)
    return Clip(pcm, (Seconds(0),), "tone", recorded=False)


TONE = _sine(HERTZ, SECONDS, 0.35)
CLICK = _sine(1800.0, 0.02, 0.2)
"""A key was felt."""


class Tap:
    """Where the ear's frames run through; they are kept only while somebody ``listens``."""

    def __init__(self, clean: Callable[[bytes], bytes]) -> None:
        self._clean = clean
        self._kept: list[bytes] | None = None

    def __call__(self, frame: bytes) -> bytes:
        self.take(frame)
        return self._clean(frame)

    def take(self, frame: bytes) -> None:
        if (kept := self._kept) is not None:
            kept.append(frame)

    def listens(self) -> list[bytes]:
        kept: list[bytes] = []
        self._kept = kept
        return kept

    def forgets(self) -> None:
        self._kept = None


def hear_tone(player: Player, tap: Tap, microphone: Microphone) -> tuple[Sound, int]:
    """What arrived of the tone, and its level in dBFS. ``microphone`` is opened only if the ear
    delivers nothing, as when its model is missing."""
    ended, pause = threading.Event(), threading.Event()
    frames = tap.listens()
    own = False
    try:
        pause.wait(BEFORE)
        if not frames:
            try:
                microphone.open(tap.take, lambda _: None)
            except AudioError:
                return Sound.NO_MICROPHONE, 0
            own = True
            pause.wait(BEFORE)
        player.stop()
        try:
            player.play([TONE], lambda *_: None, ended.set)
        except AudioError:
            return Sound.NO_SPEAKER, 0
        if not ended.wait(_PATIENCE):
            return Sound.NO_SPEAKER, 0
        pause.wait(AFTER)
        return judged(b"".join(frames))
    finally:
        tap.forgets()
        if own:
            microphone.close()


def judged(heard: bytes) -> tuple[Sound, int]:
    """Whether the tone is in what was heard, and how loud (dBFS)."""
    samples = np.frombuffer(heard, "<i2").astype(np.float64)
    if not samples.size:
        return Sound.NO_MICROPHONE, 0
    if not samples.any():
        return Sound.MUTED, 0
    tone = _levels(samples, HERTZ)
    beside = np.maximum(*(_levels(samples, hertz) for hertz in BESIDE))
    if tone.size < _LASTING:
        return Sound.NOT_HEARD, 0
    quiet = float(np.percentile(tone, 15))
    there = (tone > quiet + CLEAR) & (tone > beside + PURE)
    if int(there.sum()) < _LASTING:
        return Sound.NOT_HEARD, 0
    level = round(float(np.median(tone[there])))
    return (Sound.FAINT if level < FAINT else Sound.HEARD), level


def _levels(samples: NDArray[np.float64], hertz: float) -> NDArray[np.float64]:
    """How loud one pitch is, window by window, in dBFS."""
    size, hop = round(_WINDOW * FRAME_RATE), round(_HOP * FRAME_RATE)
    if samples.size < size:
        return np.zeros(0)
    windows = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop]
    shape = np.hanning(size)
    wave = np.exp(-2j * np.pi * hertz * np.arange(size) / FRAME_RATE) * shape
    amplitude = 2 * np.abs(windows @ wave) / shape.sum() / 32768
    levels: NDArray[np.float64] = 20 * np.log10(np.maximum(amplitude, 10 ** (_SILENCE / 20)))
    return levels
