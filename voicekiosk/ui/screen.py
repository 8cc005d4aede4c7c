"""The one widget: shows a ScreenView and turns touches into choices, on release."""
# mypy: disable-error-code="import-untyped,misc,no-any-return"

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kivy.graphics import Canvas, Color, Rectangle
from kivy.uix.widget import Widget

from voicekiosk.core.content import Command
from voicekiosk.core.screen import Scene, ScreenView
from voicekiosk.core.types import OptionId
from voicekiosk.ui import theme
from voicekiosk.ui.layout import Arrangement, Rect, arrange
from voicekiosk.ui.lettering import Lettering
from voicekiosk.ui.scenes import METER_BARS, draw, draw_meter
from voicekiosk.ui.sign_place import SignPlace
from voicekiosk.ui.simpler import simpler
from voicekiosk.ui.tiles import Drawing

DOUBLE_TOUCH = 0.5
"""A second touch sooner than this is a trembling hand, not a second wish."""
QUIET_DB, LOUD_DB = -55.0, -12.0
"""The ends of the meter."""
STEADY = 0.35
"""The meter sinks no sooner than this after it rose: nothing flashes three times a second."""


@dataclass(frozen=True, slots=True)
class Target:
    """What can be touched, and where; the gaps around it belong to it too."""

    option: OptionId
    area: Rect
    reach: Rect
    enabled: bool = True


class KioskScreen(Widget):
    double_touch = DOUBLE_TOUCH

    def __init__(
        self,
        pictograms: Path,
        on_choose: Callable[[OptionId], None],
        clock: Callable[[], float],
        show_labels: bool,
        dpi: float,
    ) -> None:
        super().__init__()
        self.lettering: list[Lettering] = []
        self.targets: tuple[Target, ...] = ()
        self._pictograms = pictograms
        self._on_choose = on_choose
        self._clock = clock
        self._show_labels = show_labels
        self._dpi = dpi
        self._sight = theme.Sight()
        self.drawn: ScreenView | None = None
        self._risen = float("-inf")
        self._view: ScreenView | None = None
        self._place: Arrangement | None = None
        self._presses: dict[Any, Target] = {}
        self._pressed: set[OptionId] = set()
        self._last_choice = float("-inf")
        self._level = 0.0
        self._meter = Canvas()
        self.sign = SignPlace(pictograms.parent / "signs")
        self.bind(size=lambda *_: self._redraw())

    @property
    def pressed(self) -> frozenset[OptionId]:
        return frozenset(self._pressed)

    def dress(self, sight: theme.Sight) -> None:
        """Set up for who looks at it. The panel's own measure of a dot may be wrong."""
        self._sight = sight
        self._redraw()

    @property
    def level(self) -> float:
        """Of the voice, as the meter shows it: 0 to 1."""
        return self._level

    @property
    def dpi(self) -> float:
        return self._sight.dpi(self.width, self.height, self._dpi)

    @property
    def look(self) -> theme.Look:
        wanted = self._view is not None and self._view.clearer
        return theme.CLEAREST if wanted else self._sight.look

    def show(self, view: ScreenView) -> None:
        if view != self._view:
            self._view = view
            self._redraw()

    def hear(self, level: float) -> None:
        part = min(1.0, max(0.0, (level - QUIET_DB) / (LOUD_DB - QUIET_DB)))
        change = round(part * METER_BARS) - round(self._level * METER_BARS)
        now = self._clock()
        if change < 0 and now - self._risen < STEADY:
            return
        self._level = part
        if change > 0:
            self._risen = now
        if change:
            self._redraw_meter()

    def _redraw(self) -> None:
        if self._view is None:
            return
        look, low = self.look, self._sight.low != self._view.lower
        self.drawn = view = simpler(self._view, look.large or low, upright=self.height > self.width)
        labels = self._show_labels
        self._place = place = arrange(view, self.width, self.height, captioned=labels, low=low)
        self.targets = _targets(view, place)
        self.canvas.clear()
        self.sign.follow(None if view.blank else view, place.picture)
        if view.blank:
            self._redraw_blank()
            return
        with self.canvas:
            Color(*theme.rgba(look.paper))
            Rectangle(pos=self.pos, size=self.size)
            drawn = (view, place, self._pictograms, labels, self.dpi, self._pressed, look)
            self.lettering = draw(Drawing(*drawn))
        self.canvas.add(self.sign.canvas)
        self.canvas.add(self._meter)
        self._redraw_meter()

    def _redraw_blank(self) -> None:
        """Black from edge to edge; a touch anywhere shows everything again."""
        everywhere = Rect(0, 0, self.width, self.height)
        self.targets = (Target(Command.BLANK.option, everywhere, everywhere),)
        self.lettering = []
        with self.canvas:
            Color(0, 0, 0)
            Rectangle(pos=self.pos, size=self.size)

    def _redraw_meter(self) -> None:
        """By itself: the voice moves it many times a second."""
        self._meter.clear()
        if self._view is not None and self._place is not None:
            with self._meter:
                draw_meter(self._view, self._place, self._level, self.look)

    def _target_at(self, x: float, y: float) -> Target | None:
        return next((t for t in self.targets if t.enabled and t.reach.contains(x, y)), None)

    def on_touch_down(self, touch: Any) -> bool:
        target = self._target_at(*touch.pos)
        if target is None or touch.is_mouse_scrolling:
            return True
        if self._clock() - self._last_choice < self.double_touch:
            return True
        touch.grab(self)
        self._presses[touch.uid] = target
        self._light({target.option})
        return True

    def on_touch_move(self, touch: Any) -> bool:
        target = self._presses.get(touch.uid)
        if target is not None:
            self._light({target.option} if target.reach.contains(*touch.pos) else set())
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return True
        touch.ungrab(self)
        target = self._presses.pop(touch.uid, None)
        self._light(set())
        # The scene may have changed under the finger: what is chosen must still be there.
        if target is None or self._target_at(*touch.pos) != target:
            return True
        now = self._clock()
        if now - self._last_choice >= self.double_touch:
            self._last_choice = now
            self._on_choose(target.option)
        return True

    def _light(self, options: set[OptionId]) -> None:
        if options != self._pressed:
            self._pressed = options
            self._redraw()


def _targets(view: ScreenView, place: Arrangement) -> tuple[Target, ...]:
    around = -place.gap / 2
    tiles = [
        Target(tile.option, area, area.inset(around))
        for tile, area in zip(view.tiles, place.tiles, strict=True)
    ]
    tiles += [
        Target(tile.option, area, area.inset(around))
        for tile, area in zip(view.rail, place.rail, strict=True)
    ]
    bar = [
        Target(button.command.option, area, area.inset(around / 2), button.enabled)
        for button, area in zip(view.bar, place.bar, strict=False)
    ]
    if view.scene is Scene.IDLE and place.picture is not None and not place.low:
        # The huge picture invites a finger; it is the home button grown large.
        tiles.append(Target(Command.HOME.option, place.picture, place.picture))
    return (*tiles, *bar)
