"""The widget of the studio: a StudioView, the live wave, the hand that runs over a take."""
# mypy: disable-error-code="import-untyped,misc"

from __future__ import annotations

from collections import deque
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle

from voicekiosk.core.screen import ScreenView
from voicekiosk.core.studio_screen import Lamp, StudioView
from voicekiosk.ui import theme
from voicekiosk.ui.screen import LOUD_DB, QUIET_DB, KioskScreen, Target
from voicekiosk.ui.studio_scene import (
    SEGMENTS,
    Spots,
    draw_hand,
    draw_level,
    draw_live,
    draw_studio,
    spots_of,
)

_REMEMBERED = 400
_FRAMES = 1 / 20


class StudioScreen(KioskScreen):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._spots: Spots | None = None
        self._heard: deque[float] = deque(maxlen=_REMEMBERED)
        self._since = 0.0
        self._hand: Any = None

    def show(self, view: ScreenView) -> None:
        before = self._view
        if isinstance(view, StudioView) and view != before:
            was = before if isinstance(before, StudioView) else None
            if view.lamp is Lamp.RECORD and (was is None or was.lamp is not Lamp.RECORD):
                self._heard.clear()
            if view.take and (was is None or was.take != view.take):
                self._since = self._clock()
            self._run_hand(bool(view.take))
        super().show(view)

    def hear(self, level: float) -> None:
        part = min(1.0, max(0.0, (level - QUIET_DB) / (LOUD_DB - QUIET_DB)))
        changed = round(part * SEGMENTS) != round(self._level * SEGMENTS)
        self._level = part
        recording = isinstance(self._view, StudioView) and self._view.lamp is Lamp.RECORD
        if recording:
            self._heard.append(part)
        if changed or recording:
            self._redraw_meter()

    def _run_hand(self, runs: bool) -> None:
        if self._hand is not None:
            self._hand.cancel()
            self._hand = None
        if runs:
            self._hand = Clock.schedule_interval(lambda _: self._redraw_meter(), _FRAMES)

    def _redraw(self) -> None:
        view = self._view
        if not isinstance(view, StudioView):
            return
        self._spots = spots = spots_of(view, self.width, self.height)
        self.targets = tuple(
            Target(tile.option, area, area.inset(-spots.gap / 2), tile.option not in view.disabled)
            for tile, area in zip(view.tiles, spots.tiles, strict=True)
        )
        self.canvas.clear()
        with self.canvas:
            Color(*theme.rgba(theme.PAPER))
            Rectangle(pos=self.pos, size=self.size)
            self.lettering = draw_studio(view, spots, self._pictograms, self._pressed)
        self.canvas.add(self._meter)
        self._redraw_meter()

    def _redraw_meter(self) -> None:
        self._meter.clear()
        view, spots = self._view, self._spots
        if not isinstance(view, StudioView) or spots is None:
            return
        with self._meter:
            draw_level(view, spots, self._level)
            if view.lamp is Lamp.RECORD:
                draw_live(spots, self._heard)
            if view.take and view.wave is not None:
                draw_hand(view.wave, spots, (self._clock() - self._since) / view.wave.seconds)
