"""What the loudspeaker plays, handed frame by frame to whoever has to know it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, PLAYBACK_RATE

_UP, _DOWN = 2, 3
_TAPS = 96
"""Of the filter at twice the playback rate: 1 ms late."""
_LONGEST = round(5.5 * FRAME_RATE)
"""Microphone frames wait 5 s for a busy recognizer at most, and their sound waits with them."""
_LOOK_FRAMES = 25
_SLACK, _LEFT = round(0.08 * FRAME_RATE), round(0.04 * FRAME_RATE)
_SLACK_PLAYING = round(0.25 * FRAME_RATE)
"""Sound that always lies waiting arrives too late: more than this of it is thrown away; what is
left smooths the two devices' stumbling. While something plays a jump costs more than it mends."""


class PlayedSound:
    """A queue between two sound devices whose clocks are not quite the same.

    ``put`` may be called from the audio thread: it only stores. ``frame`` is called once for
    every frame of the microphone; it gives what was played meanwhile, silence when nothing was.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        assert FRAME_RATE * _DOWN == PLAYBACK_RATE * _UP
        self._clock = clock
        self._blocks: deque[bytes] = deque(maxlen=4096)
        self._filter = _lowpass()
        self._rest = np.zeros(_TAPS // _UP, np.float32)
        self._waiting = np.zeros(0, np.float32)
        self._silent = FRAME_SAMPLES * 50
        self._least = self._always = self._looks = 0
        self._since = clock()

    def put(self, block: bytes) -> None:
        """16-bit mono at PLAYBACK_RATE, as it goes to the loudspeaker."""
        self._blocks.append(block)

    def frame(self) -> NDArray[np.floating]:
        """The next FRAME_SAMPLES at FRAME_RATE, full scale being 1."""
        self._fetch()
        ready = self._waiting[:FRAME_SAMPLES]
        self._waiting = self._waiting[FRAME_SAMPLES:]
        if ready.size < FRAME_SAMPLES:
            ready = np.concatenate([ready, np.zeros(FRAME_SAMPLES - ready.size, np.float32)])
        self._silent = self._silent + 1 if not ready.any() else 0
        self._catch_up()
        return ready

    def hurry(self) -> None:
        """Throw away what comes too late, at once: nothing depends on when it comes any more."""
        self._waiting = self._waiting[max(self._always - _LEFT, 0) :]
        self._always = self._looks = 0

    def _fetch(self) -> None:
        blocks = []
        while self._blocks:
            blocks.append(self._blocks.popleft())
        if not blocks:
            return
        fresh = np.frombuffer(b"".join(blocks), np.int16).astype(np.float32) / 32768
        self._waiting = np.concatenate([self._waiting, self._resampled(fresh)])[-_LONGEST:]

    def _resampled(self, fresh: NDArray[np.floating]) -> NDArray[np.floating]:
        sound = np.concatenate([self._rest, fresh])
        width = _TAPS // _UP
        steps = max((sound.size - width) // _DOWN, 0)
        self._rest = sound[steps * _DOWN :]
        if not steps:
            return np.zeros(0, np.float32)
        if not sound.any():
            return np.zeros(steps * _UP, np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(sound, width)
        out = np.empty(steps * _UP, np.float32)
        # Every third sample at twice the rate: one that was there, and one between two.
        out[0::2] = windows[0 : steps * _DOWN : _DOWN] @ self._filter[1::2]
        out[1::2] = windows[1 : steps * _DOWN + 1 : _DOWN] @ self._filter[0::2]
        return out

    def _catch_up(self) -> None:
        """Throw away what came too late. Frames that come in a hurry were late themselves."""
        self._least = min(self._least, self._waiting.size) if self._looks else self._waiting.size
        self._looks += 1
        if self._looks < _LOOK_FRAMES:
            return
        self._always = self._least
        took = self._clock() - self._since
        slack = _SLACK if self._silent > _LOOK_FRAMES else _SLACK_PLAYING
        if self._least > slack and took > 0.8 * _LOOK_FRAMES * FRAME_SAMPLES / FRAME_RATE:
            self.hurry()
        self._looks, self._since = 0, self._clock()


def _lowpass() -> NDArray[np.floating]:
    """What keeps below half the microphone's rate, at twice the playback rate."""
    place = np.arange(_TAPS) - (_TAPS - 1) / 2
    cut = 0.92 * FRAME_RATE / (2 * PLAYBACK_RATE)
    shape = np.sinc(cut * place) * np.hamming(_TAPS)
    taps: NDArray[np.float32] = (_UP * shape / shape.sum()).astype(np.float32)
    return taps
