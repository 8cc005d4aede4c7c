"""The kiosk's widget, which also draws the staff page and feels for the hidden corner."""
# mypy: disable-error-code="import-untyped,misc"

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.graphics import Color, Rectangle

from voicekiosk.core.staff_screen import StaffView, digit_option
from voicekiosk.ui import theme
from voicekiosk.ui.screen import DOUBLE_TOUCH, KioskScreen, Target
from voicekiosk.ui.staff_layout import Spots, spots_of
from voicekiosk.ui.staff_scene import draw_mark, draw_staff

CORNER = 0.15
"""Of the shorter side."""
TYPING = 0.12
"""Digits follow each other faster than a visitor's wishes."""


class StaffScreen(KioskScreen):
    knocked: Callable[[], None] = staticmethod(lambda: None)
    """The hidden corner was touched."""

    mark = ""
    """Over everything, visitors' pages too; empty when there is nothing to warn of."""

    def warn(self, mark: str) -> None:
        if mark != self.mark:
            self.mark = mark
            self._redraw()

    def on_touch_down(self, touch: Any) -> bool:
        corner = CORNER * min(self.width, self.height)
        if not touch.is_mouse_scrolling and touch.x < corner and touch.y > self.height - corner:
            self.knocked()
        return super().on_touch_down(touch)

    def _redraw(self) -> None:
        view = self._view
        if not isinstance(view, StaffView):
            self.double_touch = DOUBLE_TOUCH
            super()._redraw()
            self._draw_mark()
            return
        self.double_touch = TYPING if view.pad else DOUBLE_TOUCH
        self.drawn = view
        spots = spots_of(view, self.width, self.height)
        self.targets = _targets(view, spots)
        self.canvas.clear()
        with self.canvas:
            Color(*theme.rgba(theme.PAPER))
            Rectangle(pos=self.pos, size=self.size)
            self.lettering = draw_staff(view, spots, self._pictograms, self._pressed)
        self._draw_mark()

    def _draw_mark(self) -> None:
        if self.mark and self._view is not None:
            with self.canvas:
                self.lettering += draw_mark(self.mark, self.width, self.height)

    def _redraw_meter(self) -> None:
        if isinstance(self._view, StaffView):
            self._meter.clear()
        else:
            super()._redraw_meter()


def _targets(view: StaffView, spots: Spots) -> tuple[Target, ...]:
    reach = -spots.gap / 2
    places = [
        *((tile.option, area) for tile, area in zip(view.tiles, spots.tiles, strict=True)),
        *((tool.option, area) for tool, area in zip(view.tools, spots.tools, strict=True)),
        *((digit_option(digit), area) for digit, area in spots.digits),
        *((row.option, area) for row, area in zip(view.rows, spots.rows, strict=True) if row.key),
    ]
    return tuple(Target(option, area, area.inset(reach)) for option, area in places)
