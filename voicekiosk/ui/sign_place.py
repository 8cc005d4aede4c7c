"""A clip in sign language plays over the picture of its topic, as long as the topic is open."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Canvas, Color, Rectangle
from kivy.graphics.texture import Texture

from voicekiosk.core.screen import ScreenView
from voicekiosk.ui.rect import Rect
from voicekiosk.ui.sign_video import Frame, SignVideo


class SignPlace:
    """Begins with a topic, stands still with its voice, ends when it is left."""

    def __init__(self, folder: Path) -> None:
        self.canvas = Canvas()
        self.frame: Frame | None = None
        """What is seen; None while the picture is."""
        self._folder = folder
        self._video: SignVideo | None = None
        self._shown = ""
        self._told = -1
        self._area: Rect | None = None
        self._texture: Any = None
        self._paint_soon = Clock.create_trigger(lambda _: self._paint())

    def follow(self, view: ScreenView | None, area: Rect | None) -> None:
        """What the screen shows now, and where its picture is. On the window's thread."""
        sign = view.sign if view is not None and area is not None else ""
        told = view.progress[0] if view is not None and view.progress is not None else 0
        again = 0 <= told < self._told
        if sign != self._shown or (sign and again):
            self.close()
            self._shown = sign
            if sign:
                self._video = SignVideo(self._folder / sign, self._came)
        self._told, self._area = told, area
        if self._video is not None and view is not None:
            self._video.hold(view.paused)
        self._paint()

    def close(self) -> None:
        if self._video is not None:
            self._video.close()
        self._video = self.frame = self._texture = None
        self._shown = ""

    def _came(self, frame: Frame) -> None:
        # On the clip's thread: kept, and painted by the window's.
        self.frame = frame
        self._paint_soon()

    def _paint(self) -> None:
        frame, area = self.frame, self._area
        self.canvas.clear()
        if frame is None or area is None:
            return
        if self._texture is None or self._texture.size != (frame.width, frame.height):
            self._texture = Texture.create(size=(frame.width, frame.height), colorfmt="rgb")
            self._texture.flip_vertical()
        self._texture.blit_buffer(frame.pixels, colorfmt="rgb", bufferfmt="ubyte")
        scale = min(area.width / frame.width, area.height / frame.height)
        width, height = frame.width * scale, frame.height * scale
        x, y = area.centre
        with self.canvas:
            Color(1, 1, 1)
            Rectangle(
                texture=self._texture, pos=(x - width / 2, y - height / 2), size=(width, height)
            )
