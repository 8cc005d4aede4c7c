"""The widget of a recording: draws a CollectView, touched like the kiosk's own screen."""
# mypy: disable-error-code="import-untyped,misc"

from __future__ import annotations

from kivy.graphics import Color, Rectangle

from voicekiosk.core.collecting_screen import CollectView
from voicekiosk.ui import theme
from voicekiosk.ui.collect_scene import Spots, draw_collect, draw_collect_meter, spots_of
from voicekiosk.ui.screen import KioskScreen, Target


class CollectScreen(KioskScreen):
    _spots: Spots | None = None

    def _redraw(self) -> None:
        view = self._view
        if not isinstance(view, CollectView):
            return
        self._spots = spots = spots_of(view, self.width, self.height)
        reach = -spots.gap / 2
        self.targets = tuple(
            Target(tile.option, area, area.inset(reach), tile.option not in view.disabled)
            for tile, area in zip(view.tiles, spots.tiles, strict=True)
        )
        self.canvas.clear()
        with self.canvas:
            Color(*theme.rgba(theme.PAPER))
            Rectangle(pos=self.pos, size=self.size)
            self.lettering = draw_collect(view, spots, self._pictograms, self._dpi, self._pressed)
        self.canvas.add(self._meter)
        self._redraw_meter()

    def _redraw_meter(self) -> None:
        self._meter.clear()
        if isinstance(self._view, CollectView) and self._spots is not None:
            with self._meter:
                draw_collect_meter(self._view, self._spots, self._level)
