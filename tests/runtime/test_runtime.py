"""The runtime performs what the dialogue decides: visits on virtual time, with strict fakes."""

import threading

import pytest

from tests.fakes import FakeDisplay
from tests.runtime.hall import CONTENT, WORK, Hall
from voicekiosk.core import messages as m
from voicekiosk.core.screen import MicrophoneState, Scene, ScreenView
from voicekiosk.core.session import VOLUME_STEPS, Phase
from voicekiosk.core.types import Seconds
from voicekiosk.runtime import Runtime, gain


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
    assert hall.player.playing == ("system.teach.start ky",)


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
