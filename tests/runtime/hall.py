"""A kiosk in a hall where nothing happens but what the test makes happen."""

from collections.abc import Callable
from dataclasses import replace

from tests.core.small_content import small_content
from tests.fakes import Clock, FakeClips, FakeDisplay, FakeEar, FakeJournal, FakePlayer
from voicekiosk.core.content import Command, Move
from voicekiosk.core.screen import ScreenView
from voicekiosk.core.session import Phase
from voicekiosk.core.types import Clip, OptionId, Pcm
from voicekiosk.ports import KioskError
from voicekiosk.runtime import Runtime

WORK = OptionId("category.work")
CONTENT = replace(
    small_content(),
    keys={
        "down": Move.NEXT,
        "up": Move.PREVIOUS,
        "enter": Move.ACTION,
        "right": Command.SKIP,
        "f2": Command.SLOWER,
        "f4": Command.BLANK,
    },
)


def longer(clip: Clip, pace: float) -> Clip:
    """As a clip at another pace lasts; its sound is nobody's business here."""
    size = round(len(clip.pcm.samples) / 2 / pace) * 2
    return replace(clip, pcm=Pcm(bytes(size), clip.pcm.rate))


class Hall:
    """A kiosk in a hall where time passes only when told to."""

    def __init__(self, ear: bool = True, speaker: bool = True, slow_clips: bool = False) -> None:
        self.clock, self.clips, self.player = Clock(), FakeClips(), FakePlayer()
        self.display, self.journal = FakeDisplay(), FakeJournal()
        self.fetching: list[Callable[[], None]] = []
        self.complaints: list[KioskError] = []
        self.ear = FakeEar()
        self.ear.open()
        self.player.broken = not speaker
        self.kiosk = Runtime(
            CONTENT,
            self.clips,
            self.player,
            self.ear if ear else None,
            self.display,
            self.journal,
            self.clock,
            self.complaints.append,
            self.fetching.append if slow_clips else lambda work: work(),
            stretch=longer,
        )
        self.kiosk.open()

    @property
    def screen(self) -> ScreenView:
        return self.display.shown[-1]

    @property
    def phase(self) -> Phase:
        return self.kiosk.session.phase

    def press(self, *keys: str) -> None:
        for key in keys:
            self.clock.now += 0.5  # sooner it would be a trembling hand
            self.kiosk.press(key)
            self.kiosk.pump()

    def prompt_ends(self) -> None:
        self.player.end()
        self.kiosk.pump()

    def clips_are_found(self) -> None:
        while self.fetching:
            self.fetching.pop(0)()
        self.kiosk.pump()

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.kiosk.pump()
