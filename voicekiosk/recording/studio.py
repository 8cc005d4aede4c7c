"""Performs the studio: says, counts, records, looks at the take, plays it back and keeps it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from voicekiosk.core import studio as s
from voicekiosk.core.endpointing import Endpointing
from voicekiosk.core.messages import PromptEnded, Say, Spoken
from voicekiosk.core.staff import ENGLISH
from voicekiosk.core.studio_steps import Step, advance, begin, usual
from voicekiosk.core.taking import DropTake, Taken
from voicekiosk.core.types import Pcm, Seconds, Turn
from voicekiosk.ports import Clips, KioskError, Player
from voicekiosk.recording.judging import look_at
from voicekiosk.recording.performing import Performer
from voicekiosk.recording.recorder import Recorder
from voicekiosk.recording.sounds import tone

RATE = 48_000
"""Hertz of a take."""
PATIENCE = Endpointing(pre_roll=Seconds(0.3), longest=Seconds(240))
"""How long a take may be is the studio's own deadline: it knows the text."""
TICK = tone(587.0, 0.12, after=0.68)
"""Three, two, one: the length of a count is the length of its sound."""
NOW = tone(1175.0, 0.3)


class StudioSession(Performer[s.StudioEvent | Taken]):
    """One sitting in the studio. The takes are kept by whoever gives ``keep`` and ``recall``."""

    def __init__(
        self,
        studio: s.Studio,
        clips: Clips,
        player: Player,
        recorder: Recorder,
        keep: Callable[[Spoken, Pcm], None],
        recall: Callable[[Spoken], Pcm],
        show: Callable[[s.Studio], None],
        complain: Callable[[KioskError], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``keep`` and ``recall`` raise KioskError."""
        super().__init__(clips, player, recorder, complain, clock)
        self.studio = studio
        self._keep = keep
        self._recall = recall
        self._show = show
        self._kept: Pcm | None = None

    @property
    def closed(self) -> bool:
        return self.studio.stage is s.Stage.CLOSED

    def start(self) -> None:
        self._follow(begin(self.studio))

    def take(self, event: s.StudioEvent | Taken) -> None:
        if isinstance(event, Taken):
            # What became of it for the ear is of no interest: this is to be played.
            self._judge(event.turn, self._recorder.take, self._recorder.early)
        else:
            self._follow(advance(self.studio, event))

    def taken(self) -> Pcm | None:
        return self._kept

    def _judge(self, turn: Turn, pcm: Pcm | None, early: bool = False) -> None:
        if turn != self.studio.turn:
            return
        found = look_at(pcm, usual(self.studio.line.text), early)
        self._kept = found.kept
        self._follow(advance(self.studio, s.Judged(turn, found.faults, found.wave)))

    def _follow(self, step: Step) -> None:
        self.studio = step.studio
        self._show(self.studio)  # first: what is said may have to be rendered
        for effect in step.effects:
            self._perform(effect)

    def _perform(self, effect: s.StudioEffect) -> None:
        match effect:
            case Say(turn, (Spoken(locale=locale), *_)) if locale == ENGLISH:
                self.play([], PromptEnded(turn))  # it is to be read
            case s.Beep(turn, last):
                self.play([NOW if last else TICK], PromptEnded(turn))
            case s.StartTake(turn, pause):
                self._recorder.start(turn, replace(PATIENCE, longest_pause=pause))
            case s.EndTake(turn):
                self._recorder.finish(turn)
            case s.Keep(spoken):
                self._store(spoken)
            case s.Recall(turn, spoken):
                self._bring_back(turn, spoken)
            case _:
                if isinstance(effect, DropTake):
                    self._kept = None
                self.perform(effect)

    def _store(self, spoken: Spoken) -> None:
        try:
            if self._kept is not None:
                self._keep(spoken, self._kept)
        except KioskError as error:
            self._complain(error)
            self.post(s.StoreFailed(spoken))

    def _bring_back(self, turn: Turn, spoken: Spoken) -> None:
        pcm = None
        try:
            pcm = self._recall(spoken)
        except KioskError as error:
            self._complain(error)
        # Only when the step that asked for it is over: taking one event inside another
        # would let the older of two views be shown last.
        found = look_at(pcm, usual(self.studio.line.text))
        self._kept = found.kept
        self.post(s.Judged(turn, found.faults, found.wave))
