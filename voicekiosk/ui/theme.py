"""The kiosk's palette and measures: every colour and size of the screen is named here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import ceil
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

MILLIMETRES_PER_INCH: Final = 25.4
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
    return max(36 * unit, min(readable_size(dpi), 48 * unit))


@dataclass(frozen=True, slots=True)
class Look:
    """One way to draw the visitors' screen; the palette above is the usual one."""

    paper: str = PAPER
    card: str = CARD
    ink: str = INK
    soft_ink: str = SOFT_INK
    edge: str = EDGE
    mark: str = MARK
    mark_ink: str = INK
    """On the sentence that is being said."""
    glow: str = GLOW
    asleep: str = ASLEEP
    white: str = WHITE
    listening: str = LISTENING
    hearing: str = HEARING
    lost: str = LOST
    darker: float = 0.0
    """How much black is mixed into the categories' colours."""
    lined: bool = False
    """Every tile and button has a line around it."""
    large: bool = False
    """Fewer and larger things: every letter can be read from 600 mm."""

    def tile(self, colour: str) -> str:
        return blend(colour, "#000000", self.darker)

    def opened(self, colour: str) -> str:
        """The ground of what a category has opened."""
        return blend(colour, self.paper, 0.72)


NORMAL: Final = Look()
HIGH_CONTRAST: Final = Look(
    paper="#000000",
    card="#000000",
    ink="#ffffff",
    soft_ink="#f2ead8",
    edge="#3a3a3a",
    mark="#ffe14d",
    mark_ink="#000000",
    glow="#ffe14d",
    asleep="#1c1c1c",
    listening="#003d24",
    hearing="#0a2c72",
    lost="#700c18",
    darker=0.55,
    lined=True,
)
LARGE: Final = Look(large=True)
CLEAREST: Final = replace(HIGH_CONTRAST, large=True)
"""What a visitor gets who asks to see it more clearly, whatever the kiosk looks like."""
LOOKS: Final = {
    **{"normal": NORMAL, "high-contrast": HIGH_CONTRAST, "large": LARGE},
    "clearest": CLEAREST,
}


@dataclass(frozen=True, slots=True)
class Sight:
    """How a kiosk is set up for those who look at it."""

    look: Look = NORMAL
    low: bool = False
    """Everything to touch is in the lower half: for who sits in a wheelchair, and for a child."""
    inches: float | None = None
    """The panel's diagonal, where the panel itself does not tell it rightly."""

    def dpi(self, width: float, height: float, reported: float) -> float:
        return float((width**2 + height**2) ** 0.5 / self.inches) if self.inches else reported


USUAL: Final = Sight()


def pairs(look: Look, colours: tuple[str, ...]) -> dict[tuple[str, str], float]:
    """Every text on every ground it is written on, with its contrast; ``colours`` of tiles."""
    texts = [
        *product((look.ink,), (look.paper, look.card, look.asleep)),
        *product((look.soft_ink,), (look.paper, look.card, look.asleep)),
        (look.mark_ink, look.mark),
        *((look.white, look.tile(colour)) for colour in colours),
        *((look.white, shade(look.tile(colour))) for colour in colours),
    ]
    return {pair: contrast(*pair) for pair in texts}


def sign_pairs(look: Look, colours: tuple[str, ...]) -> dict[tuple[str, str], float]:
    """Every pictogram, ring and shape on what it must stand out from, with its contrast."""
    grounds = (look.paper, look.edge, *(look.opened(colour) for colour in colours))
    signs = [
        *product((look.ink,), grounds),  # the rings around what is said, open or in focus
        *product((look.white,), (look.listening, look.hearing, look.lost)),
        (look.mark_ink, look.mark),
        (look.soft_ink, look.asleep),
        *((look.white, look.tile(colour)) for colour in colours),
        *((rim(look.tile(colour)), look.tile(colour)) for colour in colours),
    ]
    if look.lined:  # the line around a tile tells it from its ground
        signs += product((look.white,), grounds)
    else:
        signs += [(look.tile(colour), look.opened(colour)) for colour in colours]
        signs += product(colours, (look.paper, look.edge))
    return {pair: contrast(*pair) for pair in signs}


def capital_mm(size: float, dpi: float) -> float:
    """How high a capital H of this font size is on the glass."""
    return size * ROBOTO_CAPITAL / dpi * MILLIMETRES_PER_INCH


def readable_size(dpi: float) -> int:
    """The smallest font size whose capital H is read from 600 mm."""
    return ceil(READABLE_CAPITAL_MM / ROBOTO_CAPITAL * dpi / MILLIMETRES_PER_INCH)
