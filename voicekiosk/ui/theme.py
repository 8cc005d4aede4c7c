"""The kiosk's palette and measures: every colour and size of the screen is named here."""

from __future__ import annotations

from typing import Final

PAPER: Final = "#faf4e8"
"""Warm off-white behind everything."""
CARD: Final = "#ffffff"
INK: Final = "#2f231b"
SOFT_INK: Final = "#57483c"
"""Sentences that are not being said, and what is switched off."""
EDGE: Final = "#e6dac6"
MARK: Final = "#ffe09a"
"""Behind the sentence being said."""
GLOW: Final = "#f5a800"
"""Around the tile whose name is being said."""
WHITE: Final = "#ffffff"
LISTENING: Final = "#11553a"
HEARING: Final = "#0b3d91"
LOST: Final = "#8c1220"
ASLEEP: Final = "#efe6d6"

TEXT_PAIRS: Final = (
    (INK, PAPER),
    (INK, CARD),
    (INK, MARK),
    (INK, ASLEEP),
    (SOFT_INK, PAPER),
    (SOFT_INK, CARD),
    (WHITE, LISTENING),
    (WHITE, HEARING),
    (WHITE, LOST),
)
"""Every foreground on every background it is drawn on."""

READABLE_CAPITAL_MM: Final = 7.4
"""Height of a capital H that is read from 600 mm (EN 301 549, 5.1.4)."""
ROBOTO_CAPITAL: Final = 0.711
"""Height of Roboto's capitals as a part of its font size."""

Rgba = tuple[float, float, float, float]


def rgba(colour: str, alpha: float = 1.0) -> Rgba:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, alpha


def blend(colour: str, other: str, part: float) -> str:
    """``part`` of the other colour mixed in."""
    pairs = zip(rgba(colour)[:3], rgba(other)[:3], strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * part)):02x}" for a, b in pairs)


def shade(colour: str) -> str:
    """The darker tone of a tile's shape: white on it reads even better than on the tile."""
    return blend(colour, "#000000", 0.34)


def tint(colour: str) -> str:
    """A pale ground for what belongs together, on which its tiles stand."""
    return blend(colour, PAPER, 0.72)


def rim(colour: str) -> str:
    """The light edge of that shape: it tells the shape apart at 3:1, without colour."""
    return blend(colour, WHITE, 0.58)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgba(colour)[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def caption_size(unit: float, dpi: float) -> float:
    """Font size of captions: readable from 600 mm where the screen has room for it."""
    readable = READABLE_CAPITAL_MM / ROBOTO_CAPITAL * dpi / 25.4
    return max(36 * unit, min(readable, 44 * unit))
