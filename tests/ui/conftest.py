"""A real window without a monitor, and a finger to touch it with."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from voicekiosk.core.screen import ScreenView
from voicekiosk.core.types import OptionId
from voicekiosk.ui.window import KioskWindow

PICTOGRAMS = Path(__file__).parents[2] / "content" / "pictograms"

Point = tuple[float, float]


class Visitor:
    """Stands before the kiosk: sees its screen, touches it, and knows what was chosen."""

    def __init__(self, *, show_labels: bool = True, on_ready: Callable[[], None] = list) -> None:
        self.chosen: list[str] = []
        self.keys: list[str] = []
        self.now = 100.0
        self.window = KioskWindow(
            PICTOGRAMS,
            self.chosen.append,
            self.keys.append,
            fullscreen=False,
            size=(1280, 800),
            show_labels=show_labels,
            ready=on_ready,
            clock=lambda: self.now,
        )
        self.window.start()

    @property
    def screen(self) -> Any:
        assert self.window.screen is not None
        return self.window.screen

    def sees(self, view: ScreenView, size: tuple[int, int] | None = None) -> "Visitor":
        self.window.show(view)
        self.frame()
        if size is not None:
            self.screen.size_hint = (None, None)
            self.screen.size = size
            self.frame()
        return self

    def frame(self) -> None:
        from kivy.base import EventLoop

        EventLoop.idle()

    def place_of(self, option: str) -> Point:
        return next(t.area.centre for t in self.screen.targets if t.option == OptionId(option))

    def finger(self, at: Point) -> Any:
        from kivy.tests.common import UnitTestTouch

        finger = UnitTestTouch(*at)
        finger.touch_down()
        return finger

    def touch(self, option: str, seconds_later: float = 1.0) -> None:
        self.now += seconds_later
        self.finger(self.place_of(option)).touch_up()

    def press(self, scancode: int, *modifiers: str, times: int = 1) -> None:
        """One finger on a key; ``times`` is how often the keyboard repeats it while held."""
        from kivy.core.window import Window

        for _ in range(times):
            Window.dispatch("on_key_down", 0, scancode, None, list(modifiers))
        Window.dispatch("on_key_up", 0, scancode)


def before(kind: type[KioskWindow]) -> Iterator[Visitor]:
    """Somebody before another of the kiosk's windows."""
    visitor = Visitor.__new__(Visitor)
    visitor.chosen, visitor.keys, visitor.now = [], [], 100.0
    visitor.window = kind(
        PICTOGRAMS,
        visitor.chosen.append,
        visitor.keys.append,
        fullscreen=False,
        size=(1280, 800),
        clock=lambda: visitor.now,
    )
    visitor.window.start()
    yield visitor
    visitor.window.end()


@pytest.fixture(autouse=True, scope="session")
def no_monitor() -> None:
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    visitor = Visitor()
    yield visitor
    visitor.window.end()


@pytest.fixture
def visitor_who_reads_nothing() -> Iterator[Visitor]:
    visitor = Visitor(show_labels=False)
    yield visitor
    visitor.window.end()
