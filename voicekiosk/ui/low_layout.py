"""Everything to touch in the lower half: for who sits in a wheelchair, and for a child."""

from __future__ import annotations

from typing import NamedTuple

from voicekiosk.core.screen import Scene, ScreenView
from voicekiosk.ui.rect import Rect


class Low(NamedTuple):
    picture: Rect | None
    tiles: tuple[Rect, ...]
    caption: Rect


def lowered(view: ScreenView, upper: Rect, lower: Rect, gap: float, captioned: bool) -> Low:
    """Above what is only looked at, below what is touched; without a rail."""
    upright = upper.height + lower.height > upper.width
    picture, caption = _looked_at(view, upper, upright, gap, captioned)
    return Low(picture, _touched(view, lower, upright, gap), caption)


def _looked_at(
    view: ScreenView, area: Rect, upright: bool, gap: float, captioned: bool
) -> tuple[Rect | None, Rect]:
    nothing = Rect(area.x, area.y, area.width, 0)
    pictured = view.scene in (Scene.TOPIC, Scene.VEILED, Scene.IDLE, Scene.GOODBYE)
    written = view.number is not None or (captioned and bool(view.caption.sentences))
    if pictured and not written:
        return area, nothing
    if not pictured:
        return None, area if written else nothing
    if upright:
        return area.top_part(area.height * 0.46, gap)
    return area.left_part(area.width * 0.34, gap)


def _touched(view: ScreenView, area: Rect, upright: bool, gap: float) -> tuple[Rect, ...]:
    count = len(view.tiles)
    if view.scene is Scene.ALL_TOPICS and not view.tiles[0].key:
        columns, rows = (5, 3) if upright else (7, 2)
        return area.grid(columns, rows, gap)[:count]
    if view.scene in (Scene.CHOICE, Scene.ASKING, Scene.WARNING):
        return area.grid(max(1, count), 1, gap)
    if view.scene is Scene.TOPIC:
        return area.grid(3, 1, gap)[:count]
    return cells(view, area, False, gap)


def cells(view: ScreenView, area: Rect, upright: bool, gap: float) -> tuple[Rect, ...]:
    """Six places, so that a tile stands where its key is, however many there are."""
    columns, rows = (2, 3) if upright else (3, 2)
    places = area.grid(columns, rows, gap)
    return tuple(
        places[int(tile.key) - 1 if tile.key else index] for index, tile in enumerate(view.tiles)
    )
