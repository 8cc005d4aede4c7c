"""Two keys that walk over everything on the screen, and a third that chooses what they stand on."""

from __future__ import annotations

from dataclasses import replace

from voicekiosk.core import speech
from voicekiosk.core.content import Content
from voicekiosk.core.screen import ScreenView
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.sensitive import name_of
from voicekiosk.core.session import Session, Step, fresh
from voicekiosk.core.turns import say
from voicekiosk.core.types import OptionId


def walk(view: ScreenView) -> tuple[OptionId, ...]:
    """Everything that can be chosen, in the order of the keys: pictures, then the bar."""
    pictures = [tile.option for tile in (*view.tiles, *view.rail)]
    return tuple(dict.fromkeys((*pictures, *(button.command.option for button in view.bar))))


def moved(session: Session, by: int, content: Content) -> Step:
    """On by one, and from the last to the first: no end, and nothing to be trapped in.

    What it stands on is named; whoever knows the name does not wait for its key.
    """
    view = screen_of(session, content)
    here = walk(view)
    at = here.index(view.focus) if view.focus else (-1 if by > 0 else 0)
    focus = here[(at + by) % len(here)]
    key = next((tile.key for tile in (*view.tiles, *view.rail) if tile.option == focus), "")
    named = [name_of(focus, session, content), *([speech.system(f"key.{key}")] if key else [])]
    acted = fresh(replace(session, focus=focus))
    return say(acted, speech.say_in(session.locale, *named), content, main=False)
