"""Text that never clips: words are measured, lines broken and sizes shrunk before drawing."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kivy.core.text import Label as CoreLabel

LEADING = 1.2
"""Line height as a part of the font size."""
SMALLEST = 11
"""Nothing is lettered smaller; a text that needs it does not fit."""
_REFERENCE = 100
_SAFETY = 1.03
"""Hinting makes a word slightly wider at some sizes than its share of the reference."""


@dataclass(frozen=True, slots=True)
class Lettering:
    lines: tuple[str, ...]
    size: int
    fits: bool

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


@lru_cache(maxsize=4096)
def _width(text: str, bold: bool) -> float:
    """Of a text, per pixel of font size."""
    width, _ = CoreLabel(font_size=_REFERENCE, bold=bold).get_extents(text)
    return float(width) / _REFERENCE * _SAFETY


def _break(text: str, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    # A hyphenated word may part after its hyphen.
    for part in re.findall(r"\s*(?:[^\s-]+-+(?=[^\s-])|\S+?(?=\s|$))", text.strip()):
        if lines and _width(lines[-1] + part, bold) <= room:
            lines[-1] += part
        else:
            lines.append(part.strip())
    return lines


@lru_cache(maxsize=2048)
def letter(text: str, width: int, height: int, largest: int, bold: bool = False) -> Lettering:
    """The largest lettering of a text, not above ``largest``, that stays inside the box."""
    lines: list[str] = []
    for size in range(max(largest, SMALLEST), SMALLEST - 1, -1):
        lines = _break(text, width / size, bold)
        inside = all(_width(line, bold) * size <= width for line in lines)
        if inside and len(lines) * size * LEADING <= height:
            return Lettering(tuple(lines), size, True)
    return Lettering(tuple(lines), SMALLEST, False)


@lru_cache(maxsize=512)
def texture(line: str, size: int, bold: bool) -> Any:
    """One line in white, to be tinted."""
    label = CoreLabel(text=line, font_size=size, bold=bold)
    label.refresh()
    return label.texture
