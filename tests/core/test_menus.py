"""One content, two shapes: five spoken choices and "more", or a category's pictures at once."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.core.wide_content import wide_content
from voicekiosk.core import messages as m
from voicekiosk.core.content import Category, Command, Content
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.keys import event_for_key
from voicekiosk.core.screen import ScreenView, Tile
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Lead, Lesson
from voicekiosk.core.types import OptionId
from voicekiosk.loading.folder import load

WIDE = wide_content()
COUNTRIES = OptionId("category.countries")


@pytest.fixture(scope="module")
def real() -> Content:
    return load(Path(__file__).parents[2] / "content")


def touch(option: OptionId) -> m.Event:
    return m.Chosen(option, m.Means.TOUCH)


def visit(content: Content, *events: m.Event) -> tuple[Session, list[m.Effect]]:
    session, effects = Session(), []
    for event in events:
        step = advance(session, event, content)
        session, effects = step.session, [*step.effects]
    return session, effects


def pressed(session: Session, keys: str, content: Content) -> Session:
    for key in keys:
        event = event_for_key(key, screen_of(session, content), session.handset)
        assert event is not None
        session = advance(session, event, content).session
    return session


def said(effects: Iterable[m.Effect]) -> list[str]:
    return [s.prompt for e in effects if isinstance(e, m.Say) for s in e.spoken]


def keyed(tiles: Iterable[Tile]) -> list[tuple[str, str]]:
    return [(tile.key, tile.option) for tile in tiles]


@pytest.mark.parametrize(
    ("event", "lead"),
    [
        (m.HookLifted(), Lead.HANDSET),
        (m.Mispressed(), Lead.HANDSET),
        (m.Chosen(COUNTRIES, m.Means.KEY), Lead.HANDSET),
        (touch(COUNTRIES), Lead.SCREEN),
        (touch(Command.HOME.option), Lead.SCREEN),
    ],
)
def test_how_a_visit_begins_decides_which_shape_leads(event: m.Event, lead: Lead) -> None:
    session, _ = visit(WIDE, event)
    assert session.lead is lead
    session, _ = visit(WIDE, event, m.HookLifted(), touch(Command.HELP.option))
    assert session.lead is lead
    session, _ = visit(WIDE, event, m.HookLifted(), m.HookReplaced())
    assert (session.lead, session.lesson) == (Session().lead, Lesson.UNASKED)


def test_the_screen_shows_what_the_handset_speaks_and_nothing_else() -> None:
    for page, keys in (("", "123456"), ("6", "16")):
        session = pressed(visit(WIDE, m.HookLifted())[0], page, WIDE)
        view = screen_of(session, WIDE)
        spoken = [s.prompt for s in session.spoken if s.prompt.startswith("system.key.")]
        assert [tile.key for tile in view.tiles] == list(keys)
        assert spoken == [f"system.key.{key}" for key in keys]
        assert view.rail == ()


def test_home_by_touch_shows_every_category_and_the_topics_of_the_first() -> None:
    view = screen_of(visit(WIDE, touch(Command.HOME.option))[0], WIDE)
    assert [tile.option for tile in view.rail] == [*WIDE.categories, "command.all_topics"]
    assert [tile.option for tile in view.tiles] == ["topic.documents", "topic.registration"]
    assert [tile.option for tile in view.rail if tile.current] == ["category.russia"]


def test_a_touch_in_the_rail_changes_the_six_pictures_at_once() -> None:
    session, effects = visit(WIDE, touch(Command.HOME.option), touch(COUNTRIES))
    view = screen_of(session, WIDE)
    assert len(view.tiles) == 6
    assert [tile.option for tile in view.rail if tile.current] == [COUNTRIES]
    assert said(effects) == ["category.countries.name", "system.choose_picture"]


def test_keys_open_a_category_and_then_a_topic_where_pictures_lead() -> None:
    home = visit(WIDE, touch(Command.HOME.option))[0]
    assert [t.key for t in screen_of(home, WIDE).rail] == ["1", "2", "3", "4", "5", "6", ""]
    opened = pressed(home, "4", WIDE)
    assert [t.key for t in screen_of(opened, WIDE).tiles] == ["1", "2", "3", "4", "5", "6"]
    assert {t.key for t in screen_of(opened, WIDE).rail} == {""}
    assert pressed(opened, "2", WIDE).place == "topic.turkey"
    assert pressed(opened, "71", WIDE).place == "category.russia"


def test_the_keys_alone_reach_every_topic_in_either_shape(real: Content) -> None:
    for begun in (m.HookLifted(), touch(Command.HOME.option)):
        home = visit(real, begun, m.HookLifted())[0]
        assert home.phase is not Phase.IDLE
        reached = {
            pressed(home, key + inner, real).place
            for key in _every_key(home, real)
            for inner in _every_key(pressed(home, key, real), real)
        }
        for name in real.categories:
            category = real.options[name]
            assert isinstance(category, Category)
            assert set(category.topics) <= reached


def _every_key(session: Session, content: Content) -> list[str]:
    """Ways of at most two keys to whatever a menu holds."""
    ways = []
    for before in ("", "6") if session.lead is Lead.HANDSET else ("",):
        view = screen_of(pressed(session, before, content), content)
        for tile in (*view.tiles, *view.rail):
            if tile.key and tile.option != Command.MORE.option:
                ways.append(before + tile.key)
    return ways


def test_all_topics_are_seen_twelve_at_a_time_and_each_once(real: Content) -> None:
    session, _ = visit(real, touch(Command.ALL_TOPICS.option), m.HookLifted())
    seen: list[str] = []
    for _ in range(3):
        view = screen_of(session, real)
        topics = [tile.option for tile in view.tiles if tile.option.startswith("topic.")]
        assert len(topics) == 12
        seen += topics
        session = advance(session, touch(Command.MORE.option), real).session
    assert session.page == 0, "after the last page the first"
    assert sorted(seen) == sorted(t for t in real.options if t.startswith("topic."))


def test_pages_turn_both_ways(real: Content) -> None:
    more, back = touch(Command.MORE.option), touch(Command.BACK.option)
    session, _ = visit(real, touch(Command.ALL_TOPICS.option), more)
    assert [t.option for t in screen_of(session, real).tiles[-2:]] == [
        "command.back",
        "command.more",
    ]
    first = advance(session, back, real).session
    assert (first.place, first.page) == (Command.ALL_TOPICS.option, 0)
    assert _options(screen_of(first, real))[-1] == "command.more"
    assert "command.back" not in _options(screen_of(first, real))


def _options(view: ScreenView) -> list[str]:
    return [tile.option for tile in view.tiles]


def test_where_others_look_on_danger_is_one_picture_that_tells_nothing(real: Content) -> None:
    more = touch(Command.MORE.option)
    session, _ = visit(real, touch(Command.ALL_TOPICS.option), more, more)
    view = screen_of(session, real)
    assert "category.danger" in _options(view)
    assert not any(real.is_sensitive(t) for t in _options(view) if t != "category.danger")


def test_every_move_begins_at_the_first_page() -> None:
    second = pressed(visit(WIDE, m.HookLifted())[0], "6", WIDE)
    assert second.page == 1
    for event in (touch(COUNTRIES), touch(Command.HOME.option), touch(OptionId("topic.wages"))):
        assert advance(second, event, WIDE).session.page == 0


def test_a_menu_that_all_fits_has_no_more() -> None:
    session, effects = visit(WIDE, m.HookLifted(), m.Chosen(OptionId("category.work"), m.Means.KEY))
    assert keyed(screen_of(session, WIDE).tiles) == [("1", "topic.contract"), ("2", "topic.wages")]
    assert "command.more.name" not in said(effects)
