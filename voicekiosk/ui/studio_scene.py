"""Draws the recording studio: the text, what is going on, the take, and how far it is."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from kivy.graphics import Color, Rectangle

from voicekiosk.core.studio import Fault, Wave
from voicekiosk.core.studio_screen import Lamp, StudioView
from voicekiosk.core.types import OptionId
from voicekiosk.ui import paint, theme
from voicekiosk.ui.layout import Rect
from voicekiosk.ui.lettering import Lettering
from voicekiosk.ui.numbered_tiles import draw_tiles

LONG_TEXT, PAGE = 90, 200
"""Letters. A long text needs most of its picture's room, a page of text all of it."""
SEGMENTS = 12
LOUD, TOO_LOUD = 8, 11
"""Segments of the meter: green below the first, red from the second on."""
Bar = tuple[float, float, float, float]
_AMBER = "#b35c00"
_OVER = "#e05a2b"
_LAMPS = {
    Lamp.READY: (theme.ASLEEP, theme.INK),
    Lamp.LISTEN: (theme.ASLEEP, theme.INK),
    Lamp.COUNT: (theme.MARK, theme.INK),
    Lamp.RECORD: (theme.LOST, theme.WHITE),
    Lamp.REPLAY: (theme.CARD, theme.INK),
    Lamp.GOOD: (theme.CARD, theme.INK),
    Lamp.FAULTY: (theme.CARD, theme.INK),
    Lamp.LOST: (theme.LOST, theme.WHITE),
    Lamp.FINISHED: (theme.ASLEEP, theme.INK),
}


@dataclass(frozen=True, slots=True)
class Spots:
    """Where everything is; the same places from the first prompt to the last."""

    unit: float
    gap: float
    whole: Rect
    paged: bool
    """The text needs all the room: its picture is small and in the header."""
    title: Rect
    shares: tuple[Rect, ...]
    bar: Rect
    picture: Rect
    text: Rect
    strip: Rect
    lamp: Rect
    note: Rect
    wave: Rect
    meter: Rect
    tiles: tuple[Rect, ...]


def spots_of(view: StudioView, width: float, height: float) -> Spots:
    upright = height > width
    unit = min(width / 800, height / 1280) if upright else min(width / 1280, height / 800)
    gap = 16 * unit
    whole = Rect(0, 0, width, height)
    page = whole.inset(20 * unit)
    header, page = page.top_part(52 * unit, 8 * unit)
    bar, page = page.top_part(14 * unit, gap)
    count = max(len(view.shares), 1)
    title, right = header.left_part(header.width - count * 184 * unit - gap, gap)
    shares = right.grid(count, 1, gap)
    rows = 300 * unit if upright else 146 * unit
    body, foot = page.top_part(page.height - rows - gap, gap)
    text, strip = body.top_part(body.height - (262 if upright else 190) * unit - gap, gap)
    long, paged = len(view.text) > LONG_TEXT, len(view.text) > PAGE
    if paged:
        picture, title = title.left_part(title.height, gap)
    elif upright:
        picture, text = text.top_part(text.height * (0.24 if long else 0.42), gap)
    else:
        picture, text = text.left_part(text.width * (0.16 if long else 0.29), gap)
    inner = strip.inset(14 * unit)
    lamp, inner = inner.left_part(inner.height * (0.6 if upright else 1), gap)
    meter_width = 44 * unit
    inner, meter = inner.left_part(inner.width - meter_width - gap, gap)
    note, wave = inner.top_part((96 if upright else 50) * unit, 4 * unit)
    if view.wave is None and view.lamp is not Lamp.RECORD:
        note = inner
    return Spots(
        *(unit, gap, whole, paged, title, shares, bar, picture, text),
        *(strip, lamp, note, wave, meter, _tiles(foot, upright, gap)),
    )


def _tiles(foot: Rect, upright: bool, gap: float) -> tuple[Rect, ...]:
    """The first two are what one does most: they are wider."""
    if upright:
        first, second = foot.grid(1, 2, gap)
        return (*first.grid(2, 1, gap), *second.grid(4, 1, gap))
    narrow = (foot.width - 5 * gap) / 7.4
    first, rest = foot.left_part(1.7 * narrow, gap)
    second, rest = rest.left_part(1.7 * narrow, gap)
    return (first, second, *rest.grid(4, 1, gap))


