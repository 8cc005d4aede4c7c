"""Where everything is on a screen of a given size: pure geometry, the same place on every scene."""

from __future__ import annotations

from dataclasses import dataclass

from voicekiosk.core.content import Command
from voicekiosk.core.screen import Scene, ScreenView
from voicekiosk.ui.low_layout import cells, lowered
from voicekiosk.ui.rect import Rect as Rect

RAIL_WIDTH, RAIL_HEIGHT = 308, 276
"""Of the rail beside the tiles, and above them when upright, in pixels of the design."""
RELATED_HEIGHT, RELATED_HEIGHT_UPRIGHT = 128, 176
"""Of the tiles below a topic, in pixels of the design; upright their names stand below."""

_COLUMNS = {
    (False, True): (6, 2),
    (True, True): (4, 3),
    (False, False): (4, 3),
    (True, False): (3, 4),
}
"""And rows of all topics: upright or not, beside the rail or without one."""
TURNING_HEIGHT = 104
TURNING = (Command.BACK.option, Command.MORE.option)
"""The tiles that turn the page of all topics."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    unit: float
    """One pixel of the 1280x800 design (800x1280 when upright), in pixels of this screen."""
    gap: float
    badge: Rect
    title: Rect
    banner: Rect
    microphone: Rect
    picture: Rect | None
    """The one huge picture of a topic, the idle screen or the goodbye."""
    tiles: tuple[Rect, ...]
    rail: tuple[Rect, ...]
    panels: tuple[Rect, ...]
    """Grounds behind the rail and behind the tiles it opens; both or neither."""
    caption: Rect
    bar: tuple[Rect, ...]
    volume: Rect
    low: bool = False
    """Everything to touch is in the lower half."""


def arrange(
    view: ScreenView, width: float, height: float, captioned: bool = True, low: bool = False
) -> Arrangement:
    """Without captions (nothing on the screen is read) the pictures take their place."""
    upright = height > width
    unit = min(width / 800, height / 1280) if upright else min(width / 1280, height / 800)
    gap = 16 * unit
    page = Rect(0, 0, width, height).inset(20 * unit)
    header, page = page.top_part(92 * unit, gap)
    badge, header = header.left_part(92 * unit, gap)
    pill = 236 * unit
    title, microphone = header.left_part(header.width - pill, 0)
    banner = Rect(microphone.x, microphone.y, 0, microphone.height)
    if view.speaker_lost:
        title, banner = title.left_part(title.width - 120 * unit - gap)
        banner, _ = banner.left_part(120 * unit)
    title, _ = title.left_part(title.width - gap)
    body, bar = _split_bottom(page, (212 if upright else 104) * unit, gap)
    buttons, volume = _bar(bar, upright, 10 * unit, 44 * unit)
    if low:
        lower = Rect(body.x, body.y, body.width, height / 2 - body.y - gap)
        upper = Rect(body.x, height / 2, body.width, body.top - height / 2)
        place = lowered(view, upper, lower, gap, captioned)
        return Arrangement(
            *(unit, gap, badge, title, banner, microphone, place.picture, place.tiles),
            *((), (), place.caption, buttons, volume, True),
        )
    rail, beside = _rail(view, body, upright, unit, gap)
    picture, tiles, caption = _body(view, beside, upright, unit, gap, captioned)
    panels = _panels(body, beside, caption, upright, gap) if rail else ()
    return Arrangement(
        *(unit, gap, badge, title, banner, microphone, picture, tiles, rail, panels),
        *(caption, buttons, volume),
    )


def _rail(
    view: ScreenView, body: Rect, upright: bool, unit: float, gap: float
) -> tuple[tuple[Rect, ...], Rect]:
    """Categories two by two down the left side, four by four on top when upright.

    The last place is twice as wide: it leads to all topics.
    """
    if not view.rail:
        return (), body
    if upright:
        place, rest = body.top_part(RAIL_HEIGHT * unit, 2 * gap)
        cells = place.grid(4, 2, gap)
    else:
        place, rest = body.left_part(RAIL_WIDTH * unit, 2 * gap)
        cells = place.grid(2, 4, gap)
    *categories, left, right = cells
    last = Rect(left.x, left.y, right.right - left.x, left.height)
    count = len(view.rail) - 1
    return (*categories[:count], last), rest


def _panels(whole: Rect, body: Rect, caption: Rect, upright: bool, gap: float) -> tuple[Rect, Rect]:
    """Around the rail and around the tiles, half a gap wider than both."""
    bottom = caption.top + gap if caption.height else body.y
    tiles = Rect(body.x, bottom, body.width, body.top - bottom)
    if upright:
        rail = Rect(whole.x, body.top + 2 * gap, whole.width, whole.top - body.top - 2 * gap)
    else:
        rail = Rect(whole.x, whole.y, body.x - whole.x - 2 * gap, whole.height)
    return rail.inset(-gap / 2), tiles.inset(-gap / 2)


def _split_bottom(area: Rect, height: float, gap: float) -> tuple[Rect, Rect]:
    upper, lower = area.top_part(area.height - height - gap, gap)
    return upper, lower


def _bar(bar: Rect, upright: bool, gap: float, meter: float) -> tuple[tuple[Rect, ...], Rect]:
    """Eight buttons; the volume stands between the last two, softer and louder."""
    if upright:
        first, second = bar.grid(1, 2, gap)
        buttons = list(first.grid(4, 1, gap))
        row, count = second, 4
    else:
        buttons, row, count = [], bar, 8
    width = (row.width - meter - gap * count) / count
    x = row.x
    for _ in range(count - 1):
        buttons.append(Rect(x, row.y, width, row.height))
        x += width + gap
    volume = Rect(x, row.y, meter, row.height)
    buttons.append(Rect(x + meter + gap, row.y, width, row.height))
    return tuple(buttons), volume


def _body(
    view: ScreenView, body: Rect, upright: bool, unit: float, gap: float, captioned: bool
) -> tuple[Rect | None, tuple[Rect, ...], Rect]:
    if view.scene in (Scene.TOPIC, Scene.VEILED):
        body, tiles = _related(view, body, upright, unit, gap)
        if not captioned and view.number is None:
            picture, caption = _split_bottom(body, 0, 0)
        elif upright:
            picture, caption = body.top_part(body.height * 0.46, gap)
        else:
            picture, caption = body.left_part(body.width * 0.40, gap)
        return picture, tiles, caption
    area, caption = _split_bottom(body, (150 if upright else 104) * unit, gap)
    if not captioned or (view.scene is Scene.IDLE and not view.caption.sentences):
        area, caption = _split_bottom(body, 0, 0)
    if view.scene is Scene.GOODBYE:
        return area, (), caption
    if view.scene in (Scene.CHOICE, Scene.ASKING, Scene.WARNING):
        count = max(1, len(view.tiles))
        answers = area.grid(1, count, gap) if upright else area.grid(count, 1, gap)
        return None, answers, caption
    if view.scene is Scene.IDLE:
        if upright:
            picture, area = area.top_part(area.height * 0.34, gap)
        else:
            picture, area = area.left_part(area.width * 0.30, gap)
        return picture, cells(view, area, upright, gap), caption
    if view.scene is Scene.ALL_TOPICS and not view.tiles[0].key:
        return None, _pages(view, area, upright, unit, gap), caption
    return None, cells(view, area, upright, gap), caption


def _related(
    view: ScreenView, body: Rect, upright: bool, unit: float, gap: float
) -> tuple[Rect, tuple[Rect, ...]]:
    """A low row for the topics to go on with; where there is none, the picture keeps the place."""
    if not view.tiles:
        return body, ()
    body, row = _split_bottom(
        body, (RELATED_HEIGHT_UPRIGHT if upright else RELATED_HEIGHT) * unit, gap
    )
    return body, row.grid(3, 1, gap)[: len(view.tiles)]


def _pages(
    view: ScreenView, area: Rect, upright: bool, unit: float, gap: float
) -> tuple[Rect, ...]:
    """Two rows of six, a category to a row; below them the ways back and on by a page."""
    turning = [tile for tile in view.tiles if tile.option in TURNING]
    area, row = _split_bottom(area, TURNING_HEIGHT * unit, gap)
    columns, rows = _COLUMNS[upright, bool(view.rail)]
    topics = area.grid(columns, rows, gap)
    back, _, on = row.grid(3, 1, gap)
    ends = {Command.BACK.option: back, Command.MORE.option: on}
    count = len(view.tiles) - len(turning)
    return (*topics[:count], *(ends[tile.option] for tile in turning))


def beads(place: Arrangement) -> Rect:
    """Between the ways back and on: which page it is."""
    _, between, _ = place.panels[1].inset(place.gap / 2).grid(3, 1, place.gap)
    return Rect(between.x, between.y, between.width, TURNING_HEIGHT * place.unit)
