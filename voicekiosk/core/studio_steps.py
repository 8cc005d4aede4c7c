"""The recording studio, step by step: hear it, three two one, read it, hear yourself, decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from voicekiosk.core.messages import (
    Deadline,
    DeadlinePassed,
    Hush,
    MicrophoneLost,
    MicrophoneRestored,
    PromptEnded,
    Say,
    SpeakerLost,
    SpeakerRestored,
    SpeechStarted,
    Spoken,
)
from voicekiosk.core.studio import (
    Beep,
    Choice,
    EndTake,
    Judged,
    Keep,
    Line,
    Pressed,
    Recall,
    Stage,
    StartTake,
    StoreFailed,
    Studio,
    StudioEffect,
    StudioEvent,
)
from voicekiosk.core.taking import Close, DropTake, Replay
from voicekiosk.core.types import PromptId, Seconds, Turn

COUNT = 3
SILENT = Seconds(8)
"""How long the first word is waited for."""
SHORT_PAUSE, LONG_PAUSE = Seconds(1.0), Seconds(2.4)
"""Silence that ends a take of one sentence; of several, between which one may breathe."""
SLOWEST, FASTEST = 6.0, 26.0
"""Letters a second. Calm speech has about 13; a single word is slower."""
MARGIN = Seconds(1.2)
"""What any text may take on top: one word of two letters has no pace."""


@dataclass(frozen=True, slots=True)
class Step:
    studio: Studio
    effects: tuple[StudioEffect, ...] = ()


def usual(text: str) -> tuple[Seconds, Seconds]:
    """How long reading a text takes at least and at most."""
    letters = sum(character.isalpha() for character in text)
    return Seconds(letters / FASTEST), Seconds(letters / SLOWEST + MARGIN)


def begin(studio: Studio) -> Step:
    """At the first prompt that nobody has recorded."""
    found = _open(studio, 0)
    if found is None:
        return _tell(replace(studio, at=len(studio.plan) - 1), Stage.FINISHED)
    return _tell(replace(studio, at=found), Stage.READY)


def advance(studio: Studio, event: StudioEvent) -> Step:
    """What follows from an event. What is late, or means nothing here, changes nothing."""
    match event:
        case Pressed(choice):
            return _pressed(studio, choice) if studio.allows(choice) else Step(studio)
        case PromptEnded(turn) if turn == studio.turn:
            return _said(studio)
        case SpeechStarted(turn) if turn == studio.turn:
            most = Seconds(2 * usual(studio.line.text)[1] + 5)
            return Step(replace(studio, hearing=True), (Deadline(turn, most),))
        case DeadlinePassed(turn) if turn == studio.turn and studio.stage is Stage.RECORDING:
            return Step(studio, (EndTake(turn),))
        case Judged(turn, faults, wave) if turn == studio.turn:
            judged = replace(studio, faults=faults, wave=wave, hearing=False)
            return _replay(judged) if judged.has_take else _judge(judged)
        case StoreFailed(spoken) if studio.stage is not Stage.CLOSED:
            failed = replace(studio, done=studio.done - {spoken}, recorded=studio.recorded - 1)
            return _tell(failed, Stage.FAILED)
        case MicrophoneLost() | SpeakerLost() if studio.stage not in _BEYOND_DEVICES:
            return _tell(studio, Stage.INTERRUPTED)
        case MicrophoneRestored() | SpeakerRestored() if studio.stage is Stage.INTERRUPTED:
            return _arrive(studio)
    return Step(studio)


_BEYOND_DEVICES = (Stage.INTERRUPTED, Stage.FAILED, Stage.FINISHED, Stage.CLOSED)
_TOLD = {
    Stage.READY: "welcome",
    Stage.INTERRUPTED: "lost",
    Stage.FAILED: "failed",
    Stage.FINISHED: "finished",
}


def _pressed(studio: Studio, choice: Choice) -> Step:
    match choice:
        case Choice.RECORD if studio.stage is Stage.READY:
            return _arrive(studio)
        case Choice.RECORD if studio.stage is Stage.FINISHED:
            return _onward(replace(studio, skipped=frozenset()), -1)
        case Choice.RECORD:
            return _count(studio, COUNT, DropTake())
        case Choice.DONE:
            return Step(studio, (EndTake(studio.turn),))
        case Choice.NEXT:
            return _keep(studio)
        case Choice.LISTEN:
            return _replay(studio) if studio.has_take else _arrive(studio, look=False)
        case Choice.BACK:
            # After the last one there is none before it but itself.
            step = 0 if studio.stage is Stage.FINISHED else 1
            return _arrive(replace(studio, at=studio.at - step))
        case Choice.SKIP if studio.line.spoken in studio.done and studio.at + 1 < len(studio.plan):
            return _arrive(replace(studio, at=studio.at + 1))
        case Choice.SKIP:
            left_out = studio.skipped | {studio.line.spoken} - studio.done
            return _onward(replace(studio, skipped=left_out), studio.at)
        case Choice.STOP:
            closed = replace(studio, stage=Stage.CLOSED, turn=Turn(studio.turn + 1))
            return Step(closed, (Hush(), DropTake(), Deadline(closed.turn, None), Close()))


def _said(studio: Studio) -> Step:
    match studio.stage:
        case Stage.SAYING:
            return _count(studio, COUNT)
        case Stage.COUNTING if studio.count > 0:
            return _count(studio, studio.count - 1)
        case Stage.COUNTING:
            turn = Turn(studio.turn + 1)
            pause = SHORT_PAUSE if len(studio.line.sentences) == 1 else LONG_PAUSE
            heard = replace(studio, stage=Stage.RECORDING, turn=turn)
            return Step(heard, (StartTake(turn, pause), Deadline(turn, SILENT)))
        case Stage.REPLAYING:
            return _judge(studio)
    return Step(studio)


def _arrive(studio: Studio, look: bool = True) -> Step:
    """At a prompt: its take is looked at when there is one, else it is said as it may sound."""
    turn = Turn(studio.turn + 1)
    line = studio.line
    seen = _cleared(studio, stage=Stage.SAYING, turn=turn)
    before = (Hush(), DropTake(), Deadline(turn, None))
    if look and line.spoken in studio.done:
        return Step(replace(seen, kept=True), (*before, Recall(turn, line.spoken)))
    return Step(seen, (*before, Say(turn, (line.spoken,))))


def _count(studio: Studio, number: int, *before: StudioEffect) -> Step:
    turn = Turn(studio.turn + 1)
    counting = _cleared(studio, stage=Stage.COUNTING, turn=turn, count=number)
    return Step(counting, (Hush(), *before, Deadline(turn, None), Beep(turn, number == 0)))


def _replay(studio: Studio) -> Step:
    turn = Turn(studio.turn + 1)
    heard = replace(studio, stage=Stage.REPLAYING, turn=turn, said=())
    return Step(heard, (Hush(), Deadline(turn, None), Replay(turn)))


def _judge(studio: Studio) -> Step:
    """What is wrong is said in words; then it is up to the reader, for as long as it takes."""
    turn = Turn(studio.turn + 1)
    judged = replace(studio, stage=Stage.JUDGING, turn=turn, hearing=False)
    if not studio.faults:
        return Step(judged, (Deadline(turn, None),))
    return _say(judged, studio.faults[0].prompt)


def _keep(studio: Studio) -> Step:
    if studio.kept:
        return _onward(studio, studio.at)
    spoken = studio.line.spoken
    step = _onward(
        replace(studio, done=studio.done | {spoken}, recorded=studio.recorded + 1), studio.at
    )
    # Before the take is dropped for the next one.
    return Step(step.studio, (Hush(), Keep(spoken), *step.effects))


def _onward(studio: Studio, after: int) -> Step:
    """To the next prompt that nobody has recorded; from the end on with those before."""
    found = _open(studio, after + 1)
    if found is None:
        return _tell(studio, Stage.FINISHED)
    return _arrive(replace(studio, at=found))


def _open(studio: Studio, start: int) -> int | None:
    """The first place from ``start`` on, then from the beginning, that is still to be recorded."""

    def wanted(line: Line) -> bool:
        return line.spoken not in studio.done and line.spoken not in studio.skipped

    places = [*range(start, len(studio.plan)), *range(min(start, len(studio.plan)))]
    return next((place for place in places if wanted(studio.plan[place])), None)


def _tell(studio: Studio, stage: Stage) -> Step:
    turn = Turn(studio.turn + 1)
    told = _cleared(studio, stage=stage, turn=turn)
    name = "left_out" if stage is Stage.FINISHED and studio.skipped else _TOLD[stage]
    step = _say(told, PromptId(f"studio.{name}"))
    return Step(step.studio, (DropTake(), *step.effects))


def _say(studio: Studio, prompt: PromptId) -> Step:
    turn = studio.turn
    saying = Say(turn, (Spoken(prompt, studio.language),))
    return Step(replace(studio, said=(prompt,)), (Hush(), Deadline(turn, None), saying))


def _cleared(studio: Studio, **changes: Any) -> Studio:
    """Without the take that was."""
    clean: dict[str, Any] = {
        "faults": (),
        "wave": None,
        "kept": False,
        "said": (),
        "hearing": False,
        "count": 0,
    }
    return replace(studio, **{**clean, **changes})
