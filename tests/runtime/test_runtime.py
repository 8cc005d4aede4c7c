"""The runtime performs what the dialogue decides: visits on virtual time, with strict fakes."""

import threading
from collections.abc import Callable

import pytest

from tests.core.small_content import small_content
from tests.fakes import Clock, FakeClips, FakeDisplay, FakeEar, FakeJournal, FakePlayer
from voicekiosk.core import messages as m
from voicekiosk.core.screen import MicrophoneState, Scene, ScreenView
from voicekiosk.core.session import VOLUME_STEPS, Phase
from voicekiosk.core.types import OptionId, PromptId, Seconds
from voicekiosk.ports import KioskError
from voicekiosk.runtime import Runtime, gain

WORK = OptionId("category.work")
CONTENT = small_content()


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


def test_lifting_the_handset_welcomes_and_listens_at_once() -> None:
    hall = Hall()
    assert hall.screen.scene is Scene.IDLE
    hall.press("h")
    assert hall.player.playing[:2] == ("system.welcome ky", "system.welcome ru")
    assert hall.ear.turn == hall.kiosk.session.turn
    assert hall.ear.offered == CONTENT.categories


def test_hanging_up_is_silent_deaf_and_remembers_nothing() -> None:
    hall = Hall()
    hall.press("h", "2", "1", "*", "+", "h")
    assert hall.screen.scene is Scene.IDLE
    assert hall.player.playing == ()
    assert hall.ear.turn is None
    assert hall.player.volume == gain(4)
    hall.wait(10_000)
    assert hall.phase is Phase.IDLE


def test_a_touch_interrupts_what_is_being_said() -> None:
    hall = Hall()
    hall.press("h")
    hall.kiosk.choose(WORK)
    hall.kiosk.pump()
    assert hall.player.playing[0] == "category.work.name ky"
    assert hall.journal.records[-1] == m.Record("chosen", WORK, m.Means.TOUCH, "accept")


def test_the_caption_follows_the_voice() -> None:
    hall = Hall()
    hall.press("h")
    hall.player.reach(0, 1)
    hall.kiosk.pump()
    assert hall.screen.caption.current == 1


def test_no_input_is_counted_from_the_end_of_the_prompt() -> None:
    hall = Hall()
    hall.press("h")
    hall.wait(100)
    assert hall.phase is Phase.SPEAKING
    hall.prompt_ends()
    hall.wait(CONTENT.timing.no_input - 0.1)
    assert hall.phase is Phase.LISTENING
    hall.wait(0.2)
    assert hall.player.playing == ("system.no_input.1 ky",)


def test_an_end_reported_late_changes_nothing() -> None:
    hall = Hall()
    hall.press("h")
    late = hall.player.end()
    hall.kiosk.pump()
    hall.press("2")
    late()
    hall.kiosk.pump()
    assert hall.phase is Phase.SPEAKING
    assert hall.player.playing


def test_a_visitor_who_walks_away_is_forgotten_in_silence() -> None:
    hall = Hall()
    hall.press("h")
    for _ in range(20):
        if hall.phase is Phase.IDLE:
            break
        if hall.player.playing:
            hall.prompt_ends()
        hall.wait(CONTENT.timing.no_input)
    assert hall.phase is Phase.IDLE
    assert hall.player.said[-1] == ("system.goodbye ky",)


def test_pause_holds_in_place_and_a_new_choice_is_heard_after_it() -> None:
    hall = Hall()
    hall.press("h", "#")
    assert hall.player.held and hall.screen.paused
    hall.press("#")
    assert not hall.player.held
    assert len(hall.player.said) == 1
    hall.press("#", "2")
    assert hall.player.playing[0] == "category.work.name ky"


def test_speech_over_a_prompt_holds_it_and_noise_lets_it_go_on() -> None:
    hall = Hall()
    hall.press("h")
    turn = hall.kiosk.session.turn
    hall.kiosk.step(m.SpeechStarted(turn))
    assert hall.player.held
    assert hall.screen.microphone is MicrophoneState.HEARING
    hall.kiosk.step(m.Heard(turn, m.Utterance((), Seconds(0.3))))
    assert not hall.player.held and len(hall.player.said) == 1


def test_clips_that_take_long_delay_neither_screen_nor_touch() -> None:
    hall = Hall(slow_clips=True)
    hall.press("h")
    assert hall.screen.scene is Scene.HOME and not hall.player.said
    hall.press("2")
    hall.clips_are_found()
    assert [said[0] for said in hall.player.said] == ["category.work.name ky"]
    hall.press("1", "h")
    hall.clips_are_found()
    assert not hall.player.playing, "whoever has hung up is not spoken to"


