"""A person who is recorded, on virtual time: presses, speaks, and looks into the folder."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.collecting.folders import TODAY, speech
from tests.fakes import Clock, FakeClips, FakePlayer
from voicekiosk.app import places
from voicekiosk.collecting.session import Circumstances, CollectSession
from voicekiosk.collecting.storing import VoiceCollection
from voicekiosk.core.collecting import Choice, Pressed, Sitting, Stage
from voicekiosk.core.collecting_plan import Wish, plan_of
from voicekiosk.core.types import KYRGYZ
from voicekiosk.loading import load
from voicekiosk.loading.collect_texts import load_collect_texts
from voicekiosk.ports import FRAME_SAMPLES, KioskError
from voicekiosk.recording.recorder import Recorder

CONTENT = load(places().content)
TEXTS = load_collect_texts(places().content, CONTENT.locales, 6)
OTHERS = ["терезе", "китеп", "булут", "дарыя", "карындаш", "тоолор"]


class Person:
    """Sits before the kiosk. ``said`` is what the kiosk says to them."""

    def __init__(self, collection: VoiceCollection, items: int = 4, days: int = 180) -> None:
        wish = Wish(KYRGYZ, items, 0.25)
        said = collection.said_so_far()
        plan = plan_of(CONTENT, wish, TEXTS.consent[KYRGYZ], OTHERS, said, Random(1))
        content = replace(CONTENT, prompts={**CONTENT.prompts, **TEXTS.prompts, **plan.prompts})
        sitting = Sitting(plan.items, KYRGYZ, collection.new_number(), TEXTS.terms(child=False))
        self.clock, self.player = Clock(), FakePlayer()
        self.complaints: list[KioskError] = []
        self.recorder = Recorder(lambda event: self.session.post(event))
        self.session = CollectSession(
            sitting,
            content,
            Circumstances("woman", "a test", TODAY, days),
            FakeClips(),
            self.player,
            self.recorder,
            collection,
            lambda sitting: None,
            self.complaints.append,
            self.clock,
        )
        self.player.open(lambda back: None)
        self.session.start()

    @property
    def stage(self) -> Stage:
        return self.session.sitting.stage

    @property
    def said(self) -> list[str]:
        """The prompts of the latest utterance, without their language."""
        return [name.rsplit(" ", 1)[0] for name in self.player.said[-1]]

    def listens(self) -> Person:
        """Until the kiosk has nothing more to say and waits."""
        while self.player.playing:
            self.player.end()
            self.session.take_posted()
        return self

    def presses(self, *choices: Choice) -> Person:
        for choice in choices:
            self.session.take(Pressed(choice))
        return self

    def waits(self, seconds: float) -> Person:
        self.clock.now += seconds
        self.session.pass_time()
        return self

    def speaks(self, level_db: float = -20.0, seconds: float = 0.8, pause: float = 0.4) -> Person:
        """After the tone: a pause, a word, and silence until the ear has had enough."""
        assert self.stage is Stage.RECORDING, f"nobody listens while {self.stage}"
        silence = speech(pause, -75)
        sound = silence + speech(seconds, level_db) + speech(1.2, -75)
        step = FRAME_SAMPLES * 2
        for at in range(0, len(sound) - step + 1, step):
            self.recorder.hear(sound[at : at + step])
            self.session.take_posted()
        return self

    def agrees(self) -> Person:
        """Hears the terms, presses yes and says it."""
        self.listens().presses(Choice.YES).listens().speaks().listens()
        return self.presses(Choice.NEXT).listens()

    def says_what_is_asked(self, times: int) -> Person:
        for _ in range(times):
            self.speaks().listens().presses(Choice.NEXT).listens()
        return self
