"""C35, 49 CFR 27.71(k), WCAG 2.2.1: nobody is cut off who needs time, and nothing is kept after."""

import pytest

from tests.runtime.hall import CONTENT, WORK, Hall
from voicekiosk.core.screen import Scene
from voicekiosk.core.session import Phase, Session


def until_warned(hall: Hall) -> None:
    """Nobody does anything until the kiosk asks whether anybody is here."""
    for _ in range(10):
        if hall.screen.scene is Scene.WARNING:
            return
        if hall.player.playing:
            hall.prompt_ends()
        hall.wait(CONTENT.timing.no_input)
    raise AssertionError("no warning came")


def all_is_said(hall: Hall) -> None:
    while hall.player.playing:  # at the slower pace the first sentence comes by itself
        hall.prompt_ends()


def test_before_the_visit_ends_it_is_asked_aloud_and_on_the_screen_and_waited_for() -> None:
    hall = Hall()
    hall.press("h", "2")
    until_warned(hall)
    assert hall.player.playing == ("system.warning ky",)
    assert hall.screen.caption.sentences == CONTENT.prompts["system.warning"]["ky-KG"]
    assert [tile.option for tile in hall.screen.tiles] == ["command.yes"]
    hall.prompt_ends()
    assert CONTENT.timing.warning >= 20
    hall.wait(CONTENT.timing.warning - 0.1)
    assert hall.screen.scene is Scene.WARNING
    hall.wait(0.2)
    assert hall.player.playing == ("system.goodbye ky",)


@pytest.mark.parametrize("key", ["1", "6", "7", "#", "+", "*", "down", "enter", "f2"])
def test_any_key_extends_and_a_dozen_times(key: str) -> None:
    hall = Hall()
    hall.press("h", "2")
    for _ in range(12):
        until_warned(hall)
        all_is_said(hall)
        hall.wait(CONTENT.timing.warning - 1)
        hall.press(key)
        assert hall.screen.scene not in (Scene.WARNING, Scene.GOODBYE)
        hall.wait(CONTENT.timing.no_input - 1)
        assert hall.phase is not Phase.IDLE


def test_a_touch_extends_too() -> None:
    hall = Hall()
    hall.press("h", "2")
    until_warned(hall)
    hall.kiosk.choose(hall.screen.tiles[0].option)
    hall.kiosk.pump()
    assert hall.screen.scene is Scene.CATEGORY
    assert hall.player.playing[0] == "category.work.name ky"


def test_a_telling_that_was_paused_too_long_goes_on_where_it_was() -> None:
    hall = Hall()
    hall.press("h", "2", "1")
    hall.player.reach(1, 1)
    hall.kiosk.pump()
    hall.press("#")
    hall.wait(CONTENT.timing.pause)
    assert hall.player.playing == ("system.warning ky",)
    hall.press("5")
    assert hall.player.playing[0] == "topic.contract.telling.1 ky"
    assert hall.screen.caption.current == 1


def test_after_the_goodbye_nothing_is_left_of_the_visit() -> None:
    hall = Hall()
    hall.kiosk.choose(WORK)
    hall.kiosk.pump()
    hall.press("*", "+", "f2", "down", "f4")
    until_warned(hall)
    all_is_said(hall)
    hall.wait(CONTENT.timing.warning)
    all_is_said(hall)
    assert hall.screen.scene is Scene.IDLE
    assert hall.kiosk.session == Session(turn=hall.kiosk.session.turn)


def test_a_dark_screen_shows_the_warning_all_the_same() -> None:
    hall = Hall()
    hall.press("h", "2", "f4")
    assert hall.screen.blank
    until_warned(hall)
    assert hall.screen.scene is Scene.WARNING and not hall.screen.blank
    hall.press("5")
    assert hall.screen.blank


def test_a_screen_blanks_on_command_and_what_is_said_goes_on() -> None:
    """C34, ADA 707.4: a key, and a touch brings it back."""
    hall = Hall()
    hall.press("h", "2", "f4")
    assert hall.screen.blank
    assert hall.player.playing[0] == "category.work.name ky"
    hall.press("1")
    assert hall.screen.blank and hall.player.playing[0] == "topic.contract.name ky"
    hall.kiosk.choose("command.blank")
    hall.kiosk.pump()
    assert not hall.screen.blank and hall.player.playing[0] == "topic.contract.name ky"
    hall.press("f4", "h", "h")
    assert not hall.screen.blank
