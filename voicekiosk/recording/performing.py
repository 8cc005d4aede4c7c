"""Performs a sitting before the microphone: its inbox, its deadlines, what is said and played."""

from __future__ import annotations

import queue
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from voicekiosk.core.messages import (
    Deadline,
    DeadlinePassed,
    Hush,
    PromptEnded,
    Say,
    SentenceStarted,
    SpeakerLost,
)
from voicekiosk.core.taking import Close, DropTake, Replay
from voicekiosk.core.types import Clip, Pcm
from voicekiosk.ports import AudioError, Clips, KioskError, Player, PromptError
from voicekiosk.recording.recorder import Recorder
from voicekiosk.recording.sounds import clip_of

READING = 3.0
"""Seconds for a caption that no voice can say."""

Event = TypeVar("Event")
Common = DeadlinePassed | PromptEnded | SentenceStarted | SpeakerLost
"""What every sitting hears of its own doing."""


class Performer(ABC, Generic[Event]):
    """One sitting. ``take`` performs everything on the caller's thread; others ``post``."""

    def __init__(
        self,
        clips: Clips,
        player: Player,
        recorder: Recorder,
        complain: Callable[[KioskError], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clips = clips
        self._player = player
        self._recorder = recorder
        self._complain = complain
        self._clock = clock
        self._due: dict[str, tuple[float, Event | Common]] = {}
        self._inbox: queue.Queue[Event | Common | None] = queue.Queue()

    @property
    @abstractmethod
    def closed(self) -> bool: ...

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def take(self, event: Event | Common) -> None: ...

    def taken(self) -> Pcm | None:
        """What a replay plays."""
        return self._recorder.take

    def post(self, event: Event | Common) -> None:
        """From any thread."""
        self._inbox.put(event)

    def stop(self) -> None:
        """From any thread: ``run`` returns."""
        self._inbox.put(None)

    def run(self) -> None:
        """Until the sitting is closed."""
        self.start()
        while not self.closed:
            left = min((due for due, _ in self._due.values()), default=self._clock() + 60)
            try:
                event = self._inbox.get(timeout=max(left - self._clock(), 0))
            except queue.Empty:
                self.pass_time()
                continue
            if event is None:
                return
            self.take(event)

    def take_posted(self) -> None:
        """Everything that was posted so far."""
        while not self._inbox.empty():
            if (event := self._inbox.get()) is not None:
                self.take(event)

    def pass_time(self) -> None:
        """Whatever is due by now happens."""
        for name, (due, event) in sorted(self._due.items(), key=lambda entry: entry[1][0]):
            if due <= self._clock() and self._due.get(name, (0, None))[1] is event:
                del self._due[name]
                self.take(event)

    def perform(self, effect: object) -> None:
        """The effects that all sittings share."""
        match effect:
            case Hush():
                self._due.pop("reading", None)
                self._player.stop()
            case Deadline(turn, after):
                self._due.pop("deadline", None)
                if after is not None:
                    self._due["deadline"] = (self._clock() + after, DeadlinePassed(turn))
            case Say():
                self._say(effect)
            case DropTake():
                self._recorder.drop()
            case Replay(turn):
                take = self.taken()
                self.play([clip_of(take)] if take else [], PromptEnded(turn))
            case Close():
                self._player.stop()

    def _say(self, say: Say) -> None:
        found: list[tuple[int, Clip]] = []
        for index, spoken in enumerate(say.spoken):
            try:
                found.append((index, self._clips.clip(spoken)))
            except PromptError as error:
                self._complain(error)

        def on_sentence(clip: int, sentence: int) -> None:
            self.post(SentenceStarted(say.turn, found[clip][0], sentence))

        self.play([clip for _, clip in found], PromptEnded(say.turn), on_sentence)

    def play(
        self,
        clips: Sequence[Clip],
        ended: PromptEnded,
        on_sentence: Callable[[int, int], None] = lambda clip, sentence: None,
    ) -> None:
        if not clips:
            self._due["reading"] = (self._clock() + READING, ended)
            return
        try:
            self._player.play(clips, on_sentence, lambda: self.post(ended))
        except AudioError as error:
            self._complain(error)
            self.post(SpeakerLost())
