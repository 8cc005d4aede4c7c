"""Whoever sees badly: contrast, letters, targets; nothing only a colour tells, nothing moves.

Each test names the check it is evidence for. The panels are those that kiosks are built with.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.ui import views
from tests.ui.conftest import Visitor
from voicekiosk.core import messages as m
from voicekiosk.core.content import Category, Command
from voicekiosk.core.dialogue import Session, advance
from voicekiosk.core.screen import MicrophoneState, Scene, ScreenView
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.sensitive import NEUTRAL_COLOUR
from voicekiosk.loading import load
from voicekiosk.ui import theme
from voicekiosk.ui.layout import arrange
from voicekiosk.ui.screen import STEADY
from voicekiosk.ui.simpler import simpler

CONTENT = load(Path(__file__).parents[2] / "content")
COLOURS = (
    NEUTRAL_COLOUR,
    *(option.colour for option in CONTENT.options.values() if isinstance(option, Category)),
)
PANELS = [
    (1280, 800, 15.0),
    (800, 1280, 15.0),
    (1920, 1080, 15.6),
    (1920, 1080, 24.0),
]
LOOKS = pytest.mark.parametrize("look", theme.LOOKS)
PANEL = pytest.mark.parametrize("panel", PANELS, ids=lambda p: "{}x{} {} in".format(*p))


def mm(pixels: float, panel: tuple[int, int, float]) -> float:
    width, height, inches = panel
    return pixels / theme.Sight(inches=inches).dpi(width, height, 0) * theme.MILLIMETRES_PER_INCH


def touched(*options: str) -> ScreenView:
    session = Session()
    for option in ("command.home", *options):
        chosen = m.Chosen(CONTENT.options[option].id, m.Means.TOUCH)
        session = advance(session, chosen, CONTENT).session
    return screen_of(session, CONTENT)


@pytest.fixture
def onlooker(visitor: Visitor) -> Iterator[Visitor]:
    """Looks at one panel after another."""
    yield visitor
    visitor.screen.dress(theme.USUAL)


@LOOKS
def test_every_text_stands_out_seven_to_one(look: str) -> None:
    """C37, WCAG 1.4.3 asks for 4.5; computed from the theme for every pair in use."""
    pairs = theme.pairs(theme.LOOKS[look], COLOURS)
    assert len(pairs) >= 6 + 2 * len(set(COLOURS)) - 3
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < 7} == {}


@LOOKS
def test_every_pictogram_ring_and_shape_stands_out_three_to_one(look: str) -> None:
    """C37, WCAG 1.4.11."""
    pairs = theme.sign_pairs(theme.LOOKS[look], COLOURS)
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < 3} == {}


def test_a_pair_that_does_not_stand_out_is_found() -> None:
    grey = replace(theme.NORMAL, soft_ink="#999999")
    assert min(theme.pairs(grey, COLOURS).values()) < 4.5


@PANEL
def test_the_large_theme_letters_everything_to_be_read_from_600_mm(
    onlooker: Visitor, panel: tuple[int, int, float]
) -> None:
    """C17, EN 301 549 5.1.4: a mode in which capital H is 7.4 mm high; names stay written."""
    width, height, inches = panel
    onlooker.screen.dress(theme.Sight(theme.LARGE, inches=inches))
    for view in (touched(), *(touched(name) for name in CONTENT.categories)):
        onlooker.sees(view, (width, height))
        drawn = onlooker.screen.lettering
        assert all(text.fits for text in drawn)
        heights = [theme.capital_mm(text.size, onlooker.screen.dpi) for text in drawn]
        assert min(heights) >= theme.READABLE_CAPITAL_MM
        written = {" ".join(text.lines) for text in drawn}
        missing = [t.label for t in onlooker.screen.drawn.tiles if t.label not in written]
        assert missing == []


@PANEL
@LOOKS
def test_a_caption_is_read_from_sixty_centimetres(
    onlooker: Visitor, look: str, panel: tuple[int, int, float]
) -> None:
    """C17, in every theme."""
    width, height, inches = panel
    onlooker.screen.dress(theme.Sight(theme.LOOKS[look], inches=inches))
    topic = touched("topic.documents")
    sentences = topic.caption.sentences
    onlooker.sees(topic, (width, height))
    captioned = [t for t in onlooker.screen.lettering if " ".join(t.lines) in sentences]
    assert captioned
    assert min(theme.capital_mm(t.size, onlooker.screen.dpi) for t in captioned) >= 7.4


@PANEL
@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
@pytest.mark.parametrize("look", ["normal", "large"])
def test_everything_to_touch_is_twenty_millimetres(
    onlooker: Visitor, look: str, low: bool, panel: tuple[int, int, float]
) -> None:
    """C36, WCAG 2.5.5; at the real dots of the panel. Low: all in the lower half (C30)."""
    width, height, inches = panel
    onlooker.screen.dress(theme.Sight(theme.LOOKS[look], low, inches))
    screens = [touched(), touched("command.all_topics"), touched(CONTENT.categories[0])]
    screens += [touched("topic.documents"), screen_of(Session(), CONTENT), views.choice()]
    for view in screens:
        onlooker.sees(view, (width, height))
        areas = [target.area for target in onlooker.screen.targets]
        assert min(mm(min(a.width, a.height), panel) for a in areas) >= 20
        if low:
            assert max(a.top for a in areas) <= height / 2


@PANEL
def test_who_sits_low_reaches_the_picture_that_lowers_everything(
    onlooker: Visitor, panel: tuple[int, int, float]
) -> None:
    """C30: help twice, a picture, and the visit goes on with all of it in the lower half."""
    width, height, inches = panel
    onlooker.screen.dress(theme.Sight(inches=inches))
    onlooker.sees(touched("topic.documents", "command.help", "command.help"), (width, height))
    assert onlooker.place_of(Command.HELP.option)[1] < height / 2
    assert onlooker.place_of(Command.LOWER.option)[1] < height / 2
    for chosen in ((), ("command.all_topics",), ("topic.documents",)):
        onlooker.sees(touched(*chosen, "command.lower"), (width, height))
        areas = [target.area for target in onlooker.screen.targets]
        assert max(area.top for area in areas) <= height / 2
    onlooker.sees(touched("command.lower", "command.lower"), (width, height))
    assert max(target.area.top for target in onlooker.screen.targets) > height / 2


@PANEL
def test_who_sees_little_gets_large_letters_and_strong_contrast(
    onlooker: Visitor, panel: tuple[int, int, float]
) -> None:
    """C17, C37: by a word, a key or a picture, on a kiosk that looks as usual."""
    width, height, inches = panel
    onlooker.screen.dress(theme.Sight(inches=inches))
    for chosen in ((), ("command.all_topics",), ("topic.documents",)):
        onlooker.sees(touched(*chosen, "command.clearer"), (width, height))
        assert onlooker.screen.look == theme.CLEAREST
        written = [text for text in onlooker.screen.lettering if any(map(len, text.lines))]
        sizes = [theme.capital_mm(text.size, onlooker.screen.dpi) for text in written]
        assert min(sizes) >= theme.READABLE_CAPITAL_MM
    onlooker.sees(touched("command.clearer", "command.clearer"), (width, height))
    assert onlooker.screen.look == theme.NORMAL


def test_what_is_on_is_marked_where_it_is_switched_off() -> None:
    chosen = touched("command.lower", "command.help", "command.help")
    assert [tile.option for tile in chosen.tiles if tile.current] == [Command.LOWER.option]


@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
@PANEL
def test_nothing_overlaps_where_things_are_fewer_or_lower(
    panel: tuple[int, int, float], low: bool
) -> None:
    for make in views.ALL.values():
        upright = panel[1] > panel[0]
        place = arrange(simpler(make(), True, upright), panel[0], panel[1], low=low)
        areas = [*place.tiles, *place.bar, place.title, place.microphone, place.volume]
        areas += [area for area in (place.picture, place.caption) if area and area.height]
        for index, one in enumerate(areas):
            for other in areas[index + 1 :]:
                wide = min(one.right, other.right) - max(one.x, other.x) > 0.01
                assert not (wide and min(one.top, other.top) - max(one.y, other.y) > 0.01)


@LOOKS
def test_the_bar_the_title_and_the_microphone_never_move(onlooker: Visitor, look: str) -> None:
    """C39, WCAG 3.2.3: the same place for the same thing, on every screen."""
    places, bars = set(), set()
    for make in views.ALL.values():
        view = simpler(make(), theme.LOOKS[look].large, upright=False)
        place = arrange(view, 1280, 800)
        places.add((place.bar, place.volume, place.microphone, place.badge))
        bars.add(tuple(button.command for button in view.bar))
    assert (len(places), len(bars)) == (1, 1)


def test_what_has_fewer_things_leads_everywhere() -> None:
    """C19, C30: without the rail every category is at home, and every topic in its category."""
    home = simpler(touched(), True, upright=False)
    shown = {tile.option for tile in home.tiles}
    visible = [name for name in CONTENT.categories if name in shown]
    assert visible == [name for name in CONTENT.categories]
    for name in visible:
        opened = simpler(touched(name), True, upright=False)
        assert opened.tiles or opened.scene is Scene.VEILED


def pixels(visitor: Visitor, view: ScreenView) -> bytes:
    """As Kivy exports a widget: a canvas that two parents draw makes every later frame slower."""
    visitor.sees(view)
    return bytes(visitor.screen.export_as_image().texture.pixels)


def grey(seen: bytes) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """What is left of a screen when no colour is: its lightness, in 16 steps."""
    dots = np.frombuffer(seen, np.uint8).reshape(-1, 4)[:, :3]
    return ((dots @ np.array([54, 183, 19])) // 256) // 16


def test_no_two_pictures_differ_by_colour_alone() -> None:
    """C27: every category has a shape and a picture of its own, every topic a picture."""
    options = [CONTENT.options[name] for name in CONTENT.categories]
    categories = [option for option in options if isinstance(option, Category)]
    assert len({option.pictogram for option in categories}) == len(categories)
    for option in categories:
        pictured = [CONTENT.options[topic].pictogram for topic in option.topics]
        assert len(set(pictured)) == len(pictured)
    alike = {(option.shape, option.pictogram) for option in categories}
    assert len(alike) == len(categories)


@pytest.mark.parametrize("look", ["normal", "high-contrast"])
@pytest.mark.parametrize(
    "change",
    [
        {"focus": Command.REPEAT.option},
        {"tiles": views.tiles(spoken=4)},
        {"microphone": MicrophoneState.OFF},
        {"microphone": MicrophoneState.HEARING},
        {"microphone": MicrophoneState.LOST},
        {"speaker_lost": True},
        {"volume": 1},
        {"paused": True, "bar": tuple(replace(b, enabled=False) for b in views.home().bar)},
    ],
    ids=["focus", "spoken", "asleep", "hearing", "lost", "no speaker", "softer", "disabled"],
)
def test_every_state_shows_without_colour(
    onlooker: Visitor, look: str, change: dict[str, object]
) -> None:
    """C27, EN 301 549 8.1.3: seen in greys, as by who sees no colours."""
    onlooker.screen.dress(theme.Sight(theme.LOOKS[look]))
    before = grey(pixels(onlooker, views.home()))
    after = grey(pixels(onlooker, replace(views.home(), **change)))
    assert int((before != after).sum()) > 100


def test_nothing_moves_while_nothing_happens(onlooker: Visitor) -> None:
    """Reduced motion is the only motion there is."""
    first = pixels(onlooker, views.topic())
    for _ in range(3):
        onlooker.now += 0.4
        onlooker.frame()
    assert pixels(onlooker, views.topic()) == first


def test_the_meter_never_flashes_three_times_a_second(onlooker: Visitor) -> None:
    """WCAG 2.3.1: a voice that shakes moves the meter up at once, and down slowly."""
    onlooker.sees(views.home())
    seen = []
    for step in range(200):  # two seconds of a voice that trembles fifty times a second
        onlooker.now += 0.01
        onlooker.screen.hear(-12.0 if step % 2 else -60.0)
        seen.append(onlooker.screen.level)
    falls = sum(b < a for a, b in pairwise(seen))
    assert 1 <= falls <= 2 / STEADY


def test_a_dark_picture_folder_does_not_hide_a_name(onlooker: Visitor) -> None:
    """C8 from the other side: where a pictogram is missing, its name is still written."""
    tile = replace(views.tiles(1)[0], pictogram="no_such_picture")
    onlooker.sees(replace(views.home(), tiles=(tile,)))
    assert tile.label in {" ".join(text.lines) for text in onlooker.screen.lettering}
