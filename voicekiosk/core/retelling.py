"""At the visitor's pace: once more, on to the next sentence, slower, and where it was left."""

from __future__ import annotations

from dataclasses import replace

from voicekiosk.core import messages as m
from voicekiosk.core import speech
from voicekiosk.core.content import Command, Content, Topic
from voicekiosk.core.session import SLOW, Phase, Session, Step
from voicekiosk.core.turns import listen, say
from voicekiosk.core.types import PromptId

_WAYS_ON = (speech.system("topic_end"), speech.system("related"))
"""Where a telling is over and says how to hear it again."""


def repeated(session: Session, content: Content) -> Step:
    """The sentence being said; pressed again while it is, all of it from the start."""
    again = session.last is Command.REPEAT
    if _talking(session) and not again and _in_sentences(session, content):
        return _from(session, session.position, content)
    return say(session, session.main or speech.place(session, content), content)


def continued(session: Session, content: Content) -> Step:
    """From the sentence where something else was said instead; else from the start."""
    if not session.main:
        return say(session, speech.place(session, content), content)
    return say(session, session.main, content, start=session.main_at)


def skipped(session: Session, content: Content) -> Step | None:
    """On to the next sentence, and after the last to listening; None when nothing is being said."""
    if not _talking(session):
        return None
    prompt, sentence = session.position
    if sentence + 1 < _length(session, prompt, content):
        return _from(session, (prompt, sentence + 1), content)
    prompt += 1
    while prompt < len(session.spoken) and _is_key(session.spoken[prompt].prompt):
        prompt += 1  # the key of what was skipped
    if prompt < len(session.spoken):
        return _from(session, (prompt, 0), content)
    silent = listen(session, content)
    return Step(silent.session, (m.Hush(), *silent.effects))


def paced(session: Session, command: Command, content: Content) -> Step:
    """Heard at once: the sentence that is being said begins again at its new pace."""
    changed = at_pace(session, command)
    if _talking(session) and changed.pace != session.pace:
        return _from(changed, session.position, content)
    named = speech.say_in(session.locale, speech.system(command.value))
    return say(changed, named, content, main=False)


def at_pace(session: Session, command: Command) -> Session:
    return replace(session, pace=SLOW if command is Command.SLOWER else 1.0)


def reached(session: Session, position: tuple[int, int]) -> Session:
    """A sentence has begun: the caption shows it, and "repeat" means it from now on."""
    if position[0] >= len(session.spoken):
        return session
    again = session.last is Command.REPEAT and position != session.position
    return replace(
        session,
        position=position,
        main_at=position if session.tells else session.main_at,
        last=None if again else session.last,
    )


def _talking(session: Session) -> bool:
    held = session.phase in (Phase.SPEAKING, Phase.PAUSED, Phase.INTERRUPTED)
    return held and bool(session.spoken)


def _in_sentences(session: Session, content: Content) -> bool:
    """A telling and what is said beside the way; a list is only understood as a whole."""
    if not session.tells:
        return True
    here = content.options.get(session.place) if session.place else None
    begun = [spoken.prompt for spoken in session.spoken[: session.position[0] + 1]]
    return isinstance(here, Topic) and not any(prompt in _WAYS_ON for prompt in begun)


def _from(session: Session, start: tuple[int, int], content: Content) -> Step:
    return say(session, session.spoken, content, main=session.tells, start=start)


def _length(session: Session, prompt: int, content: Content) -> int:
    spoken = session.spoken[prompt]
    return len(content.prompts[spoken.prompt][spoken.locale])


def _is_key(prompt: PromptId) -> bool:
    return prompt.startswith(speech.system("key."))
