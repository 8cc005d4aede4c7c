"""Draws a ScreenView part by part: header, tiles, picture, caption, bar. Decides nothing."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from voicekiosk.core.content import Command
from voicekiosk.core.screen import BarButton, Caption, MicrophoneState, Scene, ScreenView
from voicekiosk.ui import paint, theme
from voicekiosk.ui.captions import caption_page, number_page, progress
from voicekiosk.ui.layout import Arrangement, Rect, beads
from voicekiosk.ui.lettering import Lettering
from voicekiosk.ui.tiles import (
    Drawing,
    alike,
    draw_tile,
    focus_on,
    label_size,
    line_around,
    rim_of,
    within,
)

METER_BARS = 9


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
            same = [(t, a) for t, a in zip(tiles, areas, strict=True) if alike(a, area)]
            draw_tile(drawing, tile, area, label_size(drawing, same), written)
    _caption(drawing, written)
    for button, area in zip(drawing.view.bar, drawing.place.bar, strict=False):
        _bar_button(drawing, button, area, written)
    _volume(drawing)
    return written


def _header(drawing: Drawing, written: list[Lettering]) -> None:
    view, place = drawing.view, drawing.place
    colour = drawing.look.tile(view.colour)
    paint.emblem(view.shape, place.badge, colour, *rim_of(drawing, colour))
    within(drawing, view.pictogram, place.badge, 0.78)
    size = 50 * place.unit
    if drawing.look.large:
        size = max(size, theme.readable_size(drawing.dpi))
    if drawing.show_labels and view.title:
        written.append(
            paint.lettered(
                view.title, place.title, drawing.look.ink, size, bold=True, centred=False
            )
        )
    _banner(drawing)
    _microphone(drawing)


def _banner(drawing: Drawing) -> None:
    """The loudspeaker is gone: a picture, because nobody can hear it being said."""
    if drawing.view.speaker_lost:
        area = drawing.place.banner
        paint.card(area, drawing.look.lost, area.height / 2)
        paint.loudspeaker(area.inset(6 * drawing.place.unit), theme.WHITE)
        paint.crossed(area.inset(6 * drawing.place.unit), theme.WHITE, drawing.look.lost)


def _microphone_colours(state: MicrophoneState, look: theme.Look) -> tuple[str, str]:
    return {
        MicrophoneState.OFF: (look.asleep, look.soft_ink),
        MicrophoneState.LISTENING: (look.listening, look.white),
        MicrophoneState.HEARING: (look.hearing, look.white),
        MicrophoneState.LOST: (look.lost, look.white),
    }[state]


def _microphone(drawing: Drawing) -> None:
    """Asleep and crossed, awake, or hearing somebody: colour, sign and ring tell the same."""
    area, unit, state = drawing.place.microphone, drawing.place.unit, drawing.view.microphone
    ground, sign = _microphone_colours(state, drawing.look)
    paint.card(area, ground, area.height / 2)
    if state is MicrophoneState.HEARING:
        paint.ring(area.inset(-5 * unit), drawing.look.glow, area.height / 2 + 5 * unit, 3.5 * unit)
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


def draw_meter(
    view: ScreenView, place: Arrangement, level: float, look: theme.Look = theme.NORMAL
) -> None:
    """Bars that grow with the voice; ``level`` from 0 to 1."""
    if view.microphone is MicrophoneState.LOST:
        return
    area, unit = place.microphone, place.unit
    room = Rect(area.x + area.height + 8 * unit, area.y, area.width - area.height - 36 * unit, 0)
    awake = view.microphone is not MicrophoneState.OFF
    lit = round(level * METER_BARS) if awake else 0
    colour = look.white if awake else look.soft_ink
    step = room.width / METER_BARS
    for index in range(METER_BARS):
        height = area.height * (0.14 + 0.5 * index / (METER_BARS - 1))
        bar = Rect(room.x + index * step, area.centre[1] - height / 2, step * 0.58, height)
        paint.card(bar, colour, step, alpha=1.0 if index < lit else 0.28)


def _huge_picture(drawing: Drawing, area: Rect) -> None:
    view, unit = drawing.view, drawing.place.unit
    colour = drawing.look.tile(view.colour)
    paint.card(area, colour, 44 * unit)
    line_around(drawing, area, 44 * unit)
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
        theme.shade(colour),
        theme.rim(colour),
        4 * unit,
    )
    within(drawing, view.pictogram, inner, 0.72)


def _panels(drawing: Drawing) -> None:
    """The rail on its ground; what it has opened on a ground of the open category's colour."""
    view, place = drawing.view, drawing.place
    rail, opened = place.panels
    radius = 36 * place.unit
    paint.card(rail, drawing.look.edge, radius)
    mixed = view.scene is Scene.ALL_TOPICS
    colours = [tile.colour for tile in view.rail if tile.current and not mixed]
    paint.card(opened, drawing.look.opened(colours[0]) if colours else drawing.look.edge, radius)
    if mixed and view.progress is not None:
        page, count = view.progress
        progress(beads(place).inset(38 * place.unit), count, page, drawing.look.ink)


