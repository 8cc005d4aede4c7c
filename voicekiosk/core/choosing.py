"""What a choice does: categories, topics and commands, however they were chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from voicekiosk.core import answering, menus, retelling, speech, teaching
from voicekiosk.core import messages as m
from voicekiosk.core.activities import Checking, Counting, Doing, Progress
from voicekiosk.core.content import Action, Activity, Answer, Command, Content, Topic
from voicekiosk.core.screen import Scene
from voicekiosk.core.session import (
    VOLUME_STEPS,
    Lead,
    Phase,
    Session,
    Step,
    asked,
    fresh,
    scene_of,
    typing,
    veiled,
    whole_menu,
)
from voicekiosk.core.turns import resume, say, stay
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, OptionId, PromptId

_BESIDE = (Command.REPEAT, Command.LOUDER, Command.SOFTER)
"""What leaves the choice of how it is told open."""


def choose(session: Session, event: m.Chosen, content: Content) -> Step:
    """Go where the visitor wants, in the language they said it in."""
    option = content.options[event.option]
    record = m.Record("chosen", event.option, event.means, "accept")
    if session.warned:
        if event.option == Command.YES.option:  # the answer to "are you still here?"
            here = stay(replace(session, locale=event.locale or session.locale), content)
            return Step(here.session, (*here.effects, record))
        session = replace(session, warned=False)
    # Who answers a Kyrgyz question with "да" goes on being asked in Kyrgyz.
    answers = event.option in asked(session, content)
    locale = session.locale if answers else event.locale or session.locale
    acted = replace(fresh(session), locale=locale, last=session.last)
    beside = isinstance(option, Action) and option.command in _BESIDE
    acted = replace(acted, manner=session.manner and beside)
    if event.option in session.choice:
        acted = replace(acted, choice=(), main=())  # the question is answered
    done: Command | None = None
    if isinstance(option, Action):
        step = teaching.answer(acted, option.command, content)
        step = step or answering.answer(acted, option.command, content)
        if step is None and session.manner:
            step = _told_otherwise(acted, option.command, content)
        if step is None:
            done = option.command
            step = _obey(teaching.after(acted, option.command), option.command, content)
    elif isinstance(option, Answer):
        answered = answering.chosen(acted, option, content)
        step = answered or _remark(acted, speech.help_for(acted, content), content)
    else:
        step = _go(replace(moved(teaching.over(acted), option.id), doing=None), content)
    after = replace(step.session, last=done)
    if _screen(after) != _screen(session):
        after = replace(after, focus=None)
    return Step(after, (*step.effects, record))


def _screen(session: Session) -> tuple[object, ...]:
    """What decides which pictures there are."""
    return session.place, session.page, session.choice, session.doing, session.manner


def moved(session: Session, place: OptionId | None) -> Session:
    """Somewhere else, at its first page."""
    return replace(session, place=place, page=0, choice=())


def _go(session: Session, content: Content) -> Step:
    here = content.options.get(session.place) if session.place else None
    if not isinstance(here, Activity):
        session = replace(session, doing=None)
    elif session.doing is None:
        session = replace(session, doing=_begun(here))
    return say(session, speech.place(session, content), content)


def _begun(activity: Activity) -> Progress:
    match activity.doing:
        case Doing.SELFCHECK:
            return Checking()
        case Doing.DAYS:
            return Counting()
        case _:
            assert_never(activity.doing)


def _obey(session: Session, command: Command, content: Content) -> Step:
    match command:
        case Command.HOME:
            return _go(moved(session, None), content)
        case Command.MORE:
            return _more(session, content)
        case Command.ALL_TOPICS:
            return _go(moved(session, Command.ALL_TOPICS.option), content)
        case Command.BACK | Command.NO:
            return _back(session, command, content)
        case Command.YES:
            if len(session.choice) == 1:
                return choose(session, m.Chosen(session.choice[0], m.Means.VOICE), content)
            return _go(session, content)
        case Command.COVER:
            # Without a trace: neither "back" nor "repeat" leads to what was covered.
            return _go(replace(moved(session, content.neutral), main=()), content)
        case Command.SKIP:
            skipped = retelling.skipped(session, content)
            return skipped or _remark(session, speech.help_for(session, content), content)
        case Command.REPEAT:
            return retelling.repeated(session, content)
        case Command.SLOWER | Command.FASTER:
            return retelling.paced(session, command, content)
        case Command.BLANK | Command.CLEARER | Command.LOWER:
            return _seen_otherwise(session, command, content)
        case Command.PAUSE:
            return _pause(session, content)
        case Command.HELP:
            return _help(session, content)
        case Command.STOP:
            return _remark(session, speech.system("stopped"), content)
        case Command.LOUDER | Command.SOFTER:
            return _volume(session, 1 if command is Command.LOUDER else -1, content)
        case Command.LANGUAGE:
            after = content.locales.index(session.locale) + 1
            return _speak_in(session, content.locales[after % len(content.locales)], content)
        case Command.KYRGYZ:
            return _speak_in(session, KYRGYZ, content)
        case Command.RUSSIAN:
            return _speak_in(session, RUSSIAN, content)
        case Command.TEACH:
            return teaching.begin(session, content)
        case _:
            assert_never(command)


def _remark(session: Session, prompt: PromptId, content: Content) -> Step:
    """Something said beside the way: "repeat" still repeats what was told before."""
    return say(session, speech.say_in(session.locale, prompt), content, main=False)


def _help(session: Session, content: Content) -> Step:
    """What can be done here; asked again, what each key does, and what else can be chosen."""
    if session.last is not Command.HELP or typing(session, content):
        return _remark(session, speech.help_for(session, content), content)
    choosing = replace(session, manner=True)
    told = speech.say_in(session.locale, speech.system("help.keys"))
    return say(choosing, told + speech.manners(choosing, content), content, main=False)


def _told_otherwise(session: Session, command: Command, content: Content) -> Step | None:
    """How it is told is chosen: then it goes on where it was; None for every other command."""
    if command is Command.REPEAT:
        return say(session, speech.manners(session, content), content, main=False)
    if command in (Command.SLOWER, Command.FASTER):
        return retelling.continued(retelling.at_pace(session, command), content)
    if command is Command.SKIP:
        going_on = retelling.continued(session, content).session
        return retelling.skipped(going_on, content)
    if command is Command.BLANK:
        return _remark(*_seen(session, command), content)
    if command in (Command.CLEARER, Command.LOWER):
        return retelling.continued(_seen(session, command)[0], content)
    if command in (Command.BACK, Command.NO, Command.PAUSE):
        return retelling.continued(session, content)
    return None


def _seen(session: Session, command: Command) -> tuple[Session, PromptId]:
    """Shown otherwise, or as it was; and what says so to who cannot see it."""
    if command is Command.BLANK:
        changed = replace(session, blank=not session.blank)
        return changed, speech.system("dark" if changed.blank else "light")
    if command is Command.CLEARER:
        changed = replace(session, clearer=not session.clearer)
        return changed, speech.system("clearer" if changed.clearer else "not_clearer")
    changed = replace(session, lower=not session.lower)
    return changed, speech.system("lower" if changed.lower else "not_lower")


def _seen_otherwise(session: Session, command: Command, content: Content) -> Step:
    """Nothing that is being said is cut off."""
    changed, told = _seen(session, command)
    match session.phase:
        case Phase.SPEAKING | Phase.PAUSED:
            return Step(changed)
        case Phase.INTERRUPTED:
            return resume(changed, content)
        case Phase.IDLE | Phase.LISTENING | Phase.HEARING | Phase.CLOSING:
            return _remark(changed, told, content)
        case _:
            assert_never(session.phase)


def _back(session: Session, command: Command, content: Content) -> Step:
    if session.choice:
        return _go(replace(session, choice=()), content)
    if command is Command.NO:
        return _remark(session, speech.help_for(session, content), content)
    if veiled(session, content):
        return _go(moved(session, None), content)
    if session.page:
        return _go(replace(session, page=session.page - 1), content)
    here = content.options.get(session.place) if session.place else None
    up = here.category if isinstance(here, Topic | Activity) else None
    return _go(moved(session, up), content)


def _more(session: Session, content: Content) -> Step:
    """The next page; where all is seen already, more is all topics; of a telling, once more."""
    scene = scene_of(session, content)
    if scene not in (Scene.HOME, Scene.CATEGORY, Scene.ALL_TOPICS):
        return say(session, session.main or speech.place(session, content), content)
    by_ear = session.lead is Lead.HANDSET
    if not by_ear and scene is not Scene.ALL_TOPICS:
        return _go(moved(session, Command.ALL_TOPICS.option), content)
    size = menus.SPOKEN if by_ear else menus.PICTURED
    count = menus.pages(whole_menu(session, content), size)
    return _go(replace(session, page=(session.page + 1) % count), content)


def _pause(session: Session, content: Content) -> Step:
    match session.phase:
        case Phase.SPEAKING:
            held = replace(session, phase=Phase.PAUSED)
            return Step(held, (m.HoldSpeech(), m.Deadline(session.turn, content.timing.pause)))
        case Phase.INTERRUPTED:
            held = replace(session, phase=Phase.PAUSED)
            return Step(held, (m.Deadline(session.turn, content.timing.pause),))
        case Phase.PAUSED:
            return resume(session, content)
        case Phase.IDLE | Phase.LISTENING | Phase.HEARING | Phase.CLOSING:
            # Nothing is playing: the same button plays.
            return retelling.continued(session, content)
        case _:
            assert_never(session.phase)


def _volume(session: Session, change: int, content: Content) -> Step:
    volume = min(max(session.volume + change, 0), VOLUME_STEPS - 1)
    if session.handset:
        changed = replace(session, ear_volume=volume)
    else:
        changed = replace(session, room_volume=volume)
    if session.phase in (Phase.SPEAKING, Phase.PAUSED):
        return Step(changed)  # heard at once in what is being said
    if session.phase is Phase.INTERRUPTED:
        return resume(changed, content)
    if volume == session.volume:
        return _remark(changed, speech.system("loudest" if change > 0 else "softest"), content)
    return _remark(changed, speech.system("louder" if change > 0 else "softer"), content)


def _speak_in(session: Session, locale: Locale, content: Content) -> Step:
    if locale not in content.locales:
        return _go(session, content)
    turned = replace(session, locale=locale)
    announced = speech.say_in(locale, speech.system("language"))
    return say(turned, announced + speech.place(turned, content), content)
