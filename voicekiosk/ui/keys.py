"""Key presses to key names, by position on the keyboard: the layout in use does not matter."""

from __future__ import annotations

from collections.abc import Collection

_DIGITS = "1234567890"
# USB HID usage numbers, which SDL calls scancodes.
_PLAIN = (
    {4 + i: chr(ord("a") + i) for i in range(26)}
    | {30 + i: digit for i, digit in enumerate(_DIGITS)}
    | {58 + i: f"f{i + 1}" for i in range(12)}
    | {104 + i: f"f{i + 13}" for i in range(12)}
    | {89 + i: digit for i, digit in enumerate(_DIGITS)}
    | {40: "enter", 41: "escape", 42: "backspace", 43: "tab", 44: "space", 45: "-", 46: "+"}
    | {50: "#", 76: ".", 55: ".", 84: "#", 85: "*", 86: "-", 87: "+", 88: "enter", 99: "."}
    | {79: "right", 80: "left", 81: "down", 82: "up", 204: "#"}
)
"""The numpad's slash is its hash: numpads have no other key for it."""
_SHIFTED = {32: "#", 37: "*", 46: "+"}


def key_name(scancode: int, modifiers: Collection[str]) -> str | None:
    """``1`` to ``0``, ``*``, ``#``, ``+``, ``-``, letters, ``f1`` and named keys; else None."""
    if "shift" in modifiers and scancode in _SHIFTED:
        return _SHIFTED[scancode]
    return _PLAIN.get(scancode)
