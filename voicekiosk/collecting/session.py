"""Performs a sitting: says, beeps, records, plays back, and stores what was agreed to."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import soxr  # type: ignore[import-untyped]

from voicekiosk.collecting.errors import CollectError
from voicekiosk.collecting.manifest import Line
from voicekiosk.collecting.recorder import Recorder
from voicekiosk.collecting.storing import CONSENT, VoiceCollection
from voicekiosk.core import collecting as c
from voicekiosk.core.collecting_steps import Step, advance, begin
from voicekiosk.core.content import Content
from voicekiosk.core.messages import (
    Deadline,
    DeadlinePassed,
    Hush,
    PromptEnded,
    Say,
    SentenceStarted,
    SpeakerLost,
)
from voicekiosk.core.types import Clip, Pcm, Seconds
from voicekiosk.ports import PLAYBACK_RATE, AudioError, Clips, KioskError, Player, PromptError

READING = 3.0
"""Seconds for a caption that no voice can say."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is written down with every recording of a person."""

    group: str
    device: str
    today: date
    days: int
    guardian: bool = False

    @property
    def expires_on(self) -> date:
        return self.today + timedelta(days=self.days)


class CollectSession:
    """One sitting. ``take`` performs everything on the caller's thread; others ``post``."""

    def __init__(
        self,
        sitting: c.Sitting,
        content: Content,
        circumstances: Circumstances,
        clips: Clips,
        player: Player,
        recorder: Recorder,
        collection: VoiceCollection,
        show: Callable[[c.Sitting], None],
        complain: Callable[[KioskError], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.sitting = sitting
        self._content = content
        self._circumstances = circumstances
        self._clips = clips
        self._player = player
        self._recorder = recorder
        self._collection = collection
        self._show = show
        self._complain = complain
        self._clock = clock
        self._due: dict[str, tuple[float, c.CollectEvent]] = {}
        self._inbox: queue.Queue[c.CollectEvent | None] = queue.Queue()

    @property
    def speaker(self) -> str:
        return f"s{self.sitting.number}"

    def post(self, event: c.CollectEvent) -> None:
        """From any thread."""
        self._inbox.put(event)

    def stop(self) -> None:
        """From any thread: ``run`` returns."""
        self._inbox.put(None)

    def run(self) -> None:
        """Until the sitting is closed."""
        self.start()
        while self.sitting.stage is not c.Stage.CLOSED:
            left = min((due for due, _ in self._due.values()), default=self._clock() + 60)
            try:
                event = self._inbox.get(timeout=max(left - self._clock(), 0))
            except queue.Empty:
                self.pass_time()
                continue
            if event is None:
                return
            self.take(event)

    def start(self) -> None:
        self._follow(begin(self.sitting))

    def take(self, event: c.CollectEvent) -> None:
        self._follow(advance(self.sitting, event))

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

    def _follow(self, step: Step) -> None:
        self.sitting = step.sitting
        try:
            for effect in step.effects:
                self._perform(effect)
        except CollectError as error:
            self._complain(error)
            self.take(c.StoreFailed())
            return
        self._show(self.sitting)

    def _perform(self, effect: c.CollectEffect) -> None:
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
            case c.Beep(turn):
                self._play([BEEP], PromptEnded(turn))
            case c.StartTake(turn):
                self._recorder.start(turn)
            case c.DropTake():
                self._recorder.drop()
            case c.Replay(turn):
                take = self._recorder.take
                self._play([clip_of(take)] if take else [], PromptEnded(turn))
            case c.Agree(by):
                self._agree(by)
            case c.Keep(item):
                self._keep(item)
            case c.Withdraw():
                self._collection.withdraw(self.speaker)
            case c.Close():
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

        self._play([clip for _, clip in found], PromptEnded(say.turn), on_sentence)

    def _play(
        self,
        clips: list[Clip],
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

    def _agree(self, by: str) -> None:
        told, sitting = self._circumstances, self.sitting
        heard = [
            sentence
            for prompt in sitting.terms
            for sentence in self._content.prompts[prompt][sitting.locale]
        ]
        self._collection.agree(
            self.speaker,
            {
                "agreed_on": told.today.isoformat(),
                "by": by,
                "heard": heard,
                "locale": sitting.locale,
                "group": told.group,
                "guardian_present": told.guardian,
                "device": told.device,
                "expires_on": told.expires_on.isoformat(),
            },
        )

    def _keep(self, item: c.Item) -> None:
        take, told, sitting = self._recorder.take, self._circumstances, self.sitting
        if take is None:
            return
        if item.kind is c.Kind.CONSENT:
            self._collection.keep_spoken_yes(self.speaker, take)
            return
        line = Line(
            file=f"{self.speaker}/{sitting.plan.index(item):04d}.flac",
            transcript=item.transcript,
            locale=sitting.locale,
            speaker=self.speaker,
            group=told.group,
            device=told.device,
            recorded_on=told.today.isoformat(),
            expires_on=told.expires_on.isoformat(),
            consent=f"{self.speaker}/{CONSENT}",
            kind=item.kind.value,
        )
        self._collection.keep(line, take)


def clip_of(pcm: Pcm) -> Clip:
    """A take as it can be played."""
    heard = np.frombuffer(pcm.samples, "<i2").astype(np.float32)
    played = soxr.resample(heard, pcm.rate, PLAYBACK_RATE)
    samples = np.clip(np.rint(played), -32768, 32767).astype("<i2").tobytes()
    return Clip(Pcm(samples, PLAYBACK_RATE), (Seconds(0),), "take", recorded=True)


def _tone(hertz: float = 880.0, seconds: float = 0.18, level: float = 0.25) -> Clip:
    at = np.arange(round(seconds * PLAYBACK_RATE)) / PLAYBACK_RATE
    fade = np.minimum(1, np.minimum(at, seconds - at) / 0.02)
    wave = np.sin(2 * np.pi * hertz * at) * fade * level * 32767
    samples = wave.astype("<i2").tobytes()
    return Clip(Pcm(samples, PLAYBACK_RATE), (Seconds(0),), "tone", recorded=False)


BEEP = _tone()
"""Now speak."""
