"""Keys on the glass's keyboard, the keypad and the handset."""

import pytest

from tests.ui import views

SCANCODES = {
    "1 on the keyboard": (30, (), "1"),
    "0 on the keyboard": (39, (), "0"),
    "1 on the numpad": (89, (), "1"),
    "0 on the numpad": (98, (), "0"),
    "star as shift and 8": (37, ("shift",), "*"),
    "star on the numpad": (85, (), "*"),
    "hash as shift and 3": (32, ("shift",), "#"),
    "hash on the numpad is its slash": (84, (), "#"),
    "plus on the numpad": (87, (), "+"),
    "minus on the numpad": (86, (), "-"),
    "plus as equals": (46, (), "+"),
    "backspace": (42, (), "backspace"),
    "escape": (41, (), "escape"),
    "the hook": (11, (), "h"),
    "f1": (58, (), "f1"),
}


@pytest.mark.parametrize(("scancode", "modifiers", "name"), SCANCODES.values(), ids=SCANCODES)
def test_a_key_has_one_name_wherever_it_is(visitor, scancode, modifiers, name):
    visitor.sees(views.home()).press(scancode, *modifiers)
    assert visitor.keys == [name]


def test_a_held_key_counts_once(visitor):
    visitor.sees(views.home()).press(30, times=20)
    visitor.press(30)
    assert visitor.keys == ["1", "1"]


def test_escape_does_not_close_the_kiosk(visitor):
    from kivy.base import EventLoop

    visitor.sees(views.home()).press(41)
    visitor.frame()
    assert EventLoop.status == "started"
