"""Screen and sound say the same: a walk over every screen, in both languages and both shapes."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from voicekiosk.core import messages as m
from voicekiosk.core.content import Command
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.screen import ScreenView
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Lead
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, Turn
from voicekiosk.loading import load

CONTENT = load(Path(__file__).parents[2] / "content")
BEGINNINGS = [(locale, lead) for locale in (KYRGYZ, RUSSIAN) for lead in Lead]
STAYING = {Command.LANGUAGE, Command.LOUDER, Command.SOFTER, Command.BLANK}
SHOWN_OTHERWISE = {Command.CLEARER.option, Command.LOWER.option}
"""They would only double every screen."""


@cache
def screens(locale: Locale, lead: Lead) -> tuple[tuple[Session, ScreenView], ...]:
    """Every screen that touches and keys lead to from the first one."""
    first = Session(phase=Phase.LISTENING, handset=True, turn=Turn(1), locale=locale, lead=lead)
    waiting, found = [first], {}
    while waiting:
        session = waiting.pop()
        view = screen_of(session, CONTENT)
        kind = replace(view, caption=first_view(view), speaking=False, paused=False)
        if kind in found:
            continue
        found[kind] = (session, view)
        for tile in (*view.tiles, *view.rail):
            if tile.option not in SHOWN_OTHERWISE:
                waiting.append(after(session, tile.option))
        for button in view.bar:
            if button.command not in STAYING:
                waiting.append(after(session, button.command.option))
    return tuple(found.values())


def first_view(view: ScreenView):
    return replace(view.caption, current=0)


def after(session: Session, option) -> Session:
    return advance(session, m.Chosen(option, m.Means.KEY), CONTENT).session


def spoken_words(locale: Locale) -> set[str]:
    """Everything that some prompt says, sentence by sentence."""
    return {
        sentence.rstrip(".!?…")
        for texts in CONTENT.prompts.values()
        for sentence in texts.get(locale, ())
    }


def words_on(view: ScreenView) -> Iterator[str]:
    if view.title:
        yield view.title
    yield from (tile.label for tile in (*view.tiles, *view.rail))
    yield from (button.label for button in view.bar)


@pytest.mark.parametrize(("locale", "lead"), BEGINNINGS)
def test_whatever_a_screen_shows_in_words_some_prompt_says(locale, lead):
    """C2: titles, names of pictures and of commands."""
    said = {other: spoken_words(other) for other in CONTENT.locales}
    assert len(screens(locale, lead)) > 36
    for _, view in screens(locale, lead):
        for words in words_on(view):
            # The language button is named in the language that it leads to.
            assert any(words.rstrip(".!?…") in said[other] for other in CONTENT.locales), words


@pytest.mark.parametrize(("locale", "lead"), BEGINNINGS)
def test_whatever_is_said_has_its_words_on_the_screen(locale, lead):
    """C18: the caption is the text of what is said, in the same language."""
    captioned = 0
    for session, view in screens(locale, lead):
        if session.spoken and not view.number:
            index, _ = session.position
            spoken = session.spoken[index]
            assert view.caption.sentences == CONTENT.prompts[spoken.prompt][spoken.locale]
            captioned += 1
    assert captioned > 36


@pytest.mark.parametrize("locale", [KYRGYZ, RUSSIAN])
def test_every_picture_that_can_be_chosen_has_a_name_that_is_spoken(locale):
    """C8: options and commands alike."""
    for option in CONTENT.options.values():
        assert CONTENT.prompts[option.name_prompt][locale]
    shown = [view for lead in Lead for _, view in screens(locale, lead)]
    pictured = {tile.option for view in shown for tile in view.tiles}
    assert len(pictured) > 42


def test_a_word_that_nothing_says_would_be_noticed():
    view = screens(RUSSIAN, Lead.SCREEN)[0][1]
    assert "Только для чтения" not in spoken_words(RUSSIAN)
    assert view.tiles[0].label.rstrip(".!?…") in spoken_words(RUSSIAN)
