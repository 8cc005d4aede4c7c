"""The brush: cards, shapes, pictograms, lettering and drawn signs, on the open canvas."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from kivy.core.image import Image as CoreImage
from kivy.graphics import Color, Line, Mesh, Rectangle, SmoothLine, SmoothRoundedRectangle

from voicekiosk.core.content import Shape
from voicekiosk.ui import theme
from voicekiosk.ui.layout import Rect
from voicekiosk.ui.lettering import LEADING, Lettering, letter, texture
from voicekiosk.ui.shapes import outline


@lru_cache(maxsize=256)
def _picture(path: Path) -> Any:
    return CoreImage(str(path), mipmap=True).texture if path.is_file() else None


def card(area: Rect, colour: str, radius: float, alpha: float = 1.0) -> None:
    Color(*theme.rgba(colour, alpha))
    corner = min(radius, area.width / 2, area.height / 2)
    SmoothRoundedRectangle(pos=area[:2], size=area[2:], radius=[corner], segments=16)


def ring(area: Rect, colour: str, radius: float, width: float) -> None:
    Color(*theme.rgba(colour))
    SmoothLine(rounded_rectangle=(*area, radius), width=width)


def stroke(points: list[float], colour: str, width: float, close: bool = False) -> None:
    Color(*theme.rgba(colour))
    Line(points=points, width=width, cap="round", joint="round", close=close)


def emblem(shape: Shape, area: Rect, colour: str, rim: str = "", width: float = 1) -> None:
    """A filled shape; the line around it is its rim, or smooths its edge."""
    points = outline(shape, area.square())
    x, y = area.centre
    vertices: list[float] = [x, y, 0, 0]
    for px, py in (*points, points[0]):
        vertices += [px, py, 0, 0]
    Color(*theme.rgba(colour))
    Mesh(vertices=vertices, indices=list(range(len(points) + 2)), mode="triangle_fan")
    Color(*theme.rgba(rim or colour))
    SmoothLine(points=[c for point in points for c in point], width=width, close=True)


def pictogram(path: Path, area: Rect, colour: str, alpha: float = 1.0) -> None:
    """White-on-transparent pictures take any colour. A missing file leaves its place empty."""
    picture = _picture(path)
    if picture is not None:
        square = area.square()
        Color(*theme.rgba(colour, alpha))
        Rectangle(texture=picture, pos=square[:2], size=square[2:])


def lettered(
    text: str, area: Rect, colour: str, largest: float, bold: bool = False, centred: bool = True
) -> Lettering:
    """Writes a text into a box, vertically in the middle."""
    fitted = letter(text, int(area.width), int(area.height), int(largest), bold)
    top = area.centre[1] + fitted.height / 2
    lines(
        fitted, Rect(area.x, top - fitted.height, area.width, fitted.height), colour, bold, centred
    )
    return fitted


def lines(fitted: Lettering, area: Rect, colour: str, bold: bool, centred: bool) -> None:
    Color(*theme.rgba(colour))
    step = fitted.size * LEADING
    for row, line in enumerate(fitted.lines, start=1):
        image = texture(line, fitted.size, bold)
        x = area.centre[0] - image.width / 2 if centred else area.x
        y = area.top - row * step + (step - image.height) / 2
        Rectangle(texture=image, pos=(round(x), round(y)), size=image.size)


def microphone(area: Rect, colour: str) -> None:
    """Drawn, not loaded: the state of the microphone must show even without pictograms."""
    x, y = area.centre
    s = area.square().width / 100
    card(Rect(x - 14 * s, y - 10 * s, 28 * s, 52 * s), colour, 14 * s)
    Color(*theme.rgba(colour))
    Line(ellipse=(x - 25 * s, y - 20 * s, 50 * s, 50 * s, 90, 270), width=3.4 * s, cap="round")
    stroke([x, y - 20 * s, x, y - 38 * s], colour, 3.4 * s)
    stroke([x - 15 * s, y - 40 * s, x + 15 * s, y - 40 * s], colour, 3.4 * s)


def pointer(area: Rect, look: theme.Look) -> None:
    """A wedge that points at what it stands on: seen where a ring's colour is not."""
    card(area, look.ink, area.width / 2)
    inner = area.inset(area.width * 0.26)
    wedge = [(inner.x, inner.top), (inner.x, inner.y), (inner.right, inner.centre[1])]
    Color(*theme.rgba(look.paper))
    Mesh(vertices=[v for x, y in wedge for v in (x, y, 0, 0)], indices=[0, 1, 2], mode="triangles")


def loudspeaker(area: Rect, colour: str) -> None:
    x, y = area.centre
    s = area.square().width / 100
    Color(*theme.rgba(colour))
    body = [x - 34, y, x - 34 * s, y - 14 * s, x - 16 * s, y - 14 * s, x + 6 * s, y - 34 * s]
    body += [x + 6 * s, y + 34 * s, x - 16 * s, y + 14 * s, x - 34 * s, y + 14 * s]
    body[:2] = [x - 14 * s, y]
    vertices = [v for i in range(0, len(body), 2) for v in (body[i], body[i + 1], 0, 0)]
    vertices += vertices[4:8]
    Mesh(vertices=vertices, indices=list(range(len(vertices) // 4)), mode="triangle_fan")
    for radius in (18, 32):
        box = (x + (6 - radius) * s, y - radius * s, 2 * radius * s, 2 * radius * s)
        Line(ellipse=(*box, 48, 132), width=3.2 * s, cap="round")


def crossed(area: Rect, colour: str, behind: str) -> None:
    """The stroke through a sign: this does not work now."""
    square = area.square().inset(area.square().width * 0.12)
    slash = [square.x, square.top, square.right, square.y]
    stroke(slash, behind, square.width * 0.11)
    stroke(slash, colour, square.width * 0.05)


def keypad(area: Rect, colour: str) -> None:
    """Nine keys: what still works when the microphone does not."""
    square = area.square().inset(area.square().width * 0.16)
    for cell in square.grid(3, 3, square.width * 0.12):
        card(cell, colour, cell.width * 0.3)
