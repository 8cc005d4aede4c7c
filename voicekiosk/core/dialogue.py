"""The one place that decides what happens next: advance(session, event, content) -> Step."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from voicekiosk.core import answering, devices, pressing, retelling, speech, teaching
from voicekiosk.core import messages as m
from voicekiosk.core.choosing import choose
from voicekiosk.core.content import Answer, Command, Content, Meaning
from voicekiosk.core.matching import Accept, Confirm, Reject, decide
from voicekiosk.core.sensitive import discreet
from voicekiosk.core.session import (
    VOLUME_STEPS,
    Lesson,
    Phase,
    Session,
    Step,
    asked,
    forget,
    fresh,
    offered,
)
from voicekiosk.core.turns import close, listen, resume, say, warn, wipe
from voicekiosk.core.types import OptionId

__all__ = ["VOLUME_STEPS", "Phase", "Session", "Step", "advance"]


def advance(session: Session, event: m.Event, content: Content) -> Step:
    """What the kiosk does about an event. Total: every phase answers every event."""
    step = _answer(session, event, content)
    step = Step(step.session, discreet(step.effects, session, content))
    now = step.session
    if now.pace != session.pace:
        step = Step(now, (m.SetPace(now.pace), *step.effects))
    if now.volume != session.volume:
        step = Step(now, (m.SetVolume(now.volume), *step.effects))
    return step


def _answer(session: Session, event: m.Event, content: Content) -> Step:
    match event:
        case m.HookLifted():
            return _lifted(session, content)
        case m.HookReplaced():
            return (
                wipe(replace(session, handset=False), content) if session.handset else Step(session)
            )
        case m.Chosen():
            if event.option not in content.options:
                return Step(session)
            return choose(pressing.woken(session, event.means, content), event, content)
        case m.Mispressed():
            return pressing.mispressed(session, event.key, content)
        case m.FocusMoved() | m.FocusTaken():
            return pressing.focused(session, event, content)
        case m.Typed():
            return answering.typed(session, event.key, content)
        case m.MicrophoneLost():
            return devices.microphone_lost(session, content)
        case m.MicrophoneRestored():
            return devices.microphone_restored(session, content)
        case m.SpeakerLost():
            return devices.speaker_lost(session, content)
        case m.SpeakerRestored():
            return devices.speaker_restored(session, content)
        case (
            m.SpeechStarted()
            | m.Heard()
            | m.SentenceStarted()
            | m.PromptEnded()
            | m.DeadlinePassed()
        ):
            stale = event.turn != session.turn or session.phase is Phase.IDLE
            return Step(session) if stale else _timely(session, event, content)
        case _:
            assert_never(event)


def _timely(
    session: Session,
    event: m.SpeechStarted | m.Heard | m.SentenceStarted | m.PromptEnded | m.DeadlinePassed,
    content: Content,
) -> Step:
    match event:
        case m.SpeechStarted():
            return _speech_started(session, content)
        case m.Heard():
            return _heard(session, event.utterance, content)
        case m.SentenceStarted():
            return Step(retelling.reached(session, (event.spoken, event.sentence)))
        case m.PromptEnded():
            return _prompt_ended(session, content)
        case m.DeadlinePassed():
            return _deadline_passed(session, content)
        case _:
            assert_never(event)


def _lifted(session: Session, content: Content) -> Step:
    if session.phase in (Phase.IDLE, Phase.CLOSING):
        awake = replace(forget(session, content), phase=Phase.LISTENING, handset=True)
        begun = replace(awake, lesson=Lesson.OFFERED)
        step = say(begun, speech.welcome(begun, content), content)
        return Step(step.session, (*step.effects, m.Record("lifted")))
    if session.handset:
        return Step(session)
    # The visitor began by touch and now takes the handset: go on where they are, in their ear.
    lifted = fresh(replace(session, handset=True))
    return say(lifted, speech.place(lifted, content), content)


def _speech_started(session: Session, content: Content) -> Step:
    wait = m.Deadline(session.turn, content.timing.utterance)
    if session.phase is Phase.SPEAKING and session.handset:
        return Step(replace(session, phase=Phase.INTERRUPTED), (m.HoldSpeech(), wait))
    if session.phase is Phase.LISTENING:
        return Step(replace(session, phase=Phase.HEARING), (wait,))
    return Step(session)


def _heard(session: Session, utterance: m.Utterance, content: Content) -> Step:
    # What was asked before the warning may still be answered.
    asking = replace(session, warned=False)
    sayable = _sayable(asking, content)
    if answer := answering.likeliest(asking, utterance, sayable, content):
        return choose(asking, m.Chosen(answer, m.Means.VOICE), content)
    decision = decide(
        utterance,
        sayable,
        content.bands,
        session.locale,
        (*offered(session, content), *asked(asking, content)),
    )
    match decision:
        case Accept(option, locale):
            chosen = m.Chosen(option, m.Means.VOICE, locale)
            return choose(session, chosen, content)
        case Confirm(options, locale):
            if session.warned and Command.YES.option in options:
                return choose(session, m.Chosen(Command.YES.option, m.Means.VOICE), content)
            session = asking
            return _confirm(session, options, replace(session, locale=locale), content)
        case Reject(trouble):
            return _rejected(session, trouble, content)
        case _:
            assert_never(decision)


def _sayable(session: Session, content: Content) -> dict[str, tuple[Meaning, ...]]:
    """The grammar without the answers that nobody waits for."""
    waiting = asked(session, content)
    return {
        phrase: tuple(
            meaning
            for meaning in meanings
            if meaning.option in waiting or not isinstance(content.options[meaning.option], Answer)
        )
        for phrase, meanings in content.meanings().items()
    }


def _confirm(
    session: Session, options: tuple[OptionId, ...], asking: Session, content: Content
) -> Step:
    if options[0] == Command.COVER.option:
        # Whoever wants to hide something has no time for a question, and it does no harm.
        return choose(session, m.Chosen(options[0], m.Means.VOICE, asking.locale), content)
    # A perhaps-heard yes or no is not asked about in turn: the key or the picture decides.
    heard = options
    options = tuple(o for o in options if o not in (Command.YES.option, Command.NO.option))
    if not options or set(heard) & set(asked(session, content)):
        return _rejected(session, None, content)
    answers = [option for option in options if option in session.choice]
    if len(answers) == 1:
        # Asked between two pictures, half an answer names one of them.
        return choose(session, m.Chosen(answers[0], m.Means.VOICE, asking.locale), content)
    taught = session.lesson is Lesson.GOING
    doubting = fresh(replace(teaching.over(asking), choice=options))
    step = say(doubting, speech.place(doubting, content), content)
    if taught:  # even half understood, it was right to speak
        praise = speech.say_in(doubting.locale, speech.system("teach.heard"))
        step = say(doubting, praise + step.session.main, content)
    return Step(
        step.session, (*step.effects, m.Record("asked", options[0], m.Means.VOICE, "confirm"))
    )


def _rejected(session: Session, trouble: m.Trouble | None, content: Content) -> Step:
    in_lesson = session.lesson is Lesson.GOING and not session.choice
    if session.phase is Phase.INTERRUPTED and session.interruptions == 0 and not in_lesson:
        # The first noise over a prompt is taken for noise: go on as if nothing had happened.
        return resume(replace(session, interruptions=1), content)
    if session.phase not in (Phase.INTERRUPTED, Phase.LISTENING, Phase.HEARING):
        return Step(session)
    session = replace(session, warned=False)  # not understood, but somebody is here
    rejected = m.Record("rejected", None, m.Means.VOICE, "reject")
    if in_lesson:
        step = teaching.praise(fresh(session), "heard", content)
        return Step(step.session, (*step.effects, rejected))
    _, ladder = speech.ladders(session, content)
    if session.no_match >= len(ladder):
        # A hall too loud must not make the kiosk talk for ever: keys and touch from here on.
        deaf = replace(session, deaf=True)
        prompt = speech.help_for(session, content)
    else:
        deaf = replace(session, no_match=session.no_match + 1)
        prompt = speech.trouble(trouble) if trouble else ladder[session.no_match]
    told = speech.say_in(session.locale, prompt) + answering.again(deaf, content)
    step = say(deaf, told, content, main=False)
    return Step(step.session, (*step.effects, rejected))


def _prompt_ended(session: Session, content: Content) -> Step:
    match session.phase:
        case Phase.SPEAKING | Phase.PAUSED:
            return listen(session, content)
        case Phase.INTERRUPTED:
            return Step(replace(session, phase=Phase.HEARING))
        case Phase.CLOSING:
            return wipe(session, content)
        case Phase.IDLE | Phase.LISTENING | Phase.HEARING:
            return Step(session)
        case _:
            assert_never(session.phase)


def _deadline_passed(session: Session, content: Content) -> Step:
    match session.phase:
        case Phase.IDLE:
            return Step(session)
        case Phase.SPEAKING:
            silent = listen(session, content)
            return Step(silent.session, (m.Hush(), *silent.effects))
        case Phase.INTERRUPTED:
            return resume(session, content)
        case Phase.CLOSING:
            return wipe(session, content)
        case Phase.PAUSED:
            return warn(session, content)
        case Phase.LISTENING | Phase.HEARING:
            if session.warned:
                return close(session, content)
            if taught := teaching.silent(session, content):
                return taught
            if gentle := answering.silent(session, content):
                return Step(gentle.session, (*gentle.effects, m.Record("no_input")))
            ladder, _ = speech.ladders(session, content)
            if session.no_input >= len(ladder):
                waited = warn(session, content)
                return Step(waited.session, (*waited.effects, m.Record("no_input")))
            prompt = speech.say_in(session.locale, ladder[session.no_input])
            climbed = replace(session, no_input=session.no_input + 1)
            step = say(climbed, prompt, content, main=False)
            return Step(step.session, (*step.effects, m.Record("no_input")))
        case _:
            assert_never(session.phase)
