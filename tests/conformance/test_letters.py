"""Without letters: a walk over every screen whose labels are hidden, by its pictures alone."""

import pytest

from tests.conformance.test_parity import BEGINNINGS, CONTENT, screens
from tests.ui.conftest import Visitor
from voicekiosk.core.content import Activity, Category, Command, Topic
from voicekiosk.core.session import Lead
from voicekiosk.core.types import KYRGYZ, Locale


def words(visitor: Visitor) -> list[str]:
    lines = [line for text in visitor.screen.lettering for line in text.lines]
    return [line for line in lines if sum(letter.isalpha() for letter in line) > 1]


@pytest.mark.parametrize(("locale", "lead"), BEGINNINGS)
def test_every_topic_is_reached_by_pictures_without_a_word(
    visitor_who_reads_nothing: Visitor, locale: Locale, lead: Lead
) -> None:
    """C1, C8: no screen shows a word, and each choice can be touched and has its own picture."""
    places = set()
    for session, view in screens(locale, lead):
        visitor = visitor_who_reads_nothing
        visitor.screen.show(view)  # drawn, though no frame is waited for
        assert words(visitor) == [], view.scene
        reached = {target.option for target in visitor.screen.targets}
        if view.blank:
            assert reached == {Command.BLANK.option}, "any touch brings the pictures back"
            continue
        assert {tile.option for tile in (*view.tiles, *view.rail)} <= reached
        plain = [tile for tile in view.tiles if not tile.option.startswith("answer.")]
        pictured = [(tile.pictogram, tile.colour) for tile in plain]
        assert len(set(pictured)) == len(pictured), [tile.option for tile in plain]
        places.add(session.place)
    told = {o.id for o in CONTENT.options.values() if isinstance(o, Topic | Activity | Category)}
    assert told <= places


def test_a_word_would_be_noticed(visitor: Visitor) -> None:
    view = screens(KYRGYZ, Lead.HANDSET)[0][1]
    assert words(visitor.sees(view))
