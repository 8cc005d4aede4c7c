"""Takes the kiosk's own voice out of the microphone, so that it never interrupts itself."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from voicekiosk.audio.adaptive_filter import EchoPath, Sound
from voicekiosk.audio.near_voice import NearVoice, RoomNoise
from voicekiosk.audio.played import PlayedSound
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES

SILENT_FRAMES = round(0.5 * FRAME_RATE / FRAME_SAMPLES)
"""So long after the last sound no echo is left, and frames pass untouched."""
_BRIGHT = 0.9
"""Speech is strong below 1 kHz: brightened before it is learnt from, the rest is learnt as fast."""


class EchoCanceller:
    """Subtracts the echo, and closes the ear where what is left may still be echo.

    The loudspeaker hands ``played`` all that it plays, from its audio thread; ``clean`` is called
    for every frame of the microphone, from one other thread. A closed ear hears the room's noise.
    """

    def __init__(self, sound: PlayedSound | None = None) -> None:
        self._sound = sound or PlayedSound()
        self._path = EchoPath()
        self._near = NearVoice()
        self._noise = RoomNoise()
        self._idle = SILENT_FRAMES
        self._heard_before = self._played_before = self._cleaned_before = 0.0
        self._gain = 1.0

    def playing(self) -> bool:
        """Whether the kiosk is heard, or was until half a second ago."""
        return self._idle < SILENT_FRAMES

    def played(self, block: bytes) -> None:
        """16-bit mono at PLAYBACK_RATE, silence too, as it goes to the loudspeaker."""
        self._sound.put(block)

    def clean(self, frame: bytes) -> bytes:
        """A frame of FRAME_SAMPLES, 16-bit mono at FRAME_RATE, without what the kiosk says."""
        if len(frame) != 2 * FRAME_SAMPLES:
            return frame
        played = self._sound.frame()
        heard = np.frombuffer(frame, np.int16).astype(np.float32) / 32768
        bright = _brightened(heard, self._heard_before)
        self._heard_before = float(heard[-1])
        self._idle = 0 if played.any() else self._idle + 1
        if self._idle >= SILENT_FRAMES:
            self._rest(heard, bright)
            return frame
        bright_played = _brightened(played, self._played_before)
        self._played_before = float(played[-1])
        left, echo, doubt = self._path.split(bright, bright_played)
        near = self._near.hears(
            heard=_level(bright),
            played=_level(bright_played),
            echo=_level(echo),
            left=_level(left),
            doubt=_decibels(doubt),
        )
        if self._near.is_lost:
            self._sound.hurry()
            self._path.forget()
            self._near.start_again()
        if _level(left) > _level(bright):  # what makes it louder does not know the echo yet
            left = bright
        return self._through(self._darkened(left), near)

    def _rest(self, heard: Sound, bright: Sound) -> None:
        """Nothing is being said: only learn how quiet the room is."""
        if self._idle == SILENT_FRAMES:
            self._path.forget_sound()
        self._noise.hear(_level(heard), speaking=False)
        self._near.noise.hear(_level(bright), speaking=False)
        self._cleaned_before = self._heard_before
        self._played_before, self._gain = 0.0, 1.0

    def _through(self, cleaned: Sound, near: bool) -> bytes:
        level = _level(cleaned)
        self._noise.hear(level, speaking=True)
        gain = 1.0 if near else 10 ** (min(self._noise.level - level, 0.0) / 20)
        ramp = np.linspace(self._gain, gain, FRAME_SAMPLES, dtype=np.float32)
        self._gain = gain
        whole: NDArray[np.float32] = np.rint(cleaned * ramp * 32768)
        return np.clip(whole, -32768, 32767).astype(np.int16).tobytes()

    def _darkened(self, bright: Sound) -> Sound:
        """Undo the brightening."""
        out, last = np.empty_like(bright), self._cleaned_before
        for index, value in enumerate(bright.tolist()):
            last = value + _BRIGHT * last
            out[index] = last
        self._cleaned_before = last
        return out


def _brightened(sound: Sound, before: float) -> Sound:
    shifted = np.concatenate([np.array([before], np.float32), sound[:-1]])
    bright: Sound = sound - np.float32(_BRIGHT) * shifted
    return bright


def _level(sound: Sound) -> float:
    return _decibels(float(np.dot(sound, sound)) / sound.size)


def _decibels(power: float) -> float:
    return 10 * math.log10(power + 1e-10)
