"""The one voice of the kiosk as samples: which come next, faded, held or at another volume."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voicekiosk.core.types import Clip
from voicekiosk.ports import PLAYBACK_RATE, AudioError

FADE_SECONDS = 0.015
"""From full to silent: short enough to feel immediate, long enough not to click."""
_SLOPE = 1 / (FADE_SECONDS * PLAYBACK_RATE)


@dataclass(eq=False)
class Telling:
    """What one ``play`` was asked for."""

    samples: NDArray[np.float32]
    marks: list[tuple[int, int, int]]
    """(first sample, clip index, sentence index), in order."""
    on_sentence: Callable[[int, int], None]
    on_end: Callable[[], None]
    position: int = 0
    over: bool = field(default=False)
    """Stopped, lost or ended: nothing more may be told of it."""


def telling_of(
    clips: Sequence[Clip], on_sentence: Callable[[int, int], None], on_end: Callable[[], None]
) -> Telling:
    """Lay the clips one after the other. Raises AudioError on a foreign sample rate."""
    marks: list[tuple[int, int, int]] = []
    parts: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
    length = 0
    for index, clip in enumerate(clips):
        if clip.pcm.rate != PLAYBACK_RATE:
            raise AudioError(
                f"A clip of {clip.pcm.rate} Hz was handed to the player",
                f"Resample it to {PLAYBACK_RATE} Hz first",
            )
        part = np.frombuffer(clip.pcm.samples, np.int16).astype(np.float32)
        for sentence, start in enumerate(clip.starts):
            marks.append((length + min(round(start * PLAYBACK_RATE), part.size), index, sentence))
        parts.append(part)
        length += part.size
    return Telling(np.concatenate(parts), marks, on_sentence, on_end)


class Voice:
    """Renders block after block; never two tellings at once. Its owner holds the lock."""

    def __init__(self) -> None:
        self.volume = 1.0
        self.held = False
        self._gain = 1.0
        self._now: Telling | None = None
        self._next: Telling | None = None
        self._fading = False

    @property
    def current(self) -> Telling | None:
        """What is being said or about to be; what is fading away no longer counts."""
        return self._next if self._fading else self._now

    def start(self, telling: Telling) -> None:
        self.held = False
        if self._fading:
            self._next = telling  # after the old voice has faded: never two at once
        else:
            self._now, self._gain = telling, self.volume

    def stop(self) -> None:
        for telling in (self._now, self._next):
            if telling is not None:
                telling.over = True
        self._next = None
        self._fading = self._now is not None

    def drop(self) -> None:
        """Forget everything at once: there is no device left to fade on."""
        self.stop()
        self._now, self._fading = None, False

    def finish(self, telling: Telling) -> None:
        """The telling was heard to its end."""
        telling.over = True
        if self._now is telling:
            self._now, self._fading = None, False

    def render(self, frames: int) -> tuple[NDArray[np.int16], list[tuple[int, int, int]], bool]:
        """The next samples, the marks reached (offset, clip, sentence), and whether the
        telling's last sample is among them."""
        out = np.zeros(frames, np.float32)
        done = 0
        marks: list[tuple[int, int, int]] = []
        ended = False
        while done < frames and self._now is not None:
            telling = self._now
            silent = self._fading or self.held
            target = 0.0 if silent else self.volume
            if silent and self._gain == 0.0:
                if not self._fading:
                    break  # held: stay where we are
                self._now, self._next, self._fading = self._next, None, False
                self._gain = self.volume
                continue
            left = telling.samples.size - telling.position
            if left <= 0:
                if not self._fading:
                    break  # all is written; it is over when the last sample has been heard
                self._gain = 0.0
                continue
            span = min(frames - done, left)
            if silent:  # the ramp ends in silence and the position stops there with it
                span = min(span, max(1, int(np.ceil(self._gain / _SLOPE))))
            steps = np.arange(1, span + 1, dtype=np.float32) * _SLOPE
            gain = self._gain + np.clip(target - self._gain, -steps, steps)
            begin, end = telling.position, telling.position + span
            out[done : done + span] = telling.samples[begin:end] * gain
            if not self._fading:
                marks += [
                    (at - begin + done, c, s)
                    for at, c, s in telling.marks
                    if begin <= at < end or (at == end == telling.samples.size)
                ]
                ended = end == telling.samples.size
            self._gain = float(gain[-1]) if abs(float(gain[-1])) > 1e-6 else 0.0
            telling.position = end
            done += span
        return np.clip(out, -32768, 32767).astype(np.int16), marks, ended
