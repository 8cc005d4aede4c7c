"""Performs a sitting: says, beeps, records, plays back, and stores what was agreed to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from voicekiosk.collecting.errors import CollectError
from voicekiosk.collecting.manifest import Line
from voicekiosk.collecting.storing import CONSENT, VoiceCollection
from voicekiosk.core import collecting as c
from voicekiosk.core.collecting_steps import Step, advance, begin
from voicekiosk.core.content import Content
from voicekiosk.core.messages import PromptEnded
from voicekiosk.ports import Clips, KioskError, Player
from voicekiosk.recording.performing import Performer
from voicekiosk.recording.recorder import Recorder
from voicekiosk.recording.sounds import BEEP


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


class CollectSession(Performer[c.CollectEvent]):
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
        super().__init__(clips, player, recorder, complain, clock)
        self.sitting = sitting
        self._content = content
        self._circumstances = circumstances
        self._collection = collection
        self._show = show

    @property
    def speaker(self) -> str:
        return f"s{self.sitting.number}"

    @property
    def closed(self) -> bool:
        return self.sitting.stage is c.Stage.CLOSED

    def start(self) -> None:
        self._follow(begin(self.sitting))

    def take(self, event: c.CollectEvent) -> None:
        self._follow(advance(self.sitting, event))

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
            case c.Beep(turn):
                self.play([BEEP], PromptEnded(turn))
            case c.StartTake(turn):
                self._recorder.start(turn)
            case c.Agree(by):
                self._agree(by)
            case c.Keep(item):
                self._keep(item)
            case c.Withdraw():
                self._collection.withdraw(self.speaker)
            case _:
                self.perform(effect)

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
