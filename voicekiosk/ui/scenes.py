"""Draws a ScreenView part by part: header, tiles, picture, caption, bar. Decides nothing."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.core.content import Command
from voicekiosk.core.screen import BarButton, Caption, MicrophoneState, Scene, ScreenView, Tile
from voicekiosk.core.types import OptionId
from voicekiosk.ui import paint, theme
from voicekiosk.ui.captions import caption_page, number_page, progress
from voicekiosk.ui.layout import Arrangement, Rect, beads
from voicekiosk.ui.lettering import Lettering, letter

METER_BARS = 9


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a scene is drawn with."""

    view: ScreenView
    place: Arrangement
    pictograms: Path
    show_labels: bool
    dpi: float
    pressed: Collection[OptionId]

    def picture(self, name: str) -> Path:
        return self.pictograms / f"{name}.png"


def draw(drawing: Drawing) -> list[Lettering]:
    """The whole screen; answers how every text was lettered."""
    written: list[Lettering] = []
    _header(drawing, written)
    if drawing.place.picture is not None:
        _huge_picture(drawing, drawing.place.picture)
    if drawing.place.panels:
        _panels(drawing)
    for tiles, areas in (
        (drawing.view.rail, drawing.place.rail),
        (drawing.view.tiles, drawing.place.tiles),
    ):
        for tile, area in zip(tiles, areas, strict=True):
            alike = [(t, a) for t, a in zip(tiles, areas, strict=True) if _alike(a, area)]
            _tile(drawing, tile, area, _label_size(drawing, alike), written)
    _caption(drawing, written)
    for button, area in zip(drawing.view.bar, drawing.place.bar, strict=False):
        _bar_button(drawing, button, area, written)
    _volume(drawing)
    return written


def _header(drawing: Drawing, written: list[Lettering]) -> None:
    view, place = drawing.view, drawing.place
    paint.emblem(view.shape, place.badge, view.colour)
    _within(drawing, view.pictogram, place.badge, 0.78)
    if drawing.show_labels and view.title:
        written.append(
            paint.lettered(
                view.title, place.title, theme.INK, 50 * place.unit, bold=True, centred=False
            )
        )
    _banner(drawing)
    _microphone(drawing)


def _banner(drawing: Drawing) -> None:
    """The loudspeaker is gone: a picture, because nobody can hear it being said."""
    if drawing.view.speaker_lost:
        area = drawing.place.banner
        paint.card(area, theme.LOST, area.height / 2)
        paint.loudspeaker(area.inset(6 * drawing.place.unit), theme.WHITE)
        paint.crossed(area.inset(6 * drawing.place.unit), theme.WHITE, theme.LOST)


_MICROPHONE_COLOURS = {
    MicrophoneState.OFF: (theme.ASLEEP, theme.SOFT_INK),
    MicrophoneState.LISTENING: (theme.LISTENING, theme.WHITE),
    MicrophoneState.HEARING: (theme.HEARING, theme.WHITE),
    MicrophoneState.LOST: (theme.LOST, theme.WHITE),
}


def _microphone(drawing: Drawing) -> None:
    """Asleep and crossed, awake, or hearing somebody: colour, sign and ring tell the same."""
    area, unit, state = drawing.place.microphone, drawing.place.unit, drawing.view.microphone
    ground, sign = _MICROPHONE_COLOURS[state]
    paint.card(area, ground, area.height / 2)
    if state is MicrophoneState.HEARING:
        paint.ring(area.inset(-5 * unit), theme.GLOW, area.height / 2 + 5 * unit, 3.5 * unit)
    place = Rect(area.x + 8 * unit, area.y, area.height, area.height)
    paint.microphone(place.inset(4 * unit), sign)
    if state in (MicrophoneState.OFF, MicrophoneState.LOST):
        paint.crossed(place.inset(6 * unit), sign, ground)
    if state is MicrophoneState.LOST:
        # What still works when the microphone does not: the keys.
        x, y = area.centre
        tip = 11 * unit
        paint.stroke([x - tip, y + tip, x, y, x - tip, y - tip], sign, 3 * unit)
        paint.keypad(Rect(x + 14 * unit, area.y, area.height, area.height).inset(4 * unit), sign)


