"""Recording consenting people, step by step: who may be recorded when, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from voicekiosk.core.collecting import (
    Agree,
    Beep,
    Choice,
    Close,
    CollectEffect,
    CollectEvent,
    DropTake,
    Keep,
    Kind,
    Outcome,
    Pressed,
    Replay,
    Sitting,
    Stage,
    StartTake,
    StoreFailed,
    Taken,
    Verdict,
    Withdraw,
)
from voicekiosk.core.messages import (
    Deadline,
    DeadlinePassed,
    Hush,
    MicrophoneLost,
    MicrophoneRestored,
    PromptEnded,
    Say,
    SentenceStarted,
    SpeakerLost,
    SpeakerRestored,
    SpeechStarted,
    Spoken,
)
from voicekiosk.core.types import PromptId, Seconds, Turn

TRIES = 3
"""So often a phrase is asked for before it is left out."""
ANSWER, RECORDING, DECISION, INTERRUPTION, FAREWELL = map(Seconds, (20, 8, 30, 120, 25))
"""How long an answer, speech, a decision, a lost device and the last screen are waited for."""
_EXPLAINED_ITEMS = 2
"""After so many items a person knows what to do; the rest goes faster."""


@dataclass(frozen=True, slots=True)
class Step:
    sitting: Sitting
    effects: tuple[CollectEffect, ...] = ()


def begin(sitting: Sitting) -> Step:
    """The terms are told."""
    return _say(sitting, Stage.EXPLAINING, *sitting.terms)


def advance(sitting: Sitting, event: CollectEvent) -> Step:
    """What follows from an event. What is late, or means nothing here, changes nothing."""
    match event:
        case Pressed(choice, by):
            return _pressed(sitting, choice, by) if sitting.allows(choice) else Step(sitting)
        case PromptEnded(turn) if turn == sitting.turn:
            return _said(sitting)
        case SentenceStarted(turn, spoken, sentence) if turn == sitting.turn:
            return Step(replace(sitting, position=(spoken, sentence)))
        case SpeechStarted(turn) if turn == sitting.turn:
            return Step(replace(sitting, hearing=True), (Deadline(turn, None),))
        case Taken(turn, verdict) if turn == sitting.turn and sitting.stage is Stage.RECORDING:
            return _taken(sitting, verdict)
        case DeadlinePassed(turn) if turn == sitting.turn:
            return _waited(sitting)
        case StoreFailed() if sitting.stage is not Stage.CLOSED:
            return _close(sitting, Outcome.FAILED)
        case MicrophoneLost() | SpeakerLost() if sitting.stage not in _BEYOND_DEVICES:
            return _say(sitting, Stage.INTERRUPTED, PromptId("collect.lost"))
        case MicrophoneRestored() | SpeakerRestored() if sitting.stage is Stage.INTERRUPTED:
            return _ask(sitting) if sitting.agreed else begin(sitting)
    return Step(sitting)


_BEYOND_DEVICES = (Stage.INTERRUPTED, Stage.LEAVING, Stage.CLOSING, Stage.CLOSED)


def _pressed(sitting: Sitting, choice: Choice, by: str) -> Step:
    match choice:
        case Choice.YES:
            step = _ask(replace(sitting, agreed=True))
            return Step(step.sitting, (Agree(by), *step.effects))
        case Choice.NO:
            return _close(sitting, Outcome.REFUSED)
        case Choice.AGAIN | Choice.GO_ON:
            return _ask(replace(sitting, tries=0))
        case Choice.NEXT:
            return _go_on(sitting, keep=True)
        case Choice.STOP:
            return _say(sitting, Stage.LEAVING, PromptId("collect.leaving"))
        case Choice.KEEP:
            return _close(sitting, Outcome.STOPPED)
        case Choice.REMOVE:
            step = _close(replace(sitting, kept=0), Outcome.WITHDRAWN)
            return Step(step.sitting, (Hush(), Withdraw(), *step.effects))
        case Choice.FINISH:
            return _end(sitting)


def _said(sitting: Sitting) -> Step:
    turn = Turn(sitting.turn + 1)
    match sitting.stage:
        case Stage.EXPLAINING:
            return Step(replace(sitting, told=True), (Deadline(sitting.turn, ANSWER),))
        case Stage.PROMPTING:
            return Step(replace(sitting, stage=Stage.BEEPING, turn=turn), (Beep(turn),))
        case Stage.BEEPING:
            heard = replace(sitting, stage=Stage.RECORDING, turn=turn, hearing=False)
            return Step(heard, (StartTake(turn), Deadline(turn, RECORDING)))
        case Stage.REPLAYING:
            if sitting.at < _EXPLAINED_ITEMS:
                return _say(sitting, Stage.JUDGING, PromptId("collect.judge"))
            judged = replace(sitting, stage=Stage.JUDGING)
            return Step(judged, (Deadline(sitting.turn, ANSWER),))
        case Stage.JUDGING | Stage.LEAVING:
            return Step(sitting, (Deadline(sitting.turn, DECISION),))
        case Stage.INTERRUPTED:
            return Step(sitting, (Deadline(sitting.turn, INTERRUPTION),))
        case Stage.CLOSING:
            return Step(sitting, (Deadline(sitting.turn, FAREWELL),))
    return Step(sitting)


def _waited(sitting: Sitting) -> Step:
    match sitting.stage:
        case Stage.EXPLAINING if not sitting.reminded:
            reminded = replace(sitting, reminded=True)
            return _say(reminded, Stage.EXPLAINING, PromptId("collect.question"))
        case Stage.EXPLAINING:
            return _close(sitting, Outcome.NOBODY)
        case Stage.RECORDING:
            return _taken(sitting, Verdict.NOTHING)
        case Stage.JUDGING if not sitting.reminded:
            reminded = replace(sitting, reminded=True)
            return _say(reminded, Stage.JUDGING, PromptId("collect.judge"))
        case Stage.JUDGING | Stage.LEAVING:
            return _close(sitting, Outcome.STOPPED)
        case Stage.INTERRUPTED:
            return _close(sitting, Outcome.FAILED)
        case Stage.CLOSING:
            return _end(sitting)
    return Step(sitting)


def _taken(sitting: Sitting, verdict: Verdict) -> Step:
    if verdict is Verdict.GOOD:
        turn = Turn(sitting.turn + 1)
        stage = Stage.REPLAYING
        heard = replace(sitting, stage=stage, turn=turn, hearing=False, reminded=False)
        return Step(heard, (Deadline(turn, None), Replay(turn)))
    tried = replace(sitting, tries=sitting.tries + 1)
    if tried.tries >= TRIES:
        return _go_on(tried, keep=False)
    return _ask(tried, PromptId(f"collect.{verdict.value}"))


def _go_on(sitting: Sitting, keep: bool) -> Step:
    """To the next item, or to the end."""
    item = sitting.item
    counted = sitting.kept + (keep and item.kind is not Kind.CONSENT)
    further = replace(sitting, at=sitting.at + 1, tries=0, reminded=False, kept=counted)
    if further.at == len(sitting.plan):
        step = _close(further, Outcome.DONE)
    elif keep or item.kind is Kind.CONSENT:
        step = _ask(further)
    else:
        step = _ask(further, PromptId("collect.skipped"))
    return Step(step.sitting, (Keep(item), *step.effects) if keep else step.effects)


def _ask(sitting: Sitting, *before: PromptId) -> Step:
    item = sitting.item
    lead: tuple[PromptId, ...] = ()
    if item.kind is not Kind.CONSENT and not before:
        if sitting.at == 1:
            lead = (PromptId("collect.first"),)
        if not item.told:
            lead = (*lead, PromptId("collect.picture"))
        elif sitting.at <= _EXPLAINED_ITEMS:
            lead = (*lead, PromptId("collect.say"))
    spoken = (*before, *lead, *((item.prompt,) if item.told else ()))
    return _say(sitting, Stage.PROMPTING, *spoken)


def _close(sitting: Sitting, outcome: Outcome) -> Step:
    prompts: tuple[PromptId, ...] = (PromptId(f"collect.{outcome.value}"),)
    if outcome in (Outcome.DONE, Outcome.STOPPED):
        prompts = (PromptId("collect.thanks"),)
    if sitting.kept:
        digits = (PromptId(f"collect.digit.{digit}") for digit in sitting.number)
        prompts = (*prompts, PromptId("collect.number"), *digits)
    return _say(sitting, Stage.CLOSING, *prompts, outcome=outcome)


def _end(sitting: Sitting) -> Step:
    closed = replace(sitting, stage=Stage.CLOSED, turn=Turn(sitting.turn + 1))
    return Step(closed, (Hush(), Deadline(closed.turn, None), Close()))


def _say(sitting: Sitting, stage: Stage, *prompts: PromptId, **changes: Any) -> Step:
    turn = Turn(sitting.turn + 1)
    spoken = tuple(Spoken(prompt, sitting.locale) for prompt in prompts)
    saying = replace(
        sitting, stage=stage, turn=turn, spoken=spoken, position=(0, 0), hearing=False, **changes
    )
    # What is being judged is still to be kept.
    dropped: tuple[CollectEffect, ...] = () if stage is Stage.JUDGING else (DropTake(),)
    return Step(saying, (Hush(), *dropped, Deadline(turn, None), Say(turn, spoken)))
