"""Answers inside an activity: what yes, no, skip, stop, silence and mumbling mean there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voicekiosk.core import days, selfcheck, speech
from voicekiosk.core.activities import Asked, Checking, Counting
from voicekiosk.core.content import Activity, Answer, Command, Content, Meaning
from voicekiosk.core.messages import Spoken, Utterance
from voicekiosk.core.session import Session, Step, asked, fresh, typing
from voicekiosk.core.turns import say
from voicekiosk.core.types import OptionId, PromptId

_PATIENCE = 3
"""Silences in a row until an activity takes it that nobody is there."""

_LIKELY = 0.15
"""Least certainty, 0 to 1, of an answer that is said back before it counts."""


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
    if isinstance(session.doing, Counting):
        return _commanded(session, session.doing, command, content)
    return None


def chosen(session: Session, answer: Answer, content: Content) -> Step | None:
    """An answer's picture was touched or its word said; None when nobody asked."""
    progress, today = session.doing, content.today
    if answer.id not in asked(session, content) or today is None:
        return None
    if not isinstance(progress, Counting):
        return None
    return _counted(session, progress, days.answered(progress, answer, today), content)


def likeliest(
    session: Session,
    utterance: Utterance,
    sayable: Mapping[str, tuple[Meaning, ...]],
    content: Content,
) -> OptionId | None:
    """The day or month that was probably said, though not surely: it is said back before it counts.

    To say "the fifteenth, is that right?" costs a visitor no more than "say it again".
    """
    waiting = asked(session, content)
    if not isinstance(session.doing, Counting) or utterance.trouble or not waiting:
        return None
    certainty: dict[OptionId, float] = {}
    for candidate in utterance.candidates:
        for option in dict.fromkeys(m.option for m in sayable.get(candidate.phrase, ())):
            certainty[option] = certainty.get(option, 0.0) + candidate.confidence
    best = max(certainty, key=lambda option: certainty[option], default=None)
    if best is None or best not in waiting or certainty[best] < _LIKELY:
        return None
    return best if isinstance(content.options[best], Answer) else None


def typed(session: Session, key: str, content: Content) -> Step:
    """A key while a date is typed; what a screen that is gone took for a digit changes nothing."""
    progress, today = session.doing, content.today
    if not typing(session, content) or not isinstance(progress, Counting) or today is None:
        return Step(session)
    session = replace(fresh(session), focus=None)
    if key == "*":
        return _said(replace(session, doing=days.back(progress)), (), content)
    if key == "#":
        if progress.entry and not progress.typed:
            sure = Counting(Asked.SURE, entry=progress.entry)
            return _said(replace(session, doing=sure), (), content)
        return _counted(session, progress, days.entered(progress, today), content)
    ahead = days.typed(progress, key, today)
    if ahead.typed:
        heard = speech.say_in(session.locale, PromptId(f"days.digit.{key}"))
        return say(replace(session, doing=ahead), heard, content, main=False)
    return _counted(session, progress, ahead, content)


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


def _commanded(
    session: Session, progress: Counting, command: Command, content: Content
) -> Step | None:
    sure = progress.asked is Asked.SURE
    if command is Command.YES and sure:
        done = replace(progress, asked=Asked.TOLD)
        return _said(replace(session, doing=done), (), content)
    if command is Command.YES and progress.entry:
        shown = Counting(Asked.SURE, entry=progress.entry)
        return _said(replace(session, doing=shown), (), content)
    if command is Command.NO and sure:
        return _said(replace(session, doing=Counting()), (speech.system("days.anew"),), content)
    if command is Command.BACK and progress.asked is not Asked.WHEN:
        return _said(replace(session, doing=days.back(progress)), (), content)
    return None


def _counted(session: Session, before: Counting, after: Counting, content: Content) -> Step:
    """On to the next question; a day that was moved is said; one that is none is refused."""
    ahead = replace(session, doing=after)
    if after.asked is not before.asked:
        month = days.option(f"month_{after.month}") if after.month else None
        heard = (content.options[month].name_prompt,) if month else ()
        return _said(ahead, heard, content)
    if after.entry and after.entry != before.entry and content.today:
        day = speech.say_in(session.locale, *days.date(after.entry, content.today))
        return say(ahead, day, content, main=False)
    return _said(ahead, (speech.system("days.no_such"),), content)


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
