"""``voicekiosk type``: the whole dialogue in a terminal, without sound or screen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.core import messages as m
from voicekiosk.core.content import Content
from voicekiosk.core.dialogue import Session, advance
from voicekiosk.core.keys import event_for_key
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Phase
from voicekiosk.recognition.typed import understand

if TYPE_CHECKING:
    from argparse import _SubParsersAction

HELP = """\
  words         say them: a name on the screen, "кайтала", "назад", anything
  /1 ... /9 /0  press that key of the kiosk; also /* /# /+ /-
  /lift /hang   the handset
  /back         the same as /7
  /wait         say nothing until the kiosk speaks again
  /help         this
  /quit         leave
"""


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "type",
        help="talk with the kiosk by typing, no sound needed",
        description="The kiosk's dialogue in this terminal: type what a visitor would say.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")


def run(options: argparse.Namespace) -> int:
    from voicekiosk.app import places
    from voicekiosk.loading import load

    content = load(places(content=options.content).content, date.today())
    if sys.stdin.isatty():
        print(HELP)
    lines = (line.strip() for line in sys.stdin)
    for line in conversation(content, lines):
        print(line, flush=True)
    return 0


def conversation(content: Content, lines: Iterable[str]) -> Iterator[str]:
    """What is said and shown, line by line, as the visitor types."""
    session = Session(locale=content.locales[0])
    phrases = content.meanings().keys()
    session, said = _act(session, m.HookLifted(), content)
    yield from (*said, *_shown(session, content))
    for line in lines:
        if line == "/quit":
            return
        if line == "/help":
            yield HELP
            continue
        if not line:
            continue
        event = _event(line, session, content, phrases)
        if event is None:
            yield f"? {line} is no key of the kiosk; /help"
            continue
        session, said = _act(session, event, content)
        yield from (*said, *_shown(session, content))


def _event(line: str, session: Session, content: Content, phrases: Iterable[str]) -> m.Event | None:
    if not line.startswith("/"):
        return m.Heard(session.turn, understand(line, list(phrases)))
    match line[1:]:
        case "lift":
            return m.HookLifted()
        case "hang":
            return m.HookReplaced()
        case "wait":
            return m.DeadlinePassed(session.turn)
        case "back":
            key = "backspace"
        case other:
            key = other
    return event_for_key(key, screen_of(session, content), session.handset, content.keys)


def _act(session: Session, event: m.Event, content: Content) -> tuple[Session, list[str]]:
    """The event, and every prompt it starts said to its end: nobody waits for sound here."""
    said: list[str] = []
    events: list[m.Event] = [event]
    while events:
        step = advance(session, events.pop(0), content)
        session = step.session
        for effect in step.effects:
            if isinstance(effect, m.Say):
                first, sentence = effect.start
                for spoken in effect.spoken[first:]:
                    text = " ".join(content.prompts[spoken.prompt][spoken.locale][sentence:])
                    said.append(f"  {spoken.locale[:2]}  {text}")
                    sentence = 0
                events.append(m.PromptEnded(effect.turn))
            elif isinstance(effect, m.ResumeSpeech):
                events.append(m.PromptEnded(session.turn))
            elif isinstance(effect, m.SetVolume) and not isinstance(event, m.HookLifted):
                said.append(f"  (volume {effect.step + 1})")
    return session, said


def _shown(session: Session, content: Content) -> list[str]:
    view = screen_of(session, content)
    if session.phase is Phase.IDLE:
        return ["[ nobody is here; /lift the handset ]"]
    tiles = "  ".join(f"{tile.key} {tile.label}" for tile in view.tiles)
    heading = view.title or view.scene.value
    return [f"[ {heading} ]" + (f"  {tiles}" if tiles else "")]
