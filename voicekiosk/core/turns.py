"""The moves every answer is made of: say, listen, resume, close, wipe."""

from __future__ import annotations

from dataclasses import replace

from voicekiosk.core import messages as m
from voicekiosk.core import speech
from voicekiosk.core.content import Content
from voicekiosk.core.sensitive import aloud
from voicekiosk.core.session import Phase, Session, Step, forget, fresh, likely
from voicekiosk.core.types import Seconds, Turn

_READING = 3
"""Without sound the caption must be read: the no-input time is this many times longer."""


def say(
    session: Session,
    spoken: tuple[m.Spoken, ...],
    content: Content,
    *,
    main: bool = True,
    start: tuple[int, int] = (0, 0),
) -> Step:
    """Say something new: a new turn, so that answers to what came before are stale.

    ``start``: the prompt and the sentence to begin with. Without a loudspeaker it is said all the
    same: in captions, at the pace of a slow reader.
    """
    spoken = aloud(spoken, session, content)
    speaking = replace(
        session,
        phase=Phase.SPEAKING,
        turn=Turn(session.turn + 1),
        spoken=spoken,
        position=start,
        main=spoken if main else session.main,
        main_at=start if main else session.main_at,
        manner=session.manner and not main,
    )
    effects: list[m.Effect] = [m.Hush(), m.Say(speaking.turn, spoken, start)]
    if session.handset and session.listens:
        effects.append(m.Listen(speaking.turn, likely(speaking, content)))
    else:
        effects.append(m.StopListening())
    effects.append(m.Deadline(speaking.turn, content.timing.overdue))
    return Step(speaking, tuple(effects))


def listen(session: Session, content: Content) -> Step:
    """The visitor's turn: the no-input time starts now, when the prompt has ended."""
    patience = content.timing.warning if session.warned else content.timing.no_input
    wait = patience * (_READING if session.speaker_lost else 1)
    ear: m.Effect = (
        m.Listen(session.turn, likely(session, content)) if session.listens else m.StopListening()
    )
    deadline = m.Deadline(session.turn, Seconds(wait))
    told = replace(session, main_at=(0, 0)) if session.tells else session
    return Step(replace(told, phase=Phase.LISTENING), (ear, deadline))


def resume(session: Session, content: Content) -> Step:
    """Go on with the held prompt, in place."""
    effects: list[m.Effect] = [m.ResumeSpeech()]
    if not session.listens:
        effects.append(m.StopListening())
    effects.append(m.Deadline(session.turn, content.timing.overdue))
    return Step(replace(session, phase=Phase.SPEAKING), tuple(effects))


def warn(session: Session, content: Content) -> Step:
    """Before a visit ends for want of a visitor: is anybody here? Heard, seen, and then waited."""
    asking = replace(session, warned=True)
    return say(asking, speech.say_in(session.locale, speech.system("warning")), content, main=False)


def stay(session: Session, content: Content) -> Step:
    """Somebody is here: go on where it was told to; what was told to its end begins again."""
    here = fresh(session)
    if not here.main:
        return say(here, speech.place(here, content), content)
    return say(here, here.main, content, start=here.main_at)


def close(session: Session, content: Content) -> Step:
    """Say goodbye; whoever acts before it ends starts afresh."""
    goodbye = speech.say_in(session.locale, speech.system("goodbye"))
    left = replace(session, place=None, choice=(), doing=None, warned=False, manner=False)
    step = say(left, goodbye, content, main=False)
    effects = tuple(
        m.StopListening() if isinstance(effect, m.Listen) else effect for effect in step.effects
    )
    return Step(replace(step.session, phase=Phase.CLOSING, main=()), effects)


def wipe(session: Session, content: Content) -> Step:
    """The visit is over: nothing of it is kept."""
    clean = forget(session, content)
    return Step(
        clean,
        (
            m.Hush(),
            m.StopListening(),
            m.Deadline(clean.turn, None),
            m.Record("ended"),
        ),
    )
