"""Answers inside an activity: what yes, no, skip, stop, silence and mumbling mean there."""

from __future__ import annotations

from dataclasses import replace

from voicekiosk.core import selfcheck, speech
from voicekiosk.core.activities import Checking
from voicekiosk.core.content import Activity, Command, Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.session import Session, Step, asked
from voicekiosk.core.turns import say
from voicekiosk.core.types import PromptId

_PATIENCE = 3
"""Silences in a row until an activity takes it that nobody is there."""


def answer(session: Session, command: Command, content: Content) -> Step | None:
    """What a command answers; None when it means what it always does."""
    if not asked(session, content):
        return None
    if command is Command.STOP:
        return _stopped(session, content)
    if isinstance(session.doing, Checking) and command in selfcheck.ANSWERS:
        # An answer is said back: who was misheard can go back and start again.
        heard = () if command is Command.SKIP else (PromptId(f"{command.option}.name"),)
        return _checked(session, command, heard, content)
    return None


def silent(session: Session, content: Content) -> Step | None:
    """Nobody answered: asked once more, then gently past it; None when nobody seems to be there."""
    if not asked(session, content) or session.no_input >= _PATIENCE:
        return None
    waited = replace(session, no_input=session.no_input + 1)
    if isinstance(session.doing, Checking) and session.no_input % 2:
        return _checked(waited, Command.SKIP, (speech.system("selfcheck.next"),), content)
    return _said(waited, (speech.system("remind"),), content)


def again(session: Session, content: Content) -> tuple[Spoken, ...]:
    """The open question, to follow a word about what was not understood."""
    return speech.question(session, content) if asked(session, content) else ()


def _checked(
    session: Session, command: Command, first: tuple[PromptId, ...], content: Content
) -> Step:
    if not isinstance(session.doing, Checking) or content.selfcheck is None:
        return Step(session)
    ahead = selfcheck.answered(session.doing, command, content.selfcheck)
    return _said(replace(session, doing=ahead), first, content)


def _said(session: Session, first: tuple[PromptId, ...], content: Content) -> Step:
    """A word before the question; "repeat" repeats the question only."""
    question = speech.question(session, content)
    step = say(session, speech.say_in(session.locale, *first) + question, content)
    return Step(replace(step.session, main=question), step.effects)


def _stopped(session: Session, content: Content) -> Step:
    here = content.options.get(session.place) if session.place else None
    up = here.category if isinstance(here, Activity) else None
    left = replace(session, place=up, doing=None, page=0)
    menu = speech.place(left, content)
    told = speech.say_in(session.locale, speech.system("selfcheck.stopped"))
    step = say(left, told + menu, content)
    return Step(replace(step.session, main=menu), step.effects)
