"""Draws the staff page: rows with pictures and bars, a pad for the PIN, one large result."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from voicekiosk.core.screen import Tile
from voicekiosk.core.staff import LONGEST_PIN
from voicekiosk.core.staff_screen import STICK, Row, StaffView, digit_option
from voicekiosk.core.types import OptionId
from voicekiosk.ui import paint, theme
from voicekiosk.ui.layout import Rect
from voicekiosk.ui.lettering import Lettering, letter
from voicekiosk.ui.staff_layout import Spots, unit_of


def draw_staff(
    view: StaffView, spots: Spots, pictograms: Path, pressed: Collection[OptionId]
) -> list[Lettering]:
    """The whole screen; answers how every text was lettered."""
    brush = _Brush(view, spots, pictograms, pressed)
    brush.header()
    for row, area in zip(view.rows, spots.rows, strict=True):
        brush.row(row, area)
    largest = brush.label_size()
    for tile, area in zip(view.tiles, spots.tiles, strict=True):
        brush.tile(tile, area, largest)
    for digit, area in spots.digits:
        brush.digit(digit, area)
    if view.message:
        brush.message()
    if view.progress:
        brush.progress(*view.progress)
    return brush.written


class _Brush:
    def __init__(
        self, view: StaffView, spots: Spots, pictograms: Path, pressed: Collection[OptionId]
    ) -> None:
        self.view, self.spots, self.unit = view, spots, spots.unit
        self.pressed = pressed
        self.written: list[Lettering] = []
        self._pictograms = pictograms

    def _picture(self, name: str, area: Rect, colour: str = theme.WHITE) -> None:
        if name == STICK:
            _stick(area.square(), colour)
            return
        paint.pictogram(self._pictograms / f"{name}.png", area, colour)

    def _write(self, text: str, area: Rect, colour: str, size: float, **how: bool) -> None:
        self.written.append(paint.lettered(text, area, colour, size, **how))

    def header(self) -> None:
        area, unit = self.spots.title, self.unit
        sign, text = area.left_part(area.height, 18 * unit)
        paint.card(sign, self.view.colour, 24 * unit)
        self._picture(self.view.pictogram, sign.inset(8 * unit))
        self._write(self.view.title, text, theme.INK, 44 * unit, bold=True, centred=False)
        for tool, place in zip(self.view.tools, self.spots.tools, strict=True):
            down = tool.option in self.pressed
            paint.card(place, theme.EDGE if down else theme.ASLEEP, 24 * unit)
            self._picture(tool.pictogram, place.inset(12 * unit), theme.INK)
            self._key(tool.key, place, 30)

    def _key(self, key: str, area: Rect, size: float) -> None:
        """In the corner: the key that does the same."""
        if not key:
            return
        side = size * self.unit
        corner = Rect(
            area.right - side - 4 * self.unit, area.top - side - 4 * self.unit, side, side
        )
        paint.card(corner, theme.PAPER, side / 2)
        self._write(key, corner, theme.INK, side * 0.7, bold=True)

    def row(self, row: Row, area: Rect) -> None:
        unit = self.unit
        ground = theme.MARK if row.option in self.pressed else theme.CARD
        paint.card(area, ground, 28 * unit)
        inner = area.inset(12 * unit)
        sign, rest = inner.left_part(min(inner.height, 126 * unit), 22 * unit)
        square = sign.square()
        paint.card(square, row.colour, 24 * unit)
        self._picture(row.pictogram, square.inset(10 * unit))
        if row.key:
            side = 54 * unit
            rest, edge = rest.left_part(rest.width - side - 14 * unit, 14 * unit)
            corner = Rect(edge.x, edge.centre[1] - side / 2, side, side)
            paint.card(corner, theme.ASLEEP, side / 2)
            self._write(row.key, corner, theme.INK, 36 * unit, bold=True)
        if row.bars:
            named, bars = rest.left_part(rest.width * 0.3, 18 * unit)
            self._write(row.title, named, theme.INK, 38 * unit, bold=True, centred=False)
            self._bars(row, bars)
            return
        if row.warning:
            rest, warned = rest.left_part(
                rest.width * (0.6 if self.spots.upright else 0.74), 12 * unit
            )
            place = Rect(warned.x, warned.centre[1] - 32 * unit, warned.width, 64 * unit)
            paint.card(place, theme.LOST, 20 * unit)
            self._write(row.warning, place.inset(10 * unit), theme.WHITE, 26 * unit, bold=True)
        title, detail = rest.top_part(rest.height * (0.56 if row.detail else 1.0))
        self._write(row.title, title, theme.INK, 38 * unit, bold=True, centred=False)
        if row.detail:
            self._write(row.detail, detail, theme.SOFT_INK, 28 * unit, centred=False)

    def _bars(self, row: Row, area: Rect) -> None:
        """Colour, length and words tell the same three times."""
        cells = area.grid(1, len(row.bars), 6 * self.unit)
        share = 0.6 if self.spots.upright else 0.46
        for bar, cell in zip(row.bars, cells, strict=True):
            text, track = cell.left_part(cell.width * share, 14 * self.unit)
            self._write(bar.label, text, theme.INK, 30 * self.unit, centred=False)
            thick = min(track.height * 0.72, 40 * self.unit)
            line = Rect(track.x, track.centre[1] - thick / 2, track.width, thick)
            paint.card(line, theme.ASLEEP, thick / 2)
            if bar.part:
                long = max(line.width * bar.part, thick)
                paint.card(Rect(line.x, line.y, long, thick), bar.colour, thick / 2)

    def tile(self, tile: Tile, area: Rect, largest: float) -> None:
        down = tile.option in self.pressed
        area = area.inset(6 * self.unit) if down else area
        paint.card(area, theme.shade(tile.colour) if down else tile.colour, 30 * self.unit)
        picture, text = self._tile_parts(area)
        self._picture(tile.pictogram, picture.square())
        self._write(tile.label, text, theme.WHITE, largest, bold=True)
        self._key(tile.key, area.inset(4 * self.unit), 44)

    def _tile_parts(self, area: Rect) -> tuple[Rect, Rect]:
        """Side by side in a wide tile, one above the other in any other."""
        inner = area.inset(16 * self.unit)
        if area.width > 2 * area.height:
            picture, text = inner.left_part(min(inner.height, inner.width * 0.34), 12 * self.unit)
            return picture, Rect(text.x, text.y, text.width - 30 * self.unit, text.height)
        return inner.top_part(inner.height - min(92 * self.unit, inner.height * 0.4), 6 * self.unit)

    def label_size(self) -> float:
        """Alike on all tiles: as large as the longest label allows."""
        size = 42 * self.unit
        for tile, area in zip(self.view.tiles, self.spots.tiles, strict=True):
            _, text = self._tile_parts(area)
            box = int(text.width), int(text.height)
            size = min(size, letter(tile.label, *box, int(size), bold=True).size)
        return size

    def digit(self, digit: str, area: Rect) -> None:
        down = digit_option(digit) in self.pressed
        paint.card(area, theme.MARK if down else theme.CARD, 30 * self.unit)
        self._write(digit, area.inset(10 * self.unit), theme.INK, 72 * self.unit, bold=True)

    def message(self) -> None:
        view, unit, area = self.view, self.unit, self.spots.body
        if view.pad:
            area, dots = area.top_part(area.height * 0.6)
            self._dots(dots)
        ground = {None: theme.CARD, True: theme.LISTENING, False: theme.LOST}[view.good]
        ink = theme.INK if view.good is None else theme.WHITE
        paint.card(area, ground, 32 * unit)
        inner = area.inset(28 * unit)
        if view.good is not None:
            picture, inner = (
                inner.top_part(inner.height * 0.3, 20 * unit)
                if self.spots.upright
                else inner.left_part(inner.width * 0.22, 28 * unit)
            )
            self._picture("yes" if view.good else "no", picture.square(), ink)
        if view.fine_print:
            inner, small = inner.top_part(inner.height * 0.62, 14 * unit)
            self._write(view.fine_print, small, ink, 30 * unit)
        self._write(" ".join(view.message), inner, ink, 56 * unit, bold=True)

    def _dots(self, area: Rect) -> None:
        """As many as were typed; which they are, nobody sees."""
        step = min(area.width / LONGEST_PIN, 64 * self.unit)
        side = step * 0.56
        x = area.centre[0] - step * (LONGEST_PIN - 1) / 2
        for index in range(LONGEST_PIN):
            bead = Rect(x + index * step - side / 2, area.centre[1] - side / 2, side, side)
            typed = index < self.view.dots
            paint.card(bead, theme.INK if typed else theme.EDGE, side / 2)

    def progress(self, done: int, of: int) -> None:
        """Of work: a bar that fills. Of many rows: which page."""
        area, unit = self.spots.progress, self.unit
        if not self.view.rows:
            paint.card(area, theme.EDGE, area.height / 2)
            long = max(area.width * min(done / of, 1), area.height)
            paint.card(Rect(area.x, area.y, long, area.height), theme.LISTENING, area.height / 2)
            return
        step = 44 * unit
        x = area.centre[0] - step * (of - 1) / 2
        for index in range(of):
            side = 24 * unit
            bead = Rect(x + index * step - side / 2, area.centre[1] - side / 2, side, side)
            paint.card(bead, theme.INK if index == done else theme.EDGE, side / 2)


def draw_mark(text: str, width: float, height: float) -> list[Lettering]:
    """At the upper edge, in the margin of every page: what whoever looks at it must know."""
    unit = unit_of(width, height)
    strip = Rect(0, height - 20 * unit, width, 20 * unit)
    paint.card(strip, theme.LOST, 0)
    return [paint.lettered(text, strip, theme.WHITE, 17 * unit, bold=True)]


def _stick(area: Rect, colour: str) -> None:
    """A USB stick, standing: drawn, since visitors never meet one."""
    x, y = area.centre
    s = area.width / 100
    paint.card(Rect(x - 21 * s, y - 42 * s, 42 * s, 56 * s), colour, 10 * s)
    outline = [x - 13 * s, y + 18 * s, x - 13 * s, y + 40 * s]
    outline += [x + 13 * s, y + 40 * s, x + 13 * s, y + 18 * s]
    paint.stroke(outline, colour, 3.2 * s)
    for hole in (-6, 6):
        paint.card(Rect(x + hole * s - 3 * s, y + 25 * s, 6 * s, 7 * s), colour, 1)
