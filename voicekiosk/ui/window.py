"""The kiosk's window: a Display that may be told what to show from any thread."""
# mypy: disable-error-code="import-untyped,no-untyped-call"

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicekiosk.core.screen import ScreenView
from voicekiosk.core.types import OptionId
from voicekiosk.ports import DisplayError
from voicekiosk.ui.desktop import desktop_size
from voicekiosk.ui.keys import key_name
from voicekiosk.ui.theme import USUAL, Sight

if TYPE_CHECKING:
    from voicekiosk.ui.screen import KioskScreen, Target

_ENVIRONMENT = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_ENV_CONFIG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    # Kivy's other window providers end the process when there is no screen.
    "KIVY_WINDOW": "sdl2",
    # SDL would turn SIGTERM into a request to close, which a kiosk refuses.
    "SDL_NO_SIGNAL_HANDLERS": "1",
}
_MEND = "Start it inside a graphical session (DISPLAY or WAYLAND_DISPLAY) with OpenGL installed"


Shown = Callable[[ScreenView, "ScreenView | None", "tuple[Target, ...]", float], None]
"""Told what is on the screen: all that could be shown, what is drawn, where, how high."""


class KioskWindow:
    """One to a process, as Kivy has one window. ``run`` owns the main thread until ``close``."""

    def __init__(
        self,
        pictograms: Path,
        on_choose: Callable[[OptionId], None],
        on_key: Callable[[str], None],
        *,
        fullscreen: bool,
        size: tuple[int, int] | None = None,
        show_labels: bool = True,
        sight: Sight = USUAL,
        shown: Shown | None = None,
        ready: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pictograms = pictograms
        self._on_choose = on_choose
        self._on_key = on_key
        self._fullscreen = fullscreen
        self._size = size
        self._show_labels = show_labels
        self._sight = sight
        self._shown = shown
        self.ready = ready
        self._clock = clock
        self._view: ScreenView | None = None
        self._level: float | None = None
        self._refresh: Callable[[], object] = lambda: None
        self._stop: Callable[[], object] = lambda: None
        self._closed = False
        self._held: set[int] = set()
        self._bound: dict[str, Any] = {}
        self.screen: KioskScreen | None = None

    def show(self, view: ScreenView) -> None:
        self._view = view
        self._refresh()

    def hear(self, level: float) -> None:
        self._level = level
        self._refresh()

    def close(self) -> None:
        """From any thread and from a signal handler; ``run`` then returns."""
        self._closed = True
        self._stop()

    def run(self) -> None:
        """Show the window and stay until it is closed."""
        self.start()
        from kivy.base import EventLoop

        try:
            if not self._closed:
                EventLoop.mainloop()
        finally:
            self.end()

    def start(self) -> None:
        """Open the window without staying: the caller turns the event loop itself."""
        window = self._open()
        from kivy.base import runTouchApp, stopTouchApp
        from kivy.clock import Clock

        self.screen = self._make_screen(window.dpi)
        self.screen.dress(self._sight)
        trigger = Clock.create_trigger(self._apply)
        self._refresh = trigger
        self.screen.bind(size=lambda *_: trigger())  # everything stands elsewhere now
        self._stop = Clock.create_trigger(lambda _: stopTouchApp())
        self._bound = {
            "on_key_down": self._key_down,
            "on_key_up": self._key_up,
            "on_request_close": self._close_requested,
            "on_flip": self._flipped,
            # Keys released while another window had the keyboard were never reported.
            "focus": lambda *_: self._held.clear(),
        }
        window.bind(**self._bound)
        runTouchApp(self.screen, embedded=True)
        self._apply(0)

    def _make_screen(self, dpi: float) -> KioskScreen:
        from voicekiosk.ui.screen import KioskScreen

        return KioskScreen(self._pictograms, self._on_choose, self._clock, self._show_labels, dpi)

    def end(self) -> None:
        """Let go of the window; harmless twice."""
        from kivy.base import EventLoop, stopTouchApp

        if self.screen is None:
            return
        window = EventLoop.window
        window.unbind(**self._bound)
        window.remove_widget(self.screen)
        self._refresh = self._stop = lambda: None
        self.screen = None
        stopTouchApp()

    def _open(self) -> Any:
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        from kivy.config import Config

        # Without a window manager a full-screen window keeps the size it was opened with.
        fitting = desktop_size() if self._fullscreen else None
        width, height = self._size or fitting or (1280, 800)
        graphics = {
            "fullscreen": "auto" if self._fullscreen else "0",
            "borderless": "1" if self._fullscreen else "0",
            "resizable": "0",
            "show_cursor": "0" if self._fullscreen else "1",
            "width": str(width),
            "height": str(height),
            "multisamples": "4",
        }
        for key, value in graphics.items():
            Config.set("graphics", key, value)
        Config.set("kivy", "exit_on_escape", "0")
        # SDL delivers fingers itself; a second provider would deliver every touch twice.
        Config.remove_section("input")
        Config.add_section("input")
        Config.set("input", "mouse", "mouse,disable_multitouch")
        try:
            from kivy.core.window import Window
        except (SystemExit, Exception) as error:
            raise DisplayError("No window can be opened", _MEND) from error
        if Window is None:
            raise DisplayError("No window can be opened", _MEND)
        if not self._fullscreen and tuple(Window.size) != (width, height):
            Window.size = (width, height)
        return Window

    def _apply(self, _: float) -> None:
        """On the main thread: the newest of what was shown and heard since the last frame."""
        if self.screen is None:
            return
        if self._view is not None:
            self.screen.show(self._view)
            if self._shown is not None:
                self._shown(self._view, self.screen.drawn, self.screen.targets, self.screen.height)
        if self._level is not None:
            self.screen.hear(self._level)

    def _flipped(self, window: Any) -> None:
        if self._view is not None:
            window.unbind(on_flip=self._bound.pop("on_flip"))
            self.ready()

    def _key_down(
        self, window: Any, key: int, scancode: int, text: str, modifiers: list[str]
    ) -> bool:
        if scancode not in self._held:
            self._held.add(scancode)
            name = key_name(scancode, modifiers)
            if name is not None:
                self._on_key(name)
        # Swallowed: Kivy's own shortcuts have no place on a kiosk.
        return True

    def _key_up(self, window: Any, key: int, scancode: int) -> bool:
        self._held.discard(scancode)
        return True

    def _close_requested(self, *_: Any, **__: Any) -> bool:
        """A full-screen kiosk is closed by its operator, not by a visitor's Alt+F4."""
        return self._fullscreen and not self._closed
