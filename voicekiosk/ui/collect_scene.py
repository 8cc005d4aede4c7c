"""Draws what a person who is recorded sees: whose turn it is, what to say, how far it is."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.core.collecting_screen import CollectView, Turn
from voicekiosk.core.screen import MicrophoneState
from voicekiosk.core.types import OptionId
from voicekiosk.ui import paint, theme
from voicekiosk.ui.captions import caption_page
from voicekiosk.ui.layout import Rect
from voicekiosk.ui.lettering import Lettering
from voicekiosk.ui.numbered_tiles import draw_tiles

METER_BARS = 16


@dataclass(frozen=True, slots=True)
class Spots:
    """Where everything is; the same places on every screen of a sitting."""

    unit: float
    gap: float
    title: Rect
    progress: Rect
    picture: Rect
    turn: Rect
    wanted: Rect
    caption: Rect
    tiles: tuple[Rect, ...]


def spots_of(view: CollectView, width: float, height: float) -> Spots:
    upright = height > width
    unit = min(width / 800, height / 1280) if upright else min(width / 1280, height / 800)
    gap = 16 * unit
    page = Rect(0, 0, width, height).inset(20 * unit)
    header, page = page.top_part(52 * unit, gap)
    title, progress = header.left_part(header.width * 0.56, gap)
    row = (236 if upright else 196) * unit
    body, tiles = page.top_part(page.height - row - gap, gap)
    if upright:
        picture, rest = body.top_part(body.height * 0.42, gap)
    else:
        picture, rest = body.left_part(body.width * 0.40, gap)
    turn, rest = rest.top_part(128 * unit, gap)
    if not view.wanted:
        wanted, caption = Rect(rest.x, rest.top, rest.width, 0), rest
    elif not view.caption.sentences:
        wanted, caption = rest, Rect(rest.x, rest.y, rest.width, 0)
    else:
        wanted, caption = rest.top_part(rest.height * 0.5, gap)
    # A lone picture stands in the middle, no wider than one of two.
    single = Rect(tiles.x + tiles.width / 4, tiles.y, tiles.width / 2, tiles.height)
    count = len(view.tiles)
    cells = (single,) if count == 1 else tiles.grid(max(count, 1), 1, gap)[:count]
    return Spots(unit, gap, title, progress, picture, turn, wanted, caption, cells)


def draw_collect(
    view: CollectView,
    spots: Spots,
    pictograms: Path,
    dpi: float,
    pressed: Collection[OptionId],
) -> list[Lettering]:
    """The whole screen but for the meter; answers how every text was lettered."""
    unit = spots.unit
    written = [
        paint.lettered(view.title, spots.title, theme.SOFT_INK, 32 * unit, centred=False),
    ]
    _progress(view, spots.progress, unit)
    _picture(view, spots.picture, pictograms, unit)
    _turn(view, spots.turn, unit)
    if view.wanted:
        paint.card(spots.wanted, theme.CARD, 28 * unit)
        area = spots.wanted.inset(18 * unit)
        written.append(paint.lettered(view.wanted, area, theme.INK, 84 * unit, bold=True))
    if view.caption.sentences:
        size = theme.caption_size(unit, dpi)
        written += caption_page(view.caption, spots.caption, size, unit)
    written += draw_tiles(view.tiles, spots.tiles, view.disabled, pictograms, unit, pressed)
    return written


def _progress(view: CollectView, area: Rect, unit: float) -> None:
    if not view.of:
        return
    bar = Rect(area.x, area.centre[1] - 11 * unit, area.width, 22 * unit)
    paint.card(bar, theme.EDGE, 11 * unit)
    done = max(bar.width * view.done / view.of, bar.height)
    paint.card(Rect(bar.x, bar.y, done, bar.height), theme.LISTENING, 11 * unit)


def _picture(view: CollectView, area: Rect, pictograms: Path, unit: float) -> None:
    paint.card(area, view.colour, 44 * unit)
    inner = area.inset(28 * unit)
    square = inner.square().inset(6 * unit)
    ground, rim = theme.shade(view.colour), theme.rim(view.colour)
    paint.emblem(view.shape, square, ground, rim, 4 * unit)
    picture = square.inset(square.width * 0.15)
    paint.pictogram(pictograms / f"{view.pictogram}.png", picture, theme.WHITE)


_TURNS = {
    Turn.LISTEN: (theme.ASLEEP, theme.INK),
    Turn.SPEAK: (theme.LISTENING, theme.WHITE),
    Turn.CHOOSE: (theme.MARK, theme.INK),
}


def _turn(view: CollectView, area: Rect, unit: float) -> None:
    """The kiosk speaks, you speak, or you choose: colour and sign tell the same."""
    ground, sign = _TURNS[view.turn]
    lost = view.microphone is MicrophoneState.LOST
    if lost:
        ground, sign = theme.LOST, theme.WHITE
    elif view.microphone is MicrophoneState.HEARING:
        ground = theme.HEARING
    paint.card(area, ground, 28 * unit)
    if view.turn is Turn.SPEAK and not lost:
        paint.ring(area.inset(-4 * unit), theme.GLOW, 32 * unit, 4 * unit)
    place = _sign(view, area, unit)
    if view.turn is Turn.SPEAK or lost:
        paint.microphone(place, sign)
        if lost:
            paint.crossed(place, sign, ground)
    elif view.turn is Turn.LISTEN:
        paint.loudspeaker(place, sign)
    else:
        x, y = area.centre
        tip = 30 * unit
        paint.stroke([x - tip, y + tip / 2, x, y - tip / 2, x + tip, y + tip / 2], sign, 9 * unit)


def _sign(view: CollectView, area: Rect, unit: float) -> Rect:
    """In the middle; beside the meter while somebody speaks."""
    inner = area.inset(4 * unit)
    if view.turn is not Turn.SPEAK:
        return inner
    return Rect(inner.x + 24 * unit, inner.y, inner.height, inner.height)


def draw_collect_meter(view: CollectView, spots: Spots, level: float) -> None:
    """Bars that grow with the voice; ``level`` from 0 to 1."""
    if view.turn is not Turn.SPEAK or view.microphone is MicrophoneState.LOST:
        return
    area, unit = spots.turn, spots.unit
    left = area.height + 44 * unit
    room = Rect(area.x + left, area.y, area.width - left - 36 * unit, area.height)
    step = room.width / METER_BARS
    for index in range(METER_BARS):
        height = room.height * (0.2 + 0.5 * index / (METER_BARS - 1))
        bar = Rect(room.x + index * step, room.centre[1] - height / 2, step * 0.6, height)
        lit = index < round(level * METER_BARS)
        paint.card(bar, theme.WHITE, step, alpha=1.0 if lit else 0.28)
