"""Every key of the pad on every screen: a choice, a command, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.small_content import small_content
from voicekiosk.core import messages as m
from voicekiosk.core.content import Command, Move
from voicekiosk.core.dialogue import Session
from voicekiosk.core.keys import COMMANDS, event_for_key
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Phase
from voicekiosk.core.types import OptionId
from voicekiosk.loading import load
from voicekiosk.ui.keys import key_name

HOME = screen_of(replace(Session(), phase=Phase.LISTENING), small_content())


@pytest.mark.parametrize(("key", "option"), [("1", "category.russia"), ("2", "category.work")])
def test_a_digit_chooses_the_tile_that_carries_it(key: str, option: str) -> None:
    assert event_for_key(key, HOME, False) == m.Chosen(OptionId(option), m.Means.KEY)
    assert event_for_key(f"numpad{key}", HOME, False) == m.Chosen(OptionId(option), m.Means.KEY)


@pytest.mark.parametrize("key", ["4", "5", "6"])
def test_a_digit_without_a_tile_is_a_mispress(key: str) -> None:
    assert event_for_key(key, HOME, False) == m.Mispressed(key)


def test_every_button_of_the_bar_answers_to_the_key_it_shows() -> None:
    for button in HOME.bar:
        chosen = m.Chosen(button.command.option, m.Means.KEY)
        assert event_for_key(button.key, HOME, False) == chosen


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("backspace", Command.BACK),
        ("escape", Command.BACK),
        ("space", Command.PAUSE),
        ("spacebar", Command.PAUSE),
        ("numpadadd", Command.LOUDER),
        ("numpadsubstract", Command.SOFTER),
        ("numpad0", Command.HOME),
    ],
)
def test_other_names_of_the_same_keys(key: str, command: Command) -> None:
    assert event_for_key(key, HOME, False) == m.Chosen(command.option, m.Means.KEY)


def test_the_hook_key_lifts_and_hangs_up() -> None:
    assert event_for_key("h", HOME, False) == m.HookLifted()
    assert event_for_key("h", HOME, True) == m.HookReplaced()


@pytest.mark.parametrize("key", ["f5", "a", "", "shift", "numpadenter", "ү"])
def test_keys_that_are_none_of_the_kiosks_do_nothing(key: str) -> None:
    assert event_for_key(key, HOME, False) is None


FITTED = {"down": Move.NEXT, "f13": Move.PREVIOUS, "enter": Move.ACTION, "f2": Command.SLOWER}


@pytest.mark.parametrize(
    ("key", "event"),
    [
        ("down", m.FocusMoved(1)),
        ("f13", m.FocusMoved(-1)),
        ("enter", m.FocusTaken()),
        ("f2", m.Chosen(Command.SLOWER.option, m.Means.KEY)),
        ("up", None),
    ],
)
def test_a_tactile_keypad_is_fitted_by_the_names_of_its_keys(key: str, event: m.Event) -> None:
    assert event_for_key(key, HOME, False, FITTED) == event


EZ_ACCESS = {
    0x6C: m.Chosen(Command.HELP.option, m.Means.KEY),
    0x6D: m.FocusMoved(-1),
    0x6E: m.FocusMoved(1),
    0x6F: m.FocusTaken(),
    0x70: m.Chosen(Command.BACK.option, m.Means.KEY),
    0x71: m.Chosen(Command.MORE.option, m.Means.KEY),
    0x72: m.Chosen(Command.REPEAT.option, m.Means.KEY),
    0x73: m.Chosen(Command.SKIP.option, m.Means.KEY),
}
"""By the usages of USB that its eight keys send."""


@pytest.mark.parametrize(("usage", "event"), EZ_ACCESS.items())
def test_an_ez_access_keypad_works_as_it_comes(usage: int, event: m.Event) -> None:
    keys = load(Path(__file__).parents[2] / "content").keys
    name = key_name(usage, ())
    assert name is not None
    assert event_for_key(name, HOME, False, keys) == event


def test_enter_completes_a_date_unless_the_focus_stands_on_something() -> None:
    typing = replace(HOME, typing=True)
    assert event_for_key("enter", typing, False, FITTED) == m.Typed("#")
    walking = replace(typing, focus=OptionId("command.home"))
    assert event_for_key("enter", walking, False, FITTED) == m.FocusTaken()


def test_every_command_has_a_way_without_a_voice() -> None:
    """C20: a key of its own, or a place on some screen."""
    content = load(Path(__file__).parents[2] / "content")
    by_key = {*COMMANDS.values(), *content.keys.values()}
    on_screens = {Command.YES, Command.NO, Command.MORE, Command.ALL_TOPICS}
    otherwise = {
        Command.STOP: Command.PAUSE,
        Command.TEACH: Command.HELP,
        Command.KYRGYZ: Command.LANGUAGE,
        Command.RUSSIAN: Command.LANGUAGE,
    }
    left = set(Command) - by_key - on_screens
    assert left == set(otherwise)
    assert set(otherwise.values()) <= by_key
