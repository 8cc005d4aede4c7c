"""Draws a tile: its colour, shape and picture, its label and key, and the rings around it."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.core.screen import Scene, ScreenView, Tile
from voicekiosk.core.types import OptionId
from voicekiosk.ui import paint, theme
from voicekiosk.ui.layout import Arrangement, Rect
from voicekiosk.ui.lettering import Lettering, letter


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a scene is drawn with."""

    view: ScreenView
    place: Arrangement
    pictograms: Path
    show_labels: bool
    dpi: float
    pressed: Collection[OptionId]
    look: theme.Look = theme.NORMAL

    def picture(self, name: str) -> Path:
        return self.pictograms / f"{name}.png"


def within(drawing: Drawing, name: str, area: Rect, part: float, colour: str = theme.WHITE) -> None:
    square = area.square()
    paint.pictogram(drawing.picture(name), square.inset(square.width * (1 - part) / 2), colour)


def _tile_parts(drawing: Drawing, tile: Tile, area: Rect) -> tuple[Rect, Rect | None]:
    """The places of a tile's pictogram and of its label: beside it, or below."""
    unit = drawing.place.unit
    small = _is_small(area, unit)
    inner = area.inset((8 if small else 14) * unit)
    if not drawing.show_labels:
        return inner, None
    if drawing.look.large:
        return _large_parts(drawing, tile, inner)
    if area.width > area.height * 1.55:
        picture, text = inner.left_part(min(inner.height, inner.width * 0.5), 10 * unit)
        if not tile.key:
            return picture, text
        # Clear of the key's corner: beside it in a low tile, below it in a high one.
        if inner.height < 110 * unit:
            return picture, Rect(text.x, text.y, text.width - 42 * unit, text.height)
        return picture, Rect(text.x, text.y, text.width, text.height - 34 * unit)
    if small:
        return inner.top_part(inner.height * 0.62)
    return inner.top_part(inner.height - min(inner.height * 0.32, 104 * unit))


def _large_parts(drawing: Drawing, tile: Tile, inner: Rect) -> tuple[Rect, Rect | None]:
    """A label that can be read from 600 mm; where there is no room for one, the picture alone."""
    size, unit = theme.readable_size(drawing.dpi), drawing.place.unit
    picture, text = inner.left_part(min(inner.height, inner.width * 0.36), 10 * unit)
    corner = 1.25 * size if tile.key else 0
    beside = picture, Rect(text.x, text.y, text.width - corner, text.height)
    below = [inner.top_part(inner.height * part) for part in (0.62, 0.5, 0.4, 0.36)]
    for picture, text in (*below, beside):
        fitted = letter(tile.label, int(text.width), int(text.height), size, bold=True)
        if picture.height >= 56 * unit and fitted.fits and fitted.size >= size:
            return picture, text
    return inner, None


def _is_small(area: Rect, unit: float) -> bool:
    return area.width < 180 * unit


def alike(one: Rect, other: Rect) -> bool:
    return abs(one.width - other.width) < 1


def label_size(drawing: Drawing, tiles: Sequence[tuple[Tile, Rect]]) -> float:
    """Of the tiles' labels: alike, unless a long word has to be much smaller than the rest."""
    largest = (
        56 if drawing.view.scene in (Scene.CHOICE, Scene.ASKING, Scene.MANNER) else 38
    ) * drawing.place.unit
    if drawing.look.large:
        largest = max(largest, theme.readable_size(drawing.dpi))
    sizes = []
    for tile, area in tiles:
        _, text = _tile_parts(drawing, tile, area)
        if text is not None:
            box = int(text.width), int(text.height)
            sizes.append(letter(tile.label, *box, int(largest), bold=True).size)
    return min(largest, 1.2 * min(sizes)) if sizes else largest


def draw_tile(
    drawing: Drawing, tile: Tile, area: Rect, largest: float, written: list[Lettering]
) -> None:
    unit = drawing.place.unit
    radius = 32 * unit
    pressed = tile.option in drawing.pressed
    colour = drawing.look.tile(tile.colour)
    if tile.spoken:
        paint.card(area.inset(-11 * unit), drawing.look.ink, radius + 11 * unit)
        paint.card(area.inset(-9 * unit), drawing.look.glow, radius + 9 * unit)
        paint.ring(area.inset(-2.5 * unit), drawing.look.paper, radius + 2 * unit, 2.5 * unit)
    if tile.current and not tile.spoken:
        paint.card(area.inset(-7 * unit), drawing.look.ink, radius + 7 * unit)
        paint.ring(area.inset(-2 * unit), drawing.look.paper, radius + 2 * unit, 2 * unit)
    if pressed:
        area = area.inset(6 * unit)
    paint.card(area, theme.shade(colour) if pressed else colour, radius)
    line_around(drawing, area, radius)
    picture, text = _tile_parts(drawing, tile, area)
    ground = theme.blend(colour, "#000000", 0.5) if pressed else theme.shade(colour)
    paint.emblem(
        tile.shape, picture.square().inset(4 * unit), ground, theme.rim(colour), 2.2 * unit
    )
    within(drawing, tile.pictogram, picture, 0.82)
    if text is not None:
        centred = text.x == picture.x
        written.append(paint.lettered(tile.label, text, drawing.look.white, largest, True, centred))
    if tile.key:
        _key(drawing, tile.key, area, written)
    if tile.option == drawing.view.focus:
        focus_on(drawing, area, radius)


def line_around(drawing: Drawing, area: Rect, radius: float) -> None:
    """Where colours are dark, a line tells a tile from its ground."""
    if drawing.look.lined:
        paint.ring(area, drawing.look.white, radius, 2 * drawing.place.unit)


def rim_of(drawing: Drawing, colour: str) -> tuple[str, float]:
    return (theme.rim(colour), 2 * drawing.place.unit) if drawing.look.lined else ("", 1)


def focus_on(drawing: Drawing, area: Rect, radius: float) -> None:
    """Where the keys stand: two thick lines, and a pointing hand's wedge at the corner."""
    unit, look = drawing.place.unit, drawing.look
    paint.ring(area.inset(1 * unit), look.paper, radius, 7 * unit)
    paint.ring(area.inset(-4 * unit), look.ink, radius + 4 * unit, 5 * unit)
    side = min(46 * unit, 0.42 * area.height)
    paint.pointer(Rect(area.x - 6 * unit, area.top - side + 6 * unit, side, side), look)


def _key(drawing: Drawing, key: str, area: Rect, written: list[Lettering]) -> None:
    """In the corner; smaller where the tile is, so that it leaves the picture free."""
    unit = drawing.place.unit
    side, edge = (34 * unit, 6 * unit) if _is_small(area, unit) else (44 * unit, 10 * unit)
    if drawing.look.large:
        side = max(side, 1.25 * theme.readable_size(drawing.dpi))
    corner = Rect(area.right - side - edge, area.top - side - edge, side, side)
    paint.card(corner, drawing.look.paper, side / 2)
    size = (0.82 if drawing.look.large else 0.68) * side
    written.append(paint.lettered(key, corner, drawing.look.ink, size, bold=True))
