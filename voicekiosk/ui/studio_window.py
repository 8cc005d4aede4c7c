"""The kiosk's window as a recording studio: the same touches and keys, a screen of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicekiosk.ui.window import KioskWindow

if TYPE_CHECKING:
    from voicekiosk.ui.screen import KioskScreen


class StudioWindow(KioskWindow):
    """Shows a StudioView; a touched tile is reported as its option."""

    def _make_screen(self, dpi: float) -> KioskScreen:
        from voicekiosk.ui.studio_screen import StudioScreen

        return StudioScreen(self._pictograms, self._on_choose, self._clock, self._show_labels, dpi)