def draw_studio(
    view: StudioView, spots: Spots, pictograms: Path, pressed: Collection[OptionId]
) -> list[Lettering]:
    """The whole screen but for what moves; answers how every text was lettered."""
    unit = spots.unit
    if view.lamp is Lamp.RECORD:
        # From the far end of the room: this is being recorded.
        paint.ring(spots.whole.inset(6 * unit), theme.LOST, 24 * unit, 6 * unit)
    written = [
        paint.lettered(view.title, spots.title, theme.INK, 36 * unit, bold=True, centred=False)
    ]
    _progress(spots.bar, view.done, view.of)
    for share, area in zip(view.shares, spots.shares, strict=False):
        flag, rest = area.left_part(area.height, 8 * unit)
        paint.pictogram(pictograms / f"{share.pictogram}.png", flag, theme.INK)
        count = f"{share.done} / {share.of}"
        written.append(paint.lettered(count, rest, theme.INK, 30 * unit, centred=False))
    paint.card(spots.text, theme.CARD, 28 * unit)
    inside = spots.text.inset((14 if spots.paged else 24) * unit)
    short = len(view.text) <= LONG_TEXT
    size = (88 if short else 60) * unit
    written.append(paint.lettered(view.text, inside, theme.INK, size, short, short))
    _strip(view, spots, pictograms, written)
    _picture(view, spots, pictograms, written)
    for tiles in (slice(0, 2), slice(2, None)):
        tools = view.tiles[tiles], spots.tiles[tiles], view.disabled
        written += draw_tiles(*tools, pictograms, unit, pressed, view.awaited)
    return written


def _progress(area: Rect, done: int, of: int) -> None:
    paint.card(area, theme.EDGE, area.height / 2)
    if done and of:
        width = max(area.width * done / of, area.height)
        paint.card(Rect(area.x, area.y, width, area.height), theme.LISTENING, area.height / 2)


def _picture(view: StudioView, spots: Spots, pictograms: Path, written: list[Lettering]) -> None:
    """What it is about; while counting, the number in its place and as large as it."""
    area, unit = spots.picture, spots.unit
    if view.lamp is Lamp.COUNT:
        _count(view.count, spots.lamp if spots.paged else area, unit, written)
        if not spots.paged:
            return
    edge = min(22 * unit, area.width * 0.06)
    paint.card(area, view.colour, 2 * edge)
    square = area.inset(edge).square()
    ground, rim = theme.shade(view.colour), theme.rim(view.colour)
    paint.emblem(view.shape, square, ground, rim, 4 * unit)
    inner = square.inset(square.width * 0.15)
    paint.pictogram(pictograms / f"{view.pictogram}.png", inner, theme.WHITE)


def _count(number: int, area: Rect, unit: float, written: list[Lettering]) -> None:
    paint.card(area, theme.INK, 44 * unit)
    if not number:
        paint.microphone(area.inset(6 * unit), theme.MARK)
        return
    # A digit has nothing below its line: the room for that is not left free.
    high = Rect(area.x, area.y - area.height * 0.05, area.width, area.height * 1.1)
    written.append(paint.lettered(str(number), high, theme.MARK, high.height, bold=True))


def _strip(view: StudioView, spots: Spots, pictograms: Path, written: list[Lettering]) -> None:
    """Colour, sign and words tell the same."""
    ground, ink = _LAMPS[view.lamp]
    unit = spots.unit
    paint.card(spots.strip, ground, 28 * unit)
    if not (view.lamp is Lamp.COUNT and spots.paged):
        _sign(view, spots, pictograms, ink)
    if view.note:
        largest = (42 if spots.note.height < 100 * unit else 72) * unit
        written.append(
            paint.lettered(view.note, spots.note, ink, largest, bold=True, centred=False)
        )
    if view.wave is not None:
        draw_wave(view.wave, view.faults, spots.wave, unit)


