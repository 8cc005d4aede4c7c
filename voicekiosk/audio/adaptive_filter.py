"""What of the loudspeaker's sound arrives in the microphone, learnt while it plays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicekiosk.ports import FRAME_SAMPLES

Sound = NDArray[np.floating]

PARTS = 18
"""Frames of 20 ms that the echo may take, delay and reverberation together: 0.36 s."""
UNSURE = 0.03
"""How much echo each part of the path is thought capable of before anything is known."""
KEPT = np.float32(0.999**2)
"""How much of what is known holds a frame later: a hand that moves changes the path."""
PASSES = 2
"""How often each frame is learnt from: speech is scarce, and the first prompt is short."""
_STEADY = np.float32(0.8)


class EchoPath:
    """A partitioned-block frequency-domain Kalman filter.

    After Enzner and Vary, "Frequency-domain adaptive Kalman filter for acoustic echo control
    in hands-free telephones" (Signal Processing 86, 2006), in the partitioned form of Kuech,
    Mabande and Enzner, "State-space architecture of the partitioned-block-based acoustic echo
    controller" (ICASSP 2014). It needs no estimate of the delay, and it learns by itself less
    from frames in which somebody else speaks: what it cannot explain counts as noise.
    """

    def __init__(self, parts: int = PARTS) -> None:
        bins = FRAME_SAMPLES + 1
        self._played = np.zeros((parts, bins), np.complex64)
        self._path = np.zeros((parts, bins), np.complex64)
        self._unsure = np.full((parts, bins), UNSURE, np.float32)
        self._noise = np.zeros(bins, np.float32)
        self._before: Sound = np.zeros(FRAME_SAMPLES, np.float32)

    def forget_sound(self) -> None:
        """What was played is over; the path itself stays known."""
        self._played[:] = 0
        self._before = np.zeros(FRAME_SAMPLES, np.float32)

    def forget(self) -> None:
        """The path is another one now: learn it as fast as the first, and doubt as much."""
        self._path[:] = 0
        self._unsure[:] = UNSURE

    def split(self, heard: Sound, played: Sound) -> tuple[Sound, Sound, float]:
        """One frame of what was heard, and of what was played, as floats: what is left of it
        without the echo, the echo as it was expected, and the mean power of the echo that may
        still be in what is left."""
        self._played = np.roll(self._played, 1, 0)
        self._played[0] = np.fft.rfft(np.concatenate([self._before, played]))
        self._before = played
        power = _power(self._played)
        expected = left = heard
        doubt = 0.0
        for turn in range(PASSES):
            echo = self._echo()
            left = heard - echo
            spectrum = np.fft.rfft(np.concatenate([np.zeros_like(left), left]))
            if turn == 0:
                expected = echo
                unexplained = _power(spectrum)
                self._noise = _STEADY * self._noise + (1 - _STEADY) * unexplained
                noise = np.maximum(self._noise, unexplained)
            possible = (self._unsure * power).sum(0) / 2
            if turn == 0:
                doubt = float(possible.sum()) / FRAME_SAMPLES**2
            step = self._unsure / (possible + noise + np.float32(1e-9))
            change = np.fft.irfft(step * self._played.conj() * spectrum, axis=1)
            change[:, FRAME_SAMPLES:] = 0  # a part holds no more than one frame of the path
            self._path += np.fft.rfft(change, axis=1)
            self._unsure *= 1 - step * power / 2
        self._unsure = KEPT * self._unsure + (1 - KEPT) * _power(self._path)
        return heard - self._echo(), expected, doubt

    def _echo(self) -> Sound:
        whole = np.fft.irfft((self._played * self._path).sum(0))
        echo: Sound = whole[FRAME_SAMPLES:].astype(np.float32)
        return echo


def _power(spectrum: NDArray[np.complexfloating]) -> NDArray[np.floating]:
    power: NDArray[np.floating] = spectrum.real**2 + spectrum.imag**2
    return power
