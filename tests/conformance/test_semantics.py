"""The tree of what is on the screen: all of it has a role, a name, a place, and a voice."""

import json
from pathlib import Path

import pytest

from tests.conformance.test_parity import BEGINNINGS, CONTENT, screens
from tests.ui.conftest import Visitor
from voicekiosk.core import messages as m
from voicekiosk.core.dialogue import Session, advance
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Lead
from voicekiosk.core.types import KYRGYZ, Locale
from voicekiosk.ui.semantics import Role, TreeFile, tree


@pytest.mark.parametrize(("locale", "lead"), BEGINNINGS)
def test_every_node_of_every_screen_speaks(locale: Locale, lead: Lead) -> None:
    """C2, C8: headings, pictures, tabs and buttons, on every screen there is."""
    silent = set()
    for _, view in screens(locale, lead):
        for node in tree(view, CONTENT).nodes:
            if node.role in (Role.HEADING, Role.BUTTON, Role.TAB):
                said = CONTENT.prompts.get(node.spoken, {}) if node.spoken else {}
                if not all(said.get(each) for each in CONTENT.locales):
                    silent.add((node.role, node.name))
    assert silent == set()


def test_the_focus_is_in_the_tree_exactly_once() -> None:
    session = advance(Session(), m.HookLifted(), CONTENT).session
    session = advance(session, m.FocusMoved(1), CONTENT).session
    view = screen_of(session, CONTENT)
    assert [n.option for n in tree(view, CONTENT).nodes if n.focus] == [view.focus]


def test_a_sensitive_picture_is_named_by_its_cover_where_others_look_on() -> None:
    """C10, C34: the tree tells no more than the screen."""
    (_, first), *_ = screens(KYRGYZ, Lead.SCREEN)
    for _, view in screens(KYRGYZ, Lead.SCREEN):
        labels = {tile.label for tile in (*view.tiles, *view.rail)}
        named = {n.name for n in tree(view, CONTENT).nodes if n.option}
        assert labels <= named <= labels | {button.label for button in first.bar}


def test_the_window_keeps_its_tree_in_a_file_with_the_place_of_everything(
    visitor: Visitor, tmp_path: Path
) -> None:
    path = tmp_path / "tree.json"
    visitor.window._shown = TreeFile(path, CONTENT, lambda: 12.5)
    session = advance(Session(), m.HookLifted(), CONTENT).session
    visitor.sees(screen_of(session, CONTENT))
    kept = json.loads(path.read_text("utf-8"))
    assert (kept["scene"], kept["locale"], kept["at"]) == ("home", KYRGYZ, 12.5)
    boxes = [node["box"] for node in kept["nodes"] if node["option"]]
    assert len(boxes) >= 13
    for left, top, width, height in boxes:
        assert 0 <= left <= left + width <= 1280 and 0 <= top <= top + height <= 800
    home = next(node for node in kept["nodes"] if node["option"] == "command.home")
    assert home["box"][1] > 600, "the bar is at the bottom, counted from the top"
