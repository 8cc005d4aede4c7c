"""A finger on the glass: what it chooses, and what it must not."""

from dataclasses import replace
from threading import Thread

import pytest

from tests.ui import views


def test_touching_a_tile_chooses_its_option(visitor):
    visitor.sees(views.home())
    for option, *_ in views.CATEGORIES:
        visitor.touch(option)
    assert visitor.chosen == [option for option, *_ in views.CATEGORIES]


def test_touching_the_bar_chooses_its_commands_on_every_scene(visitor):
    for scene in views.ALL.values():
        visitor.sees(scene())
        visitor.touch("command.repeat")
    assert visitor.chosen == ["command.repeat"] * len(views.ALL)


def test_nothing_happens_before_the_finger_leaves(visitor):
    visitor.sees(views.home())
    finger = visitor.finger(visitor.place_of("category.russia"))
    assert visitor.chosen == []
    finger.touch_up()
    assert visitor.chosen == ["category.russia"]


def test_a_finger_that_slides_off_chooses_nothing(visitor):
    visitor.sees(views.home())
    finger = visitor.finger(visitor.place_of("category.russia"))
    finger.touch_move(*visitor.place_of("category.danger"))
    finger.touch_up()
    assert visitor.chosen == []


def test_a_finger_that_slides_off_and_returns_chooses(visitor):
    visitor.sees(views.home())
    start = visitor.place_of("category.russia")
    finger = visitor.finger(start)
    finger.touch_move(*visitor.place_of("category.danger"))
    assert visitor.screen.pressed == frozenset()
    finger.touch_move(*start)
    finger.touch_up()
    assert visitor.chosen == ["category.russia"]


def test_a_touched_tile_shows_that_it_is_touched(visitor):
    visitor.sees(views.home())
    finger = visitor.finger(visitor.place_of("category.russia"))
    assert visitor.screen.pressed == {"category.russia"}
    finger.touch_up()
    assert visitor.screen.pressed == frozenset()


@pytest.mark.parametrize(("pause", "choices"), [(0.05, 1), (0.45, 1), (0.55, 2)])
def test_a_second_touch_within_half_a_second_is_the_same_touch(visitor, pause, choices):
    visitor.sees(views.home())
    visitor.touch("category.russia")
    visitor.touch("category.russia", seconds_later=pause)
    assert len(visitor.chosen) == choices


def test_a_double_touch_does_not_choose_on_the_scene_that_follows(visitor):
    visitor.sees(views.home())
    visitor.touch("category.russia")
    visitor.sees(views.choice())
    visitor.touch("command.no", seconds_later=0.2)
    assert visitor.chosen == ["category.russia"]


def test_a_finger_held_while_the_scene_changes_chooses_nothing(visitor):
    visitor.sees(views.home())
    finger = visitor.finger(visitor.place_of("category.danger"))
    visitor.sees(views.topic())
    finger.touch_up()
    assert visitor.chosen == []


def test_a_finger_held_while_the_next_name_is_said_still_chooses(visitor):
    visitor.sees(views.home())
    finger = visitor.finger(visitor.place_of("category.danger"))
    visitor.sees(replace(views.home(), tiles=views.tiles(spoken=5)))
    finger.touch_up()
    assert visitor.chosen == ["category.danger"]


def test_a_button_at_its_limit_does_not_answer(visitor):
    visitor.sees(views.home())
    visitor.touch("command.louder")
    assert visitor.chosen == []


def test_who_reads_nothing_chooses_by_picture(visitor_who_reads_nothing):
    visitor = visitor_who_reads_nothing.sees(views.home())
    words = [line for text in visitor.screen.lettering for line in text.lines if len(line) > 1]
    assert words == []
    visitor.touch("category.return")
    visitor.touch("command.help")
    assert visitor.chosen == ["category.return", "command.help"]


def test_of_many_views_from_another_thread_the_newest_is_shown(visitor):
    visitor.sees(views.home())

    def dialogue() -> None:
        for count in range(1, 6):
            visitor.window.show(replace(views.home(), tiles=views.tiles(count)))
            visitor.window.hear(-30.0)
        visitor.window.show(views.untold())

    thread = Thread(target=dialogue)
    thread.start()
    thread.join()
    visitor.frame()
    assert all(target.option.startswith("command.") for target in visitor.screen.targets)