def draw_meter(view: ScreenView, place: Arrangement, level: float) -> None:
    """Bars that grow with the voice; ``level`` from 0 to 1."""
    if view.microphone is MicrophoneState.LOST:
        return
    area, unit = place.microphone, place.unit
    room = Rect(area.x + area.height + 8 * unit, area.y, area.width - area.height - 36 * unit, 0)
    awake = view.microphone is not MicrophoneState.OFF
    lit = round(level * METER_BARS) if awake else 0
    colour = theme.WHITE if awake else theme.SOFT_INK
    step = room.width / METER_BARS
    for index in range(METER_BARS):
        height = area.height * (0.14 + 0.5 * index / (METER_BARS - 1))
        bar = Rect(room.x + index * step, area.centre[1] - height / 2, step * 0.58, height)
        paint.card(bar, colour, step, alpha=1.0 if index < lit else 0.28)


def _within(
    drawing: Drawing, name: str, area: Rect, part: float, colour: str = theme.WHITE
) -> None:
    square = area.square()
    paint.pictogram(drawing.picture(name), square.inset(square.width * (1 - part) / 2), colour)


def _huge_picture(drawing: Drawing, area: Rect) -> None:
    view, unit = drawing.view, drawing.place.unit
    paint.card(area, view.colour, 44 * unit)
    inner = area.inset(28 * unit)
    if view.progress is not None:
        current, count = view.progress
        inner, dots = (
            Rect(inner.x, inner.y + 36 * unit, inner.width, inner.height - 36 * unit),
            Rect(inner.x, inner.y - 6 * unit, inner.width, 24 * unit),
        )
        progress(dots, count, current, theme.WHITE)
    paint.emblem(
        view.shape,
        inner.square().inset(10 * unit),
        theme.shade(view.colour),
        theme.rim(view.colour),
        4 * unit,
    )
    _within(drawing, view.pictogram, inner, 0.72)


def _tile_parts(drawing: Drawing, tile: Tile, area: Rect) -> tuple[Rect, Rect | None]:
    """The places of a tile's pictogram and of its label: beside it, or below."""
    unit = drawing.place.unit
    small = _is_small(area, unit)
    inner = area.inset((8 if small else 14) * unit)
    if not drawing.show_labels:
        return inner, None
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


def _is_small(area: Rect, unit: float) -> bool:
    return area.width < 180 * unit


def _panels(drawing: Drawing) -> None:
    """The rail on its ground; what it has opened on a ground of the open category's colour."""
    view, place = drawing.view, drawing.place
    rail, opened = place.panels
    radius = 36 * place.unit
    paint.card(rail, theme.EDGE, radius)
    mixed = view.scene is Scene.ALL_TOPICS
    colours = [tile.colour for tile in view.rail if tile.current and not mixed]
    paint.card(opened, theme.tint(colours[0]) if colours else theme.EDGE, radius)
    if mixed and view.progress is not None:
        page, count = view.progress
        progress(beads(place).inset(38 * place.unit), count, page, theme.INK)


def _alike(one: Rect, other: Rect) -> bool:
    return abs(one.width - other.width) < 1


def _label_size(drawing: Drawing, tiles: Sequence[tuple[Tile, Rect]]) -> float:
    """Of the tiles' labels: alike, unless a long word has to be much smaller than the rest."""
    largest = (
        56 if drawing.view.scene in (Scene.CHOICE, Scene.ASKING) else 38
    ) * drawing.place.unit
    sizes = []
    for tile, area in tiles:
        _, text = _tile_parts(drawing, tile, area)
        if text is not None:
            box = int(text.width), int(text.height)
            sizes.append(letter(tile.label, *box, int(largest), bold=True).size)
    return min(largest, 1.2 * min(sizes)) if sizes else largest


