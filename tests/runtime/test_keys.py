"""Every key of the pad on every screen: a choice, a command, or nothing."""

from dataclasses import replace

import pytest

from tests.core.small_content import small_content
from voicekiosk.core import messages as m
from voicekiosk.core.content import Command
from voicekiosk.core.dialogue import Session
from voicekiosk.core.keys import event_for_key
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Phase
from voicekiosk.core.types import OptionId

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
