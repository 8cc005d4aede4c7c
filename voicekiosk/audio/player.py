"""The player port over sounddevice: one stream that stays open, one voice at a time."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence

from voicekiosk.audio.stream import Direction, SoundStream
from voicekiosk.audio.supervisor import SUPERVISOR, StreamSupervisor
from voicekiosk.audio.voice import Telling, Voice, telling_of
from voicekiosk.core.types import Clip
from voicekiosk.ports import PLAYBACK_RATE, AudioError


class SoundPlayer:
    """Plays from memory. Its stream runs on in silence between prompts: opening one takes up
    to 170 ms, and a visitor takes a slow answer for none."""

    def __init__(
        self,
        device: str | None = None,
        supervisor: StreamSupervisor = SUPERVISOR,
        on_played: Callable[[bytes], None] = lambda block: None,
    ):
        """``on_played`` gets all that goes to the loudspeaker, silence too: 16-bit mono at
        PLAYBACK_RATE. It runs on the audio thread: it copies and returns."""
        self._device = device
        self._on_played = on_played
        self._supervisor = supervisor
        self._stream: SoundStream | None = None
        self._on_change: Callable[[bool], None] = lambda _back: None
        self._voice = Voice()
        self._changed = threading.Condition()
        self._due: queue.SimpleQueue[tuple[float, Telling, tuple[int, int] | None]] = (
            queue.SimpleQueue()
        )
        threading.Thread(target=self._notify, name="notifier", daemon=True).start()

    @property
    def volume(self) -> float:
        return self._voice.volume

    @volume.setter
    def volume(self, gain: float) -> None:
        with self._changed:
            self._voice.volume = min(max(gain, 0.0), 1.0)

    def open(self, on_change: Callable[[bool], None]) -> None:
        self.close()
        self._on_change = on_change
        stream = SoundStream(
            Direction.OUT, self._device, self._fill, self._lost_or_back, self._busy
        )
        self._supervisor.adopt(stream)
        self._stream = stream

    def close(self) -> None:
        """Give the device back."""
        stream, self._stream = self._stream, None
        if stream is not None:
            self._supervisor.dismiss(stream)
        with self._changed:
            self._voice.drop()
            self._changed.notify_all()

    def play(
        self,
        clips: Sequence[Clip],
        on_sentence: Callable[[int, int], None],
        on_end: Callable[[], None],
    ) -> None:
        telling = telling_of(clips, on_sentence, on_end)
        with self._changed:
            if self._stream is None or not self._stream.is_open:
                raise AudioError("The loudspeaker is not open", "Wait until it is back")
            if self._voice.current is not None:
                raise AudioError("Two prompts at once", "Stop the first before the second")
            self._voice.start(telling)
        if not telling.samples.size:  # nothing will ever be written: it has ended already
            self._due.put((time.monotonic(), telling, None))

    def hold(self, held: bool) -> None:
        with self._changed:
            self._voice.held = held

    def stop(self) -> None:
        with self._changed:
            self._voice.stop()
            self._changed.notify_all()

    def _busy(self) -> bool:
        return self._voice.current is not None

    def _lost_or_back(self, back: bool) -> None:
        if not back:
            with self._changed:
                self._voice.drop()
                self._changed.notify_all()
        self._on_change(back)

    def _fill(self, block: bytearray, frames: int, ahead: float) -> None:
        """On the audio thread: copy samples, note what becomes audible when, return."""
        with self._changed:
            samples, marks, ended = self._voice.render(frames)
            telling = self._voice.current
        block[:] = played = samples.tobytes()
        self._on_played(played)
        if telling is None:
            return
        audible = time.monotonic() + ahead
        for offset, clip, sentence in marks:
            self._due.put((audible + offset / PLAYBACK_RATE, telling, (clip, sentence)))
        if ended:
            self._due.put((audible + frames / PLAYBACK_RATE, telling, None))

    def _notify(self) -> None:
        """On a thread of its own: whoever is told may take all the time it needs."""
        while True:
            due, telling, sentence = self._due.get()
            with self._changed:
                while not telling.over and (left := due - time.monotonic()) > 0:
                    self._changed.wait(left)
                if telling.over:
                    continue
                if sentence is None:
                    self._voice.finish(telling)
            if sentence is None:
                telling.on_end()
            else:
                telling.on_sentence(*sentence)