def _tile(
    drawing: Drawing, tile: Tile, area: Rect, largest: float, written: list[Lettering]
) -> None:
    unit = drawing.place.unit
    radius = 32 * unit
    pressed = tile.option in drawing.pressed
    if tile.spoken:
        paint.card(area.inset(-9 * unit), theme.GLOW, radius + 9 * unit)
        paint.ring(area.inset(-2.5 * unit), theme.PAPER, radius + 2 * unit, 2.5 * unit)
    if tile.current and not tile.spoken:
        paint.card(area.inset(-7 * unit), theme.INK, radius + 7 * unit)
        paint.ring(area.inset(-2 * unit), theme.PAPER, radius + 2 * unit, 2 * unit)
    if pressed:
        area = area.inset(6 * unit)
    paint.card(area, theme.shade(tile.colour) if pressed else tile.colour, radius)
    picture, text = _tile_parts(drawing, tile, area)
    ground = theme.blend(tile.colour, "#000000", 0.5) if pressed else theme.shade(tile.colour)
    paint.emblem(
        tile.shape, picture.square().inset(4 * unit), ground, theme.rim(tile.colour), 2.2 * unit
    )
    _within(drawing, tile.pictogram, picture, 0.82)
    if text is not None:
        centred = text.x == picture.x
        written.append(
            paint.lettered(tile.label, text, theme.WHITE, largest, bold=True, centred=centred)
        )
    if tile.key:
        _key(tile.key, area, unit, written)


def _key(key: str, area: Rect, unit: float, written: list[Lettering]) -> None:
    """In the corner; smaller where the tile is, so that it leaves the picture free."""
    side, edge = (34 * unit, 6 * unit) if _is_small(area, unit) else (44 * unit, 10 * unit)
    corner = Rect(area.right - side - edge, area.top - side - edge, side, side)
    paint.card(corner, theme.PAPER, side / 2)
    written.append(paint.lettered(key, corner, theme.INK, 0.68 * side, bold=True))


def _caption(drawing: Drawing, written: list[Lettering]) -> None:
    view, place = drawing.view, drawing.place
    if view.number is not None:
        # Digits are looked for even by those who cannot read: also where nothing else is written.
        written += number_page(view.number, place.caption, place.unit)
        return
    caption: Caption = view.caption
    if not caption.sentences or not drawing.show_labels:
        return
    size = theme.caption_size(place.unit, drawing.dpi)
    written += caption_page(caption, place.caption, size, place.unit)


def _bar_button(drawing: Drawing, button: BarButton, area: Rect, written: list[Lettering]) -> None:
    unit = drawing.place.unit
    pressed = button.command.option in drawing.pressed
    if pressed:
        area = area.inset(3 * unit)
    ground = theme.MARK if pressed else theme.CARD if button.enabled else theme.ASLEEP
    paint.card(area.inset(-1.5 * unit), theme.EDGE, 25.5 * unit)
    paint.card(area, ground, 24 * unit)
    picture, text = area.inset(7 * unit), None
    if drawing.show_labels:
        picture, text = picture.top_part(picture.height - 28 * unit, 2 * unit)
    alpha = 1.0 if button.enabled else 0.35
    paint.pictogram(drawing.picture(button.pictogram), picture.inset(-5 * unit), theme.INK, alpha)
    if text is not None:
        ink = theme.INK if button.enabled else theme.SOFT_INK
        written.append(paint.lettered(button.label, text, ink, 22 * unit))
    key = Rect(area.right - 32 * unit, area.top - 34 * unit, 26 * unit, 30 * unit)
    # Help and the keypad's signs only: a plus on "louder" is already its pictogram.
    if button.key and button.command not in (Command.LOUDER, Command.SOFTER):
        written.append(paint.lettered(button.key, key, theme.INK, 22 * unit, bold=True))


def _volume(drawing: Drawing) -> None:
    """Steps of a stair that fill from below."""
    view, area, unit = drawing.view, drawing.place.volume, drawing.place.unit
    gap = 4 * unit
    cells = area.inset(4 * unit).grid(1, view.volume_steps, gap)
    for index, cell in enumerate(reversed(cells)):
        width = cell.width * (0.45 + 0.55 * (index + 1) / view.volume_steps)
        bar = Rect(cell.centre[0] - width / 2, cell.y, width, cell.height)
        paint.card(bar, theme.INK if index <= view.volume else theme.EDGE, cell.height / 2)
