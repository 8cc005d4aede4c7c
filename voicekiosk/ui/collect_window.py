"""The kiosk's window for recording people: its own screen, the same touches and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicekiosk.ui.window import KioskWindow

if TYPE_CHECKING:
    from voicekiosk.ui.screen import KioskScreen


class CollectWindow(KioskWindow):
    """Shows a CollectView; a touched picture is reported as its option."""

    def _make_screen(self, dpi: float) -> KioskScreen:
        from voicekiosk.ui.collect_screen import CollectScreen

        return CollectScreen(self._pictograms, self._on_choose, self._clock, self._show_labels, dpi)
