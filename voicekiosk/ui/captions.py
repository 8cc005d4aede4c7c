"""What is being said, page by page: the page of the current sentence, which is marked."""

from __future__ import annotations

from collections.abc import Sequence

from voicekiosk.core.screen import Caption
from voicekiosk.ui import paint, theme
from voicekiosk.ui.layout import Rect
from voicekiosk.ui.lettering import Lettering, letter

PADDING = 8
"""Around a sentence, in pixels of the design."""


def pages(heights: list[float], room: float, gap: float) -> list[range]:
    """Sentences by page: whole sentences only, so that none is ever cut at an edge."""
    result: list[range] = []
    start, used = 0, 0.0
    for index, height in enumerate(heights):
        if index > start and used + gap + height > room:
            result.append(range(start, index))
            start, used = index, height
        else:
            used += height if index == start else gap + height
    if heights:
        result.append(range(start, len(heights)))
    return result


def fitted(sentences: Sequence[str], area: Rect, size: float, unit: float) -> list[Lettering]:
    """Each sentence lettered so that it fits into the caption's area by itself."""
    width = int(area.width - 20 * unit - 4 * PADDING * unit)
    room = int(area.height - 20 * unit - PADDING * unit)
    return [letter(sentence, width, room, int(size)) for sentence in sentences]


def caption_page(
    caption: Caption, area: Rect, size: float, unit: float, look: theme.Look = theme.NORMAL
) -> list[Lettering]:
    paint.card(area, look.card, 28 * unit)
    padding = PADDING * unit
    inner = area.inset(10 * unit)
    texts = fitted(caption.sentences, area, size, unit)
    heights = [text.height + padding for text in texts]
    gap = 4 * unit
    current = min(caption.current, len(texts) - 1)
    page = next(p for p in pages(heights, inner.height, gap) if current in p)
    used = sum(heights[i] for i in page) + gap * (len(page) - 1)
    # A short strip looks best centred; a long page starts at the top.
    top = inner.top if len(page) > 2 else inner.top - (inner.height - used) / 2
    for index in page:
        box = Rect(inner.x, top - heights[index], inner.width, heights[index])
        if index == current:
            paint.card(box, look.mark, 20 * unit)
            # The mark is a colour; the bar beside it is a shape that tells the same.
            bar = Rect(box.x + 6 * unit, box.y + 8 * unit, 5 * unit, box.height - 16 * unit)
            paint.card(bar, look.mark_ink, 4 * unit)
        text = Rect(box.x + 2 * padding, box.y + padding / 2, box.width, texts[index].height)
        ink = look.mark_ink if index == current else look.soft_ink
        paint.lines(texts[index], text, ink, bold=False, centred=False)
        top -= heights[index] + gap
    return [texts[i] for i in page]


def number_page(
    number: str, area: Rect, unit: float, look: theme.Look = theme.NORMAL
) -> list[Lettering]:
    """A telephone number as large as its place allows, to be copied by hand."""
    paint.card(area, look.mark, 28 * unit)
    inner = area.inset(24 * unit)
    return [paint.lettered(number, inner, look.mark_ink, inner.height, bold=True)]


def progress(area: Rect, count: int, current: int, colour: str) -> None:
    """A row of beads: how much has been said, and how much is to come."""
    step = min(area.width / count, 34 * max(1.0, area.height / 24))
    side = min(step * 0.5, area.height)
    x, y = area.centre
    x -= step * (count - 1) / 2
    for index in range(count):
        long = side * 1.5 if index == current else side
        bead = Rect(x - long / 2, y - side / 2, long, side)
        paint.card(bead, colour, side / 2, alpha=1.0 if index <= current else 0.35)
        x += step
