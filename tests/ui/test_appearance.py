"""What everybody must be able to see: contrast, sizes, nothing cut off, nothing moving about."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.ui import views
from tests.ui.conftest import PICTOGRAMS
from voicekiosk.core.content import Category, Shape
from voicekiosk.core.screen import Scene, Tile
from voicekiosk.loading.folder import load
from voicekiosk.ui import theme
from voicekiosk.ui.captions import fitted, pages
from voicekiosk.ui.layout import Rect, arrange
from voicekiosk.ui.shapes import outline

SIZES = [(1024, 600), (1280, 800), (1920, 1080), (1080, 1920)]
CONTENT = PICTOGRAMS.parent


@pytest.fixture(scope="module")
def content():
    return load(CONTENT)


@pytest.mark.parametrize(("ink", "ground"), theme.TEXT_PAIRS)
def test_text_stands_out_seven_to_one(ink, ground):
    assert theme.contrast(ink, ground) >= 7


@pytest.mark.parametrize("colour", [colour for _, _, _, colour, _ in views.CATEGORIES])
def test_white_on_a_tile_stands_out_and_so_does_its_shape(colour):
    assert theme.contrast(theme.WHITE, colour) >= 7
    assert theme.contrast(theme.WHITE, theme.shade(colour)) >= 7
    assert theme.contrast(theme.rim(colour), colour) >= 3


def test_contrast_is_measured_as_wcag_does():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", views.ALL)
def test_nothing_overlaps_and_nothing_leaves_the_screen(scene, size):
    view = views.ALL[scene]()
    place = arrange(view, *size)
    areas = [
        *place.tiles,
        *place.rail,
        *place.bar,
        place.volume,
        place.microphone,
        place.title,
        place.badge,
    ]
    areas += [place.picture] if place.picture else []
    areas += [place.caption] if place.caption.height > 0 else []
    page = Rect(-0.01, -0.01, size[0] + 0.02, size[1] + 0.02)
    assert all(page.contains(a.x, a.y) and page.contains(a.right, a.top) for a in areas)
    assert not [(a, b) for i, a in enumerate(areas) for b in areas[i + 1 :] if _overlap(a, b)]


def _overlap(a: Rect, b: Rect) -> bool:
    wide = min(a.right, b.right) - max(a.x, b.x) > 0.01
    return wide and min(a.top, b.top) - max(a.y, b.y) > 0.01


@pytest.mark.parametrize("size", SIZES)
def test_the_bar_and_the_microphone_never_move(size):
    places = [arrange(scene(), *size) for scene in views.ALL.values()]
    assert len({(p.bar, p.volume, p.microphone, p.badge) for p in places}) == 1


@pytest.mark.parametrize("size", SIZES)
def test_everything_to_touch_is_large_enough_for_a_missing_finger(size):
    """WCAG 2.2 asks for 44 px; a tile is at least 20 mm at 96 dpi."""
    for view in (views.home(), views.pictures(), views.all_topics(), views.last_spoken_page()):
        place = arrange(view, *size)
        assert min(min(a.width, a.height) for a in place.bar) >= 44
        assert min(min(a.width, a.height) for a in place.tiles + place.rail) >= 20 / 25.4 * 96


@pytest.mark.parametrize("size", SIZES)
def test_a_tile_of_a_spoken_menu_stands_where_its_key_does(size):
    first, more = arrange(views.last_spoken_page(), *size).tiles
    six = arrange(views.home(), *size).tiles
    assert (first, more) == (six[0], six[5])


@pytest.mark.parametrize("shape", Shape)
def test_a_shape_is_convex_so_that_it_fills_without_holes(shape):
    points = outline(shape, Rect(0, 0, 100, 100))
    turns = [
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        for (a, b), (_, c) in pairwise(pairwise([*points, *points[:2]]))
    ]
    assert all(t >= -1e-6 for t in turns) or all(t <= 1e-6 for t in turns)


def test_captions_turn_the_page_between_sentences():
    assert pages([40, 40, 40, 90, 10], room=100, gap=5) == [
        range(2),
        range(2, 3),
        range(3, 4),
        range(4, 5),
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", views.ALL)
def test_no_text_is_cut_off(visitor, scene, size):
    visitor.sees(views.ALL[scene](), size)
    assert visitor.screen.lettering or scene == "goodbye"
    assert all(text.fits for text in visitor.screen.lettering)


def test_a_word_too_long_for_any_tile_is_noticed(visitor):
    """The check above can fail."""
    tile = replace(views.tiles(1)[0], label="Нескончаемость" * 8)
    visitor.sees(replace(views.home(), tiles=(tile,)))
    assert not all(text.fits for text in visitor.screen.lettering)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ky-KG", "ru-KG"])
def test_every_text_of_the_content_fits(visitor, content, language, size):
    categories = [o for o in content.options.values() if isinstance(o, Category)]

    def tile_of(name: str, key: int, category: Category) -> Tile:
        option = content.options[name]
        label = option.names[language]
        colour = category.colour, category.shape
        return Tile(option.id, label, option.pictogram, *colour, str(key))

    bar = tuple(
        replace(button, label=content.options[button.command.option].names[language])
        for button in views.home().bar
    )
    sentences = tuple(s for prompt in content.prompts.values() for s in prompt.get(language, ()))
    menus = [(c.names[language], [(t, c) for t in c.topics]) for c in categories]
    menus.append(("", [(c.id, c) for c in categories]))
    for title, options in menus:
        tiles = tuple(tile_of(name, key, c) for key, (name, c) in enumerate(options, start=1))
        for scene, shown in ((Scene.HOME, tiles), (Scene.CHOICE, tiles[:2]), (Scene.IDLE, tiles)):
            view = replace(views.home(), scene=scene, title=title, tiles=shown, bar=bar)
            visitor.sees(view, size)
            assert [text for text in visitor.screen.lettering if not text.fits] == []
            assert min(t.size for t in visitor.screen.lettering) >= 12
    names = [(name, category) for category in categories for name in category.topics]
    for three in zip(names[::3], names[1::3], names[2::3], strict=True):  # to go on with
        tiles = tuple(tile_of(name, key, c) for key, (name, c) in enumerate(three, start=1))
        visitor.sees(replace(views.topic(), tiles=tiles), size)
        assert [text for text in visitor.screen.lettering if not text.fits] == []
    for base in (views.home(), views.topic()):
        place = arrange(base, *size)
        captioned = fitted(sentences, place.caption, theme.caption_size(place.unit, 96), place.unit)
        assert [text for text in captioned if not text.fits] == []
