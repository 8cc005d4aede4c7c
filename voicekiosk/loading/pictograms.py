"""Pictures and colours: that the file is there, and that white can be seen on the colour."""

from __future__ import annotations

import re
from pathlib import Path

from voicekiosk.loading.faults import Fault
from voicekiosk.loading.parts import Part

ALWAYS_SHOWN = (
    *("home", "yes", "no", "handset", "microphone", "microphone_off", "pause", "play"),
    *("goodbye", "question"),
)
"""Pictograms of the screen itself, which no option names."""
LEAST_CONTRAST = 7.0


def pictogram(part: Part | None, folder: Path) -> str:
    if part is None:
        return ""
    name = part.text()
    if name and not (folder / f"{name}.png").is_file():
        part.fault(
            f"There is no picture pictograms/{name}.png",
            "Add the file, or name one that is in the folder",
        )
    return name


def check_always_shown(folder: Path, faults: list[Fault]) -> None:
    for name in ALWAYS_SHOWN:
        file = folder / f"{name}.png"
        if not file.is_file():
            faults.append(Fault(file, 1, 1, "The picture is missing", "Put the file back"))


def colour(part: Part | None) -> str:
    """A background of ``#rrggbb`` dark enough for white text."""
    if part is None:
        return ""
    value = part.text()
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        part.fault(f"`{value}` is not a colour", 'Write six hexadecimal digits: "#0b4a80"')
        return value
    contrast = contrast_with_white(value)
    if contrast < LEAST_CONTRAST:
        part.fault(
            f"White on {value} has a contrast of {contrast:.1f}:1, at least 7:1 is needed",
            "Choose a darker colour",
        )
    return value


def contrast_with_white(value: str) -> float:
    """The WCAG 2 contrast ratio of white text on a colour."""
    red, green, blue = (_linear(int(value[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
