"""A key begins a visit, keeps one, walks over the screen, or stands for nothing here."""

from __future__ import annotations

from dataclasses import replace

from voicekiosk.core import focus, speech, teaching
from voicekiosk.core import messages as m
from voicekiosk.core.choosing import choose
from voicekiosk.core.content import Content
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Lead, Lesson, Phase, Session, Step, forget, fresh
from voicekiosk.core.turns import say, stay
from voicekiosk.core.types import PromptId


def woken(session: Session, means: m.Means, content: Content) -> Session:
    if session.phase in (Phase.IDLE, Phase.CLOSING):
        # Any choice begins a visit, at home; LISTENING is what choosing starts from.
        # Whoever begins with a finger on the glass is led by the screen.
        lead = Lead.SCREEN if means is m.Means.TOUCH else Lead.HANDSET
        return replace(forget(session, content), phase=Phase.LISTENING, lead=lead)
    return session


def _any_key(session: Session, content: Content) -> Step | None:
    """What every key does, whatever it is: begin, say that one is here, or try out."""
    if session.phase in (Phase.IDLE, Phase.CLOSING):
        begun = woken(session, m.Means.KEY, content)
        return say(begun, speech.welcome(begun, content), content)
    if session.warned:
        return stay(session, content)
    if session.lesson is Lesson.GOING and not session.choice:
        return teaching.praise(fresh(session), "key", content)
    return None


def mispressed(session: Session, key: str, content: Content) -> Step:
    if step := _any_key(session, content):
        return step
    digit = PromptId(f"days.digit.{key}")
    named = [digit] if digit in content.prompts else []
    wrong = speech.say_in(session.locale, *named, speech.system("wrong_key"))
    return say(fresh(session), wrong, content, main=False)


def focused(session: Session, event: m.FocusMoved | m.FocusTaken, content: Content) -> Step:
    if step := _any_key(session, content):
        return step
    if isinstance(event, m.FocusMoved):
        return focus.moved(session, event.by, content)
    taken = screen_of(session, content).focus
    if taken is None:
        return focus.moved(session, 1, content)
    return choose(session, m.Chosen(taken, m.Means.KEY), content)
