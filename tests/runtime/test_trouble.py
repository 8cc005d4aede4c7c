"""What is missing, slow, broken or full, and the visit that goes on all the same."""

from tests.runtime.hall import Hall
from voicekiosk.core.screen import MicrophoneState, Scene
from voicekiosk.core.session import Phase
from voicekiosk.core.types import PromptId


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


def test_without_any_clip_the_captions_are_left_to_read_one_by_one() -> None:
    hall = Hall()
    hall.clips.all_missing = True
    hall.press("h")
    assert hall.phase is Phase.SPEAKING and hall.screen.caption.current == 0
    hall.wait(1.4)
    assert hall.screen.caption.current == 0, "a slow reader is not hurried"
    hall.wait(0.2)
    assert hall.screen.caption.current == 1
    hall.press("#")
    hall.wait(50)
    assert hall.phase is Phase.PAUSED, "who pauses has all the time to read"
    hall.press("#")
    for _ in range(40):
        hall.wait(1.5)
        if hall.phase is Phase.LISTENING:
            break
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
    assert hall.screen.speaker_lost and not hall.player.playing
    shown = hall.screen.caption
    hall.wait(4)
    assert hall.screen.caption != shown, "what cannot be heard goes on in captions"
    hall.player.restore()
    hall.kiosk.pump()
    assert hall.player.playing[0] == "category.work.name ky"


def test_a_loudspeaker_that_refuses_to_play() -> None:
    hall = Hall()
    hall.player.broken = True
    hall.press("h")
    assert hall.screen.speaker_lost and hall.phase is Phase.SPEAKING
    captions = set()
    while hall.phase is Phase.SPEAKING and len(captions) < 100:
        captions.add((hall.screen.caption, hall.kiosk.session.position))
        hall.wait(3)
    assert hall.phase is Phase.LISTENING, "the captions end, and it is the visitor's turn"


def test_a_listener_that_is_ready_late_joins_the_visit() -> None:
    hall = Hall(ear=False)
    hall.press("h")
    assert hall.screen.microphone is MicrophoneState.LOST
    hall.kiosk.attach(hall.ear)
    hall.kiosk.pump()
    assert hall.screen.microphone is MicrophoneState.LISTENING
    assert hall.ear.turn == hall.kiosk.session.turn


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
