"""One take: from the tone to the end of speech, without the silence around it, and judged."""

from __future__ import annotations

import math
import queue
import threading
from collections import deque
from collections.abc import Callable

import numpy as np

from voicekiosk.core.endpointing import FRAME, SILENCE, Edge, Endpointer, Endpointing
from voicekiosk.core.messages import MicrophoneLost, MicrophoneRestored, SpeechStarted, Trouble
from voicekiosk.core.taking import Taken, Verdict
from voicekiosk.core.types import Pcm, Seconds, Turn
from voicekiosk.ports import FRAME_RATE, Microphone

Report = Taken | SpeechStarted | MicrophoneLost | MicrophoneRestored

PATIENCE = Endpointing(pre_roll=Seconds(0.3), longest_pause=Seconds(0.8), longest=Seconds(10))
"""More than the kiosk's: here a pause between two words may be long."""
KEPT_AFTER = Seconds(0.3)
"""Silence left at the end, so that a soft last sound is whole."""
AFTER_TONE = Seconds(0.16)
"""The tone's last samples may still be in the room, and in the microphone's buffer."""
_WAITING = 250
_METER_EVERY = 3
_VERDICTS = {
    None: Verdict.GOOD,
    Trouble.TOO_QUIET: Verdict.TOO_QUIET,
    Trouble.TOO_LOUD: Verdict.TOO_LOUD,
    Trouble.TOO_LONG: Verdict.TOO_LONG,
}


class Recorder:
    """Keeps sound only between ``start`` and the end of speech, in memory; ``drop`` forgets it."""

    def __init__(
        self,
        post: Callable[[Report], None],
        on_level: Callable[[float], None] = lambda level: None,
        patience: Endpointing = PATIENCE,
        rate: int = FRAME_RATE,
        whole: bool = False,
    ) -> None:
        """``whole``: the silence around the speech stays, and so does a take that is no good."""
        self._post = post
        self._on_level = on_level
        self._patience = patience
        self._rate = rate
        self._whole = whole
        self._endpointer = Endpointer(patience)
        self._lock = threading.Lock()
        self._turn: Turn | None = None
        self._frames: list[bytes] = []
        self._before: deque[bytes] = deque(
            maxlen=None if whole else round((patience.pre_roll + patience.onset) / FRAME)
        )
        self._since = 0
        self._meter = 0
        self._items: queue.Queue[bytes | bool | None] = queue.Queue()
        self.take: Pcm | None = None
        """The last good take, until it is dropped."""
        self.early = False
        """Whether that take began before the tone had ended."""

    def open(self, microphone: Microphone) -> None:
        """Hear a microphone, on a thread of its own. Raises AudioError."""
        threading.Thread(target=self._run, name="recorder", daemon=True).start()
        microphone.open(self._arrived, self._items.put)

    def close(self) -> None:
        self.drop()
        self._items.put(None)

    def start(self, turn: Turn, patience: Endpointing | None = None) -> None:
        with self._lock:
            self._forget()
            self._turn = turn
            self._endpointer.settings = patience or self._patience

    def finish(self, turn: Turn) -> None:
        """Take what has been said so far as the whole."""
        with self._lock:
            if self._turn != turn:
                return
            self._endpointer.end()
            report = self._finished(turn)
        self._post(report)

    def drop(self) -> None:
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._turn, self.take = None, None
        self._frames, self._since, self.early = [], 0, False
        self._before.clear()
        self._endpointer.reset()

    def _arrived(self, frame: bytes) -> None:
        # On the audio thread: nothing but putting it into the queue.
        if self._items.qsize() < _WAITING:
            self._items.put(frame)

    def _run(self) -> None:
        while (item := self._items.get()) is not None:
            if isinstance(item, bool):
                self.drop()
                self._post(MicrophoneRestored() if item else MicrophoneLost())
            else:
                self.hear(item)

    def hear(self, frame: bytes) -> None:
        """One frame of FRAME_SAMPLES."""
        level, peak = _levels(frame)
        self._meter = (self._meter + 1) % _METER_EVERY
        if self._meter == 0:
            self._on_level(level)
        with self._lock:
            report = self._heard(frame, level, peak)
        if report is not None:
            self._post(report)

    def _heard(self, frame: bytes, level: float, peak: float) -> Report | None:
        turn = self._turn
        if turn is None:
            self._endpointer.overhear(level)
            return None
        self._since += 1
        if self._since <= AFTER_TONE / FRAME:
            return None
        edge = self._endpointer.hear(level, peak)
        if edge is Edge.STARTED:
            # Loud from the first frame on: the beginning of the word was under the tone.
            first = (AFTER_TONE + self._patience.onset) / FRAME + 1
            self.early = self._since <= first
            self._frames = [*self._before, frame]
            return SpeechStarted(turn)
        if edge is Edge.ENDED:
            return self._finished(turn)
        if self._endpointer.speaking:
            self._frames.append(frame)
        else:
            self._before.append(frame)
        return None

    def _finished(self, turn: Turn) -> Taken:
        ended, early = self._endpointer.ended, self.early
        frames = self._frames or list(self._before)
        self._forget()
        verdict = _VERDICTS[ended.trouble if ended else None]
        if early and verdict is Verdict.GOOD:
            verdict = Verdict.TOO_EARLY
        if self._whole:
            self.take, self.early = Pcm(b"".join(frames), self._rate), early
        elif verdict is Verdict.GOOD:
            silent = round((self._patience.longest_pause - KEPT_AFTER) / FRAME)
            self.take = Pcm(b"".join(frames[: max(len(frames) - silent, 1)]), self._rate)
        return Taken(turn, verdict)


def _levels(frame: bytes) -> tuple[float, float]:
    """The level and the peak in dBFS."""
    samples = np.frombuffer(frame, "<i2").astype(np.float64)
    if not samples.size:
        return SILENCE, SILENCE
    return _decibels(math.sqrt(float(np.mean(samples**2)))), _decibels(float(np.abs(samples).max()))


def _decibels(amplitude: float) -> float:
    return max(20 * math.log10(max(amplitude, 0.5) / 32768.0), SILENCE)
