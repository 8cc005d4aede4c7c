"""Where everything is on the staff page: pure geometry."""

from __future__ import annotations

from dataclasses import dataclass

from voicekiosk.core.staff_screen import StaffView
from voicekiosk.ui.layout import Rect

MENU_TILES = 6
PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "")
"""Erase stands left of the nought and done right of it, as on a telephone."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Where everything is."""

    unit: float
    gap: float
    upright: bool
    title: Rect
    tools: tuple[Rect, ...]
    body: Rect
    """What has no rows: a message, a result, the PIN's dots."""
    rows: tuple[Rect, ...]
    tiles: tuple[Rect, ...]
    digits: tuple[tuple[str, Rect], ...]
    progress: Rect


def unit_of(width: float, height: float) -> float:
    """One pixel of the 1280x800 design (800x1280 when upright)."""
    return min(width / 800, height / 1280) if height > width else min(width / 1280, height / 800)


def spots_of(view: StaffView, width: float, height: float) -> Spots:
    upright = height > width
    unit = unit_of(width, height)
    gap = 16 * unit
    page = Rect(0, 0, width, height).inset(24 * unit)
    header, page = page.top_part(92 * unit, gap)
    side, count = header.height, len(view.tools)
    room = count * side + max(count - 1, 0) * gap
    title, right = header.left_part(header.width - room - gap, gap)
    tools = right.grid(max(count, 1), 1, gap)[:count]
    digits: tuple[tuple[str, Rect], ...] = ()
    if view.pad:
        body, pad = (
            page.top_part(page.height * 0.34, gap)
            if upright
            else page.left_part(page.width * 0.42, 2 * gap)
        )
        cells = pad.grid(3, 4, gap)
        digits = tuple((d, cell) for d, cell in zip(PAD, cells, strict=True) if d)
        tiles: tuple[Rect, ...] = (cells[9], cells[11])
    elif len(view.tiles) == MENU_TILES:
        body, tiles = page, page.grid(2, 3, gap) if upright else page.grid(3, 2, gap)
    elif view.tiles:
        low = (190 if upright else 148) * unit
        body, foot = page.top_part(page.height - low - gap, gap)
        # A lone picture stands in the middle, no wider than one of two.
        single = Rect(foot.x + foot.width / 4, foot.y, foot.width / 2, foot.height)
        count = len(view.tiles)
        tiles = (single,) if count == 1 else foot.grid(count, 1, gap)
    else:
        body, tiles = page, ()
    body, progress = body.top_part(body.height - 30 * unit - gap, gap)
    if view.progress is None:
        body = Rect(body.x, progress.y, body.width, body.top - progress.y)
    return Spots(
        unit,
        gap,
        upright,
        title,
        tools,
        body,
        _rows(view, body, unit, gap),
        tiles,
        digits,
        progress,
    )


def _rows(view: StaffView, body: Rect, unit: float, gap: float) -> tuple[Rect, ...]:
    """As high as there is room for, and no higher than is good to look at."""
    count = len(view.rows)
    if not count:
        return ()
    bars = max(len(row.bars) for row in view.rows)
    tallest = (320 if bars > 1 else 180) * unit
    height = min((body.height - gap * (count - 1)) / count, tallest)
    whole, _ = body.top_part(height * count + gap * (count - 1))
    return whole.grid(1, count, gap)
