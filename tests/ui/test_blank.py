"""A screen that shows nothing on command, and one that asks whether anybody is here."""

from dataclasses import replace

from tests.ui import views
from voicekiosk.core.screen import Scene


def test_a_blank_screen_is_black_and_a_touch_anywhere_shows_everything_again(visitor):
    """C34."""
    visitor.sees(replace(views.home(), blank=True))
    from kivy.graphics import Color

    colours = [part.rgb for part in visitor.screen.canvas.children if isinstance(part, Color)]
    assert colours == [[0, 0, 0]]
    for corner in ((3, 3), (1277, 797)):
        visitor.now += 1
        visitor.finger(corner).touch_up()
    assert visitor.chosen == ["command.blank"] * 2
    visitor.sees(views.home())
    visitor.touch("category.russia")
    assert visitor.chosen[-1] == "category.russia"


def test_whether_anybody_is_here_is_asked_in_one_big_picture(visitor):
    """C35: seen as well as heard; the picture that answers is most of the screen."""
    asked = replace(views.home(), scene=Scene.WARNING, tiles=views.tiles(1))
    visitor.sees(asked)
    tile = visitor.screen.targets[0]
    assert tile.area.width * tile.area.height > 1280 * 800 / 3
    visitor.touch(tile.option)
    assert visitor.chosen == [tile.option]