def test_a_pause_before_the_sound_is_found_holds_it_back() -> None:
    hall = Hall(slow_clips=True)
    hall.press("h", "#")
    hall.clips_are_found()
    assert not hall.player.said
    hall.press("#")
    assert hall.player.playing[0] == "system.welcome ky"


def test_a_missing_clip_is_skipped_and_the_caption_stays_in_step() -> None:
    hall = Hall()
    hall.clips.missing.add(PromptId("system.welcome"))
    hall.press("h")
    assert hall.player.playing[0] == "system.home ky"
    hall.player.reach(0, 0)
    hall.kiosk.pump()
    assert hall.kiosk.session.position == (2, 0)
    assert len(hall.complaints) == 1


def test_without_any_clip_the_caption_is_left_to_read() -> None:
    hall = Hall()
    hall.clips.all_missing = True
    hall.press("h")
    assert hall.phase is Phase.SPEAKING and hall.screen.caption.sentences
    hall.wait(0.5)
    assert hall.phase is Phase.SPEAKING
    hall.press("#")
    hall.wait(50)
    assert hall.phase is Phase.PAUSED, "who pauses has all the time to read"
    hall.press("#")
    hall.wait(50)
    assert hall.phase is Phase.LISTENING


def test_without_a_loudspeaker_the_screen_goes_on() -> None:
    hall = Hall(speaker=False)
    assert hall.complaints and hall.screen.speaker_lost
    hall.press("h", "2")
    assert hall.screen.scene is Scene.CATEGORY
    assert hall.player.said == []


def test_a_loudspeaker_plugged_in_after_the_start_is_found() -> None:
    hall = Hall(speaker=False)
    hall.press("h", "2")
    hall.wait(6)
    assert hall.screen.speaker_lost and len(hall.complaints) == 1
    hall.player.broken = False
    hall.wait(6)
    assert not hall.screen.speaker_lost
    assert hall.player.playing[0] == "category.work.name ky"


def test_a_loudspeaker_that_dies_under_a_prompt_and_returns() -> None:
    hall = Hall()
    hall.press("h", "2")
    hall.player.lose()
    hall.kiosk.pump()
    assert hall.phase is Phase.LISTENING and hall.screen.speaker_lost
    hall.player.restore()
    hall.kiosk.pump()
    assert hall.player.playing[0] == "category.work.name ky"


def test_a_loudspeaker_that_refuses_to_play() -> None:
    hall = Hall()
    hall.player.broken = True
    hall.press("h")
    assert hall.screen.speaker_lost and hall.phase is Phase.LISTENING


def test_a_listener_that_is_ready_late_joins_the_visit() -> None:
    hall = Hall(ear=False)
    hall.press("h")
    assert hall.screen.microphone is MicrophoneState.LOST
    hall.kiosk.attach(hall.ear)
    hall.kiosk.pump()
    assert hall.screen.microphone is MicrophoneState.LISTENING
    assert hall.ear.turn == hall.kiosk.session.turn


def test_louder_and_softer_are_heard_at_once() -> None:
    hall = Hall()
    hall.press("h")
    assert hall.player.volume == gain(4)
    hall.press("+")
    assert hall.player.volume == gain(5)
    hall.press("-", "-")
    assert hall.player.volume == gain(3)


def test_the_volume_scale_is_even_to_the_ear() -> None:
    assert gain(VOLUME_STEPS - 1) == 1.0
    assert gain(0) == pytest.approx(0.126, abs=0.001)


def test_a_full_disk_is_said_once_and_visits_go_on() -> None:
    hall = Hall()
    hall.journal.full = True
    hall.press("h", "2", "1", "7", "h")
    assert [error.what for error in hall.complaints] == ["The disk is full"]


def test_a_broken_screen_leaves_the_voice() -> None:
    hall = Hall()
    hall.display.broken = True
    hall.press("h", "2")
    assert hall.player.playing[0] == "category.work.name ky"


def test_the_owner_thread_serves_others_and_stops_when_told() -> None:
    hall, display = Hall(ear=False), WatchedDisplay()
    hall.player.opened = False
    kiosk = Runtime(
        CONTENT, hall.clips, hall.player, None, display, hall.journal, warn=lambda _: None
    )
    owner = threading.Thread(target=kiosk.run)
    owner.start()
    kiosk.press("h")
    kiosk.press("2")
    assert display.category.wait(5)
    kiosk.stop()
    owner.join(5)
    assert not owner.is_alive()
    assert hall.player.playing == ()


class WatchedDisplay(FakeDisplay):
    """Tells another thread when the category is on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.category = threading.Event()

    def show(self, view: ScreenView) -> None:
        super().show(view)
        if view.scene is Scene.CATEGORY:
            self.category.set()
