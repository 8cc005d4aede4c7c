"""What a key means: the keypad of the kiosk, and the keyboard that stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from voicekiosk.core.content import Command, Move
from voicekiosk.core.messages import (
    Chosen,
    Event,
    FocusMoved,
    FocusTaken,
    HookLifted,
    HookReplaced,
    Means,
    Mispressed,
    Typed,
)
from voicekiosk.core.screen import ScreenView

TILE_KEYS = "123456"
HOOK_KEY = "h"

COMMANDS = {
    "7": Command.BACK,
    "backspace": Command.BACK,
    "escape": Command.BACK,
    "8": Command.REPEAT,
    "9": Command.HELP,
    "0": Command.HOME,
    "*": Command.LANGUAGE,
    "#": Command.PAUSE,
    "space": Command.PAUSE,
    "+": Command.LOUDER,
    "-": Command.SOFTER,
    ".": Command.COVER,
    "f12": Command.COVER,
}

_TYPED = {digit: digit for digit in "0123456789"} | {
    **{"#": "#", "enter": "#", "space": "#"},
    **{"*": "*", "backspace": "*", "escape": "*"},
}
"""While a date is typed: digits, the date is complete, take one back."""

# Keypads differ in what they call the same key.
_SAME_KEY = {
    " ": "space",
    "spacebar": "space",
    "=": "+",
    "plus": "+",
    "minus": "-",
    "asterisk": "*",
    "hash": "#",
    "numpadmul": "*",
    "numpadadd": "+",
    "numpadsubstract": "-",
    "numpaddivide": "#",
    "numpaddecimal": ".",
    "delete": ".",
    "р": HOOK_KEY,  # the same key while a Cyrillic layout is on
}


_MOVES: Mapping[Move, Event] = {
    Move.NEXT: FocusMoved(1),
    Move.PREVIOUS: FocusMoved(-1),
    Move.ACTION: FocusTaken(),
}
NONE: Mapping[str, Command | Move] = MappingProxyType({})


def event_for_key(
    key: str, view: ScreenView, hook_lifted: bool, keys: Mapping[str, Command | Move] = NONE
) -> Event | None:
    """The event of a key on this screen; None for a key that is none of the kiosk's.

    ``keys``: what this kiosk's keypad has besides the keys that every keypad has.
    """
    name = key.lower()
    name = _SAME_KEY.get(name, name)
    if len(name) == len("numpad0") and name.startswith("numpad"):
        name = name[-1]
    if name == HOOK_KEY:
        return HookReplaced() if hook_lifted else HookLifted()
    does = keys.get(name)
    # Whoever walks over the pictures chooses with the key that else completes the date.
    taking = does is Move.ACTION and view.focus is not None
    if view.typing and not taking and (typed := _TYPED.get(name)):
        return Typed(typed)
    if does:
        return _MOVES[does] if isinstance(does, Move) else Chosen(does.option, Means.KEY)
    if name in COMMANDS:
        return Chosen(COMMANDS[name].option, Means.KEY)
    for tile in (*view.tiles, *view.rail):
        if tile.key == name:
            return Chosen(tile.option, Means.KEY)
    return Mispressed(name) if name in tuple(TILE_KEYS) else None
