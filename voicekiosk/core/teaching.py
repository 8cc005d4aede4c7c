"""A teach-in nobody can fail: say anything, press anything, or do nothing, and all is praised."""

from __future__ import annotations

from dataclasses import replace

from voicekiosk.core import speech
from voicekiosk.core.content import Command, Content
from voicekiosk.core.messages import Record
from voicekiosk.core.session import Lesson, Session, Step
from voicekiosk.core.turns import say

_GOES_ON = (
    *(Command.REPEAT, Command.PAUSE, Command.LOUDER, Command.SOFTER),
    *(Command.SKIP, Command.SLOWER, Command.FASTER),
    *(Command.BLANK, Command.CLEARER, Command.LOWER),
    *(Command.LANGUAGE, Command.KYRGYZ, Command.RUSSIAN),
)
"""What neither declines the lesson nor ends it: it is heard again, or otherwise."""
_ACCEPTS = (Command.TEACH, Command.HELP, Command.YES)
_SHOWS = (Command.HELP, Command.YES, Command.NO)
"""Tried out during the lesson, these have nothing else to answer."""


def begin(session: Session, content: Content) -> Step:
    """At home, where every key and name leads straight on."""
    learning = replace(session, lesson=Lesson.GOING, place=None, page=0, choice=(), doing=None)
    return say(learning, speech.place(learning, content), content)


def praise(session: Session, deed: str, content: Content) -> Step:
    """What was done was right: it is named, and the menu follows. ``deed``: heard, key, silence."""
    taught = replace(session, lesson=Lesson.OVER)
    menu = speech.place(taught, content)
    praised = speech.say_in(session.locale, speech.system(f"teach.{deed}"))
    step = say(taught, praised + menu, content)
    return Step(replace(step.session, main=menu), step.effects)


def over(session: Session) -> Session:
    """The visitor knows what they want: nothing is offered again, not even by "repeat"."""
    if session.lesson in (Lesson.UNASKED, Lesson.OVER):
        return session
    return replace(session, lesson=Lesson.OVER, main=())


def answer(session: Session, command: Command, content: Content) -> Step | None:
    """What a command means to who is invited or taught; None when it means what it always does."""
    if command is Command.TEACH:
        return begin(session, content)
    if session.choice:
        return None
    if session.lesson is Lesson.OFFERED and command in _ACCEPTS:
        return begin(session, content)
    if session.lesson is Lesson.GOING and command in _SHOWS:
        return praise(session, "key", content)
    return None


def after(session: Session, command: Command) -> Session:
    """The session in which a command is obeyed."""
    return session if command in _GOES_ON else over(session)


def silent(session: Session, content: Content) -> Step | None:
    """Silence takes up the offer, in place of the first reminder, and in the lesson it is right."""
    if session.choice or session.lesson not in (Lesson.OFFERED, Lesson.GOING):
        return None
    waited = replace(session, no_input=1)
    if session.lesson is Lesson.OFFERED:
        step = begin(waited, content)
    else:
        step = praise(waited, "silence", content)
    return Step(step.session, (*step.effects, Record("no_input")))
