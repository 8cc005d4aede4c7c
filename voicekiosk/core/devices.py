"""What the dialogue does when the microphone or the loudspeaker is lost, or comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from voicekiosk.core import messages as m
from voicekiosk.core import speech
from voicekiosk.core.content import Content
from voicekiosk.core.session import Phase, Session, Step, likely
from voicekiosk.core.turns import resume, say, wipe


def microphone_lost(session: Session, content: Content) -> Step:
    lost = replace(session, microphone_lost=True)
    match session.phase:
        case Phase.LISTENING | Phase.HEARING:
            told = speech.say_in(session.locale, speech.system("microphone_lost"))
            return say(lost, told, content, main=False)
        case Phase.INTERRUPTED:
            return resume(lost, content)
        case Phase.IDLE | Phase.SPEAKING | Phase.PAUSED | Phase.CLOSING:
            return Step(lost, (m.StopListening(),))
        case _:
            assert_never(session.phase)


def microphone_restored(session: Session, content: Content) -> Step:
    restored = replace(session, microphone_lost=False)
    if session.deaf or session.phase in (Phase.IDLE, Phase.CLOSING):
        return Step(restored)
    if session.phase is Phase.LISTENING:
        told = speech.say_in(session.locale, speech.system("microphone_restored"))
        return say(restored, told, content, main=False)
    if not session.handset:
        return Step(restored)
    return Step(restored, (m.Listen(session.turn, likely(session, content)),))


def speaker_lost(session: Session, content: Content) -> Step:
    if session.speaker_lost:
        return Step(session)
    lost = replace(session, speaker_lost=True)
    match session.phase:
        case Phase.SPEAKING | Phase.PAUSED | Phase.INTERRUPTED:
            # What nobody could hear is shown, from its start.
            shown = session.spoken or speech.place(lost, content)
            return say(lost, shown, content, main=shown == session.main)
        case Phase.CLOSING:
            return wipe(lost, content)
        case Phase.IDLE | Phase.LISTENING | Phase.HEARING:
            return Step(lost)
        case _:
            assert_never(session.phase)


def speaker_restored(session: Session, content: Content) -> Step:
    restored = replace(session, speaker_lost=False)
    if session.phase in (Phase.IDLE, Phase.CLOSING):
        return Step(restored)
    # What was cut off is said again from its start.
    return say(restored, session.main or speech.place(restored, content), content)
