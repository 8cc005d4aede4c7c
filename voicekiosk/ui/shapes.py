"""Outlines with rounded corners: what stands behind a pictogram, so that colour is never alone."""

from __future__ import annotations

from math import cos, pi, sin

from voicekiosk.core.content import Shape
from voicekiosk.ui.layout import Rect

Point = tuple[float, float]

_CORNERS: dict[Shape, tuple[tuple[Point, ...], float]] = {
    Shape.SQUARE: (((-0.9, 0.9), (0.9, 0.9), (0.9, -0.9), (-0.9, -0.9)), 0.36),
    Shape.HEXAGON: (tuple((cos(i * pi / 3), sin(i * pi / 3)) for i in range(6)), 0.22),
    Shape.DIAMOND: (((0, 1.08), (1.08, 0), (0, -1.08), (-1.08, 0)), 0.3),
    Shape.TRIANGLE: (((0, 1.2), (1.2, -0.86), (-1.2, -0.86)), 0.42),
    Shape.SHIELD: (
        (
            *((-0.88, 0.9), (0.88, 0.9), (0.88, -0.1), (0.55, -0.66)),
            *((0, -1.04), (-0.55, -0.66), (-0.88, -0.1)),
        ),
        0.26,
    ),
}
"""Corners in a box from -1 to 1, and how far each is rounded."""


def outline(shape: Shape, box: Rect) -> list[Point]:
    """The shape's edge inside a square box, as a convex polygon."""
    if shape is Shape.CIRCLE:
        points = [(cos(i * pi / 36), sin(i * pi / 36)) for i in range(72)]
    else:
        corners, radius = _CORNERS[shape]
        points = _rounded(corners, radius)
    x, y = box.centre
    half = min(box.width, box.height) / 2
    return [(x + px * half, y + py * half) for px, py in points]


def _rounded(corners: tuple[Point, ...], radius: float) -> list[Point]:
    points: list[Point] = []
    for index, corner in enumerate(corners):
        start = _towards(corner, corners[index - 1], radius)
        end = _towards(corner, corners[(index + 1) % len(corners)], radius)
        for step in range(9):
            t = step / 8
            points.append(
                (
                    (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * corner[0] + t**2 * end[0],
                    (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * corner[1] + t**2 * end[1],
                )
            )
    return points


def _towards(corner: Point, other: Point, distance: float) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = (dx * dx + dy * dy) ** 0.5
    part = min(distance / length, 0.5)
    return corner[0] + dx * part, corner[1] + dy * part