def _caption(drawing: Drawing, written: list[Lettering]) -> None:
    view, place = drawing.view, drawing.place
    if view.number is not None:
        # Digits are looked for even by those who cannot read: also where nothing else is written.
        written += number_page(view.number, place.caption, place.unit, drawing.look)
        return
    caption: Caption = view.caption
    if not caption.sentences or not drawing.show_labels:
        return
    size = theme.caption_size(place.unit, drawing.dpi)
    written += caption_page(caption, place.caption, size, place.unit, drawing.look)


def _bar_button(drawing: Drawing, button: BarButton, area: Rect, written: list[Lettering]) -> None:
    unit = drawing.place.unit
    pressed = button.command.option in drawing.pressed
    if pressed:
        area = area.inset(3 * unit)
    look = drawing.look
    ground = look.mark if pressed else look.card if button.enabled else look.asleep
    paint.card(area.inset(-1.5 * unit), drawing.look.edge, 25.5 * unit)
    paint.card(area, ground, 24 * unit)
    line_around(drawing, area, 24 * unit)
    picture, text = area.inset(7 * unit), None
    if look.large:
        picture, _ = picture.left_part(picture.width * 0.7)
    elif drawing.show_labels:
        picture, text = picture.top_part(picture.height - 28 * unit, 2 * unit)
    alpha = 1.0 if button.enabled else 0.35
    ink = look.mark_ink if pressed else look.ink if button.enabled else look.soft_ink
    paint.pictogram(drawing.picture(button.pictogram), picture.inset(-5 * unit), ink, alpha)
    if text is not None:
        written.append(paint.lettered(button.label, text, ink, 22 * unit))
    # Help and the keypad's signs only: a plus on "louder" is already its pictogram.
    if button.key and button.command not in (Command.LOUDER, Command.SOFTER):
        key = Rect(area.right - 32 * unit, area.top - 34 * unit, 26 * unit, 30 * unit)
        size = 22 * unit
        if look.large:
            size = theme.readable_size(drawing.dpi)
            key = Rect(
                area.right - 0.95 * size, area.centre[1] - 0.7 * size, 0.8 * size, 1.4 * size
            )
        written.append(paint.lettered(button.key, key, ink, size, bold=True))
    if button.command.option == drawing.view.focus:
        focus_on(drawing, area, 24 * unit)


def _volume(drawing: Drawing) -> None:
    """Steps of a stair that fill from below."""
    view, area, unit = drawing.view, drawing.place.volume, drawing.place.unit
    gap = 4 * unit
    cells = area.inset(4 * unit).grid(1, view.volume_steps, gap)
    for index, cell in enumerate(reversed(cells)):
        width = cell.width * (0.45 + 0.55 * (index + 1) / view.volume_steps)
        bar = Rect(cell.centre[0] - width / 2, cell.y, width, cell.height)
        paint.card(
            bar, drawing.look.ink if index <= view.volume else drawing.look.edge, cell.height / 2
        )