def _sign(view: StudioView, spots: Spots, pictograms: Path, ink: str) -> None:
    area = spots.lamp.square()
    if view.lamp in (Lamp.GOOD, Lamp.FAULTY):
        good = view.lamp is Lamp.GOOD
        paint.card(area, theme.LISTENING if good else _AMBER, area.width / 2)
        name = "yes" if good else _PICTURES.get(view.faults[0], "danger")
        paint.pictogram(pictograms / f"{name}.png", area.inset(area.width * 0.16), theme.WHITE)
    elif view.lamp in (Lamp.LISTEN, Lamp.REPLAY):
        paint.loudspeaker(area, ink)
    elif view.lamp is Lamp.FINISHED:
        paint.pictogram(pictograms / "yes.png", area, ink)
    else:
        paint.microphone(area, ink)
        if view.lamp is Lamp.LOST:
            paint.crossed(area, ink, theme.LOST)


_PICTURES = {
    Fault.NOTHING: "microphone_off",
    Fault.TOO_QUIET: "softer",
    Fault.CLIPPED: "louder",
}


def draw_wave(wave: Wave, faults: Sequence[Fault], area: Rect, unit: float) -> None:
    """What is kept is dark, the silence around it pale, what is clipped or cut off red."""
    kept: list[Bar] = []
    cut: list[Bar] = []
    over: list[Bar] = []
    step = area.width / len(wave.heights)
    _, middle = area.centre
    for index, height in enumerate(wave.heights):
        tall = max(height**0.5 * area.height, 2 * unit)
        bar = (area.x + index * step, middle - tall / 2, max(step * 0.7, 1.0), tall)
        inside = wave.begin <= (index + 0.5) / len(wave.heights) <= wave.end
        loud = height > 0.97 and Fault.CLIPPED in faults
        (over if loud else kept if inside else cut).append(bar)
    for bars, colour in ((cut, "#b9a88f"), (kept, theme.HEARING), (over, _OVER)):
        _bars(bars, colour)
    edge = 8 * unit
    if Fault.BEGINNING in faults:
        paint.card(Rect(area.x - edge / 2, area.y, edge, area.height), _OVER, edge)
    if Fault.END in faults:
        paint.card(Rect(area.right - edge / 2, area.y, edge, area.height), _OVER, edge)


def _bars(bars: Sequence[Bar], colour: str) -> None:
    Color(*theme.rgba(colour))
    for x, y, width, height in bars:
        Rectangle(pos=(x, y), size=(width, height))


def draw_hand(wave: Wave, spots: Spots, part: float) -> None:
    """Where in the take it is played; ``part`` from 0 to 1."""
    at = wave.begin + (wave.end - wave.begin) * min(part, 1.0)
    x, width = spots.wave.x + at * spots.wave.width, 5 * spots.unit
    paint.card(Rect(x - width / 2, spots.wave.y, width, spots.wave.height), theme.GLOW, width)


def draw_live(spots: Spots, heard: Sequence[float]) -> None:
    """The wave as it comes in, the newest at the right."""
    area = spots.wave
    step = 9 * spots.unit
    _, middle = area.centre
    newest = list(heard)[-int(area.width / step) :]
    left = area.right - len(newest) * step
    bars = []
    for index, level in enumerate(newest):
        tall = max(level * area.height, 3 * spots.unit)
        bars.append((left + index * step, middle - tall / 2, step * 0.62, tall))
    _bars(bars, theme.WHITE)


def draw_level(view: StudioView, spots: Spots, level: float) -> None:
    """A column that fills from below: green is right, red is too loud."""
    if view.lamp is Lamp.LOST:
        return
    lit = round(level * SEGMENTS)
    cells = spots.meter.grid(1, SEGMENTS, 3 * spots.unit)
    for index, cell in enumerate(reversed(cells)):
        colour = theme.LISTENING if index < LOUD else theme.GLOW
        if index >= TOO_LOUD:
            colour = _OVER
        if view.lamp is Lamp.RECORD and index < LOUD:
            colour = theme.WHITE
        paint.card(cell, colour, 4 * spots.unit, alpha=1.0 if index < lit else 0.22)
