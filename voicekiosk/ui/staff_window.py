"""The kiosk's window, over whose picture the staff page can be laid."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from voicekiosk.core.screen import ScreenView
from voicekiosk.core.staff_screen import StaffView
from voicekiosk.ui.window import KioskWindow

if TYPE_CHECKING:
    from voicekiosk.ui.screen import KioskScreen
    from voicekiosk.ui.staff_screen import StaffScreen


class StaffWindow(KioskWindow):
    """Whatever is shown to visitors meanwhile is seen again when the page is taken away."""

    knocked: Callable[[], None] = staticmethod(lambda: None)
    """The hidden corner was touched."""
    _visitors: ScreenView | None = None
    _covered = False
    _order = threading.Lock()
    _mark = ""
    _drawn: StaffScreen | None = None

    def show(self, view: ScreenView) -> None:
        with self._order:
            self._visitors = view
            if not self._covered:
                super().show(view)

    def cover(self, view: StaffView | None) -> None:
        """Lay the staff page over it, or take it away. From any thread."""
        with self._order:
            self._covered = view is not None
            shown = view or self._visitors
            if shown is not None:
                super().show(shown)

    def mark(self, text: str) -> None:
        """What stands above every page from now on, until it is empty. From any thread."""
        self._mark = text
        self._refresh()

    def _apply(self, seconds: float) -> None:
        if self._drawn is not None:
            self._drawn.warn(self._mark)
        super()._apply(seconds)

    def _make_screen(self, dpi: float) -> KioskScreen:
        from voicekiosk.ui.staff_screen import StaffScreen

        screen = StaffScreen(self._pictograms, self._on_choose, self._clock, self._show_labels, dpi)
        screen.knocked = lambda: self.knocked()
        self._drawn = screen
        return screen
