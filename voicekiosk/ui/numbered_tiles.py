"""A row of tiles with their keys in the corner; too early is dim, next stands out."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from voicekiosk.core.screen import Tile
from voicekiosk.core.types import OptionId
from voicekiosk.ui import paint, theme
from voicekiosk.ui.layout import Rect
from voicekiosk.ui.lettering import Lettering, letter


def draw_tiles(
    tiles: Sequence[Tile],
    areas: Sequence[Rect],
    disabled: Collection[OptionId],
    pictograms: Path,
    unit: float,
    pressed: Collection[OptionId],
    awaited: OptionId | None = None,
) -> list[Lettering]:
    """Answers how every text was lettered."""
    written: list[Lettering] = []
    largest = _label_size(tiles, areas, unit)
    for tile, area in zip(tiles, areas, strict=True):
        off, down = tile.option in disabled, tile.option in pressed
        ground = theme.ASLEEP if off else theme.shade(tile.colour) if down else tile.colour
        ink = theme.SOFT_INK if off else theme.WHITE
        if tile.option == awaited:
            paint.card(area.inset(-7 * unit), theme.GLOW, 38 * unit)
            paint.card(area.inset(-2 * unit), theme.PAPER, 34 * unit)
        area = area.inset(6 * unit) if down else area
        paint.card(area, ground, 32 * unit)
        picture, text = _tile_parts(area, unit)
        paint.pictogram(
            pictograms / f"{tile.pictogram}.png", picture.square(), ink, 0.45 if off else 1.0
        )
        written.append(paint.lettered(tile.label, text, ink, largest, bold=True))
        side = 44 * unit
        corner = Rect(area.right - side - 10 * unit, area.top - side - 10 * unit, side, side)
        paint.card(corner, theme.PAPER, side / 2)
        written.append(paint.lettered(tile.key, corner, theme.INK, 30 * unit, bold=True))
    return written


def _tile_parts(area: Rect, unit: float) -> tuple[Rect, Rect]:
    """The places of the picture and of the label below it."""
    inner = area.inset(14 * unit)
    return inner.top_part(inner.height - 56 * unit, 4 * unit)


def _label_size(tiles: Sequence[Tile], areas: Sequence[Rect], unit: float) -> float:
    """Alike on all tiles: as large as the longest label allows."""
    sizes = [40 * unit]
    for tile, area in zip(tiles, areas, strict=True):
        _, text = _tile_parts(area, unit)
        box = int(text.width), int(text.height)
        sizes.append(letter(tile.label, *box, int(sizes[0]), bold=True).size)
    return min(sizes)
