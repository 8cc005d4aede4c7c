"""Where pictures lead: every name of the content beside the rail, page by page, on every screen."""

import pytest

from tests.ui.conftest import PICTOGRAMS
from voicekiosk.core import messages as m
from voicekiosk.core.content import Command
from voicekiosk.core.dialogue import Session, advance
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.types import OptionId
from voicekiosk.loading.folder import load

SIZES = [(1024, 600), (1080, 1920)]
"""The tightest each way."""


@pytest.fixture(scope="module")
def content():
    return load(PICTOGRAMS.parent)


def touched(session, option, content):
    return advance(session, m.Chosen(OptionId(option), m.Means.TOUCH), content).session


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", [Command.KYRGYZ, Command.RUSSIAN])
def test_every_name_fits_beside_the_rail(visitor, content, language, size):
    begun = touched(Session(), language.option, content)
    lifted = advance(begun, m.HookLifted(), content).session
    page = touched(lifted, Command.ALL_TOPICS.option, content)
    pages = [page]
    for _ in range(2):
        pages.append(touched(pages[-1], Command.MORE.option, content))
    opened = [touched(lifted, name, content) for name in content.categories]
    for session in (begun, *opened, *pages):
        visitor.sees(screen_of(session, content), size)
        assert [text for text in visitor.screen.lettering if not text.fits] == []
        assert min(text.size for text in visitor.screen.lettering) >= 12


def test_a_touch_on_the_rail_and_one_on_the_turned_page_choose(visitor, content):
    home = touched(Session(), Command.HOME.option, content)
    visitor.sees(screen_of(home, content))
    visitor.touch("category.work")
    visitor.touch("command.all_topics")
    visitor.sees(screen_of(touched(home, Command.ALL_TOPICS.option, content), content))
    visitor.touch("command.more")
    assert visitor.chosen == ["category.work", "command.all_topics", "command.more"]
