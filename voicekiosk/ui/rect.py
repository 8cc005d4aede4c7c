"""A rectangle that can be divided: all of the layout is made of it."""

from __future__ import annotations

from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle with its origin at the bottom left, as Kivy counts."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def top(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, by: float) -> Rect:
        return Rect(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.top

    def square(self) -> Rect:
        """The largest square in the middle."""
        side = min(self.width, self.height)
        x, y = self.centre
        return Rect(x - side / 2, y - side / 2, side, side)

    def left_part(self, width: float, gap: float = 0) -> tuple[Rect, Rect]:
        return (
            Rect(self.x, self.y, width, self.height),
            Rect(self.x + width + gap, self.y, self.width - width - gap, self.height),
        )

    def top_part(self, height: float, gap: float = 0) -> tuple[Rect, Rect]:
        return (
            Rect(self.x, self.top - height, self.width, height),
            Rect(self.x, self.y, self.width, self.height - height - gap),
        )

    def grid(self, columns: int, rows: int, gap: float) -> tuple[Rect, ...]:
        """Cells in reading order."""
        width = (self.width - gap * (columns - 1)) / columns
        height = (self.height - gap * (rows - 1)) / rows
        return tuple(
            Rect(
                self.x + column * (width + gap),
                self.top - height - row * (height + gap),
                width,
                height,
            )
            for row in range(rows)
            for column in range(columns)
        )
