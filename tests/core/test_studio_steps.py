"""The studio in whatever order: no take holds the kiosk's own voice, none is kept unheard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from voicekiosk.core import studio as s
from voicekiosk.core.messages import (
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
from voicekiosk.core.studio_screen import awaited, choice_of_key
from voicekiosk.core.studio_steps import LONG_PAUSE, SHORT_PAUSE, Step, advance, begin, usual
from voicekiosk.core.taking import Replay
from voicekiosk.core.types import KYRGYZ, RUSSIAN, PromptId, Turn

PLAN = tuple(
    s.Line(Spoken(PromptId(name), locale), sentences)
    for locale in (KYRGYZ, RUSSIAN)
    for name, sentences in (("system.home", ("Башкы бет",)), ("system.bye", ("Жакшы.", "Барыңыз.")))
)
WAVE = s.Wave((0.1, 0.5), 0.1, 0.9, 1.0)
GOOD: tuple[s.Fault, ...] = ()


def new(done: int = 0) -> s.Studio:
    return s.Studio(PLAN, KYRGYZ, frozenset(line.spoken for line in PLAN[:done]))


def now(make: Any, late: int = 0) -> Any:
    return lambda studio: make(Turn(max(studio.turn - late, 0)))


def press(choice: s.Choice) -> Any:
    return lambda studio: s.Pressed(choice)


def judged(*faults: s.Fault) -> Any:
    wave = None if s.Fault.NOTHING in faults else WAVE
    return now(lambda turn: s.Judged(turn, faults, wave))


ENDED = now(PromptEnded)
COUNTED = [ENDED] * 4
READ = [press(s.Choice.RECORD), ENDED, *COUNTED, judged()]
EVENTS = st.one_of(
    *[st.integers(0, 1).map(lambda late: now(PromptEnded, late))] * 3,
    st.integers(0, 1).map(lambda late: now(DeadlinePassed, late)),
    st.just(now(SpeechStarted)),
    st.sampled_from(s.Fault).map(judged),
    st.just(judged()),
    *[st.sampled_from(s.Choice).map(press)] * 2,
    st.sampled_from([MicrophoneLost(), MicrophoneRestored(), SpeakerLost(), SpeakerRestored()]).map(
        lambda event: lambda studio: event
    ),
    st.just(lambda studio: s.StoreFailed(studio.line.spoken)),
)
STORIES = st.builds(
    lambda before, then: before + then,
    st.sampled_from([[], READ[:1], READ[:-1], READ, [*READ, press(s.Choice.NEXT), *READ[1:]]]),
    st.lists(EVENTS, max_size=40),
)


def told(events: list[Any], done: int = 0) -> tuple[s.Studio, list[tuple[s.Studio, Any, Step]]]:
    """Where it ends, and every step with where it began and what had happened."""
    step = begin(new(done))
    story = [(new(done), None, step)]
    for event in events:
        before, happened = step.studio, event(step.studio)
        step = advance(before, happened)
        story.append((before, happened, step))
    return step.studio, story


def after(studio: s.Studio, *events: Any) -> s.Studio:
    for event in events:
        studio = advance(studio, event(studio)).studio
    return studio


@given(STORIES, st.integers(0, 4))
def test_nothing_sounds_while_a_take_is_made_and_nothing_sounds_twice_at_once(
    events: list[Any], done: int
) -> None:
    sounding: Turn | None = None
    for _, happened, step in told(events, done)[1]:
        if happened == PromptEnded(sounding) if sounding is not None else False:
            sounding = None
        if isinstance(happened, SpeakerLost):
            sounding = None
        for effect in step.effects:
            if isinstance(effect, Hush):
                sounding = None
            if isinstance(effect, s.StartTake | Say | s.Beep | Replay):
                assert sounding is None, f"{effect} while {sounding} sounds"
            if isinstance(effect, Say | s.Beep | Replay):
                sounding = effect.turn


@given(STORIES, st.integers(0, 4))
def test_only_a_take_that_was_judged_and_wanted_is_kept(events: list[Any], done: int) -> None:
    take: Spoken | None = None
    for before, happened, step in told(events, done)[1]:
        if isinstance(happened, s.Judged) and happened.turn == before.turn:
            fresh = happened.wave is not None and not before.kept
            take = before.line.spoken if fresh else None
        for effect in step.effects:
            if isinstance(effect, s.StartTake | s.Recall):
                take = None
            if isinstance(effect, s.Keep):
                assert happened == s.Pressed(s.Choice.NEXT)
                assert effect.spoken == take == before.line.spoken


@given(STORIES, st.integers(0, 4))
def test_what_counts_as_recorded_is_what_was_kept(events: list[Any], done: int) -> None:
    recorded = set(new(done).done)
    for _, happened, step in told(events, done)[1]:
        if isinstance(happened, s.StoreFailed) and step.studio.stage is not s.Stage.CLOSED:
            recorded.discard(happened.spoken)
        recorded |= {effect.spoken for effect in step.effects if isinstance(effect, s.Keep)}
        assert step.studio.done == recorded


def test_from_the_first_prompt_to_the_last_with_one_key() -> None:
    studio = begin(new()).studio
    kept = []
    for _ in range(200):
        if studio.stage is s.Stage.CLOSED:
            break
        match studio.stage:
            case s.Stage.SAYING | s.Stage.COUNTING | s.Stage.REPLAYING:
                event: Any = ENDED(studio)
            case s.Stage.RECORDING:
                event = judged()(studio)
            case _:
                choice = choice_of_key(studio, "space")
                assert choice is not None
                event = s.Pressed(choice)
        step = advance(studio, event)
        kept += [effect.spoken for effect in step.effects if isinstance(effect, s.Keep)]
        studio = step.studio
    assert kept == [line.spoken for line in PLAN]
    assert studio.stage is s.Stage.CLOSED
    assert studio.recorded == len(PLAN)


def test_three_two_one_and_the_tone_before_every_take() -> None:
    studio = after(begin(new()).studio, press(s.Choice.RECORD), ENDED)
    counted = []
    while studio.stage is s.Stage.COUNTING:
        counted.append(studio.count)
        studio = after(studio, ENDED)
    assert counted == [3, 2, 1, 0]
    assert studio.stage is s.Stage.RECORDING


def test_it_goes_on_where_it_stopped_and_what_was_skipped_comes_at_the_end() -> None:
    studio = begin(new(done=1)).studio
    assert studio.line == PLAN[1]
    studio = after(studio, press(s.Choice.RECORD), press(s.Choice.SKIP))
    assert studio.line == PLAN[2]
    for _ in range(2):
        studio = after(studio, ENDED, *COUNTED, judged(), press(s.Choice.NEXT))
    assert studio.stage is s.Stage.FINISHED
    assert studio.said == (PromptId("studio.left_out"),)
    assert awaited(studio) is s.Choice.RECORD
    assert after(studio, press(s.Choice.RECORD)).line == PLAN[1]


def test_going_back_brings_the_take_back_and_keeps_it_unless_it_is_made_again() -> None:
    studio = after(begin(new()).studio, *READ, press(s.Choice.NEXT))
    step = advance(studio, s.Pressed(s.Choice.BACK))
    assert s.Recall(step.studio.turn, PLAN[0].spoken) in step.effects
    seen = after(step.studio, judged(), ENDED)
    assert seen.stage is s.Stage.JUDGING
    onward = advance(seen, s.Pressed(s.Choice.NEXT))
    assert not [effect for effect in onward.effects if isinstance(effect, s.Keep)]
    assert onward.studio.line == PLAN[1]
    again = after(seen, press(s.Choice.RECORD), *COUNTED, judged())
    kept = advance(again, s.Pressed(s.Choice.NEXT))
    assert s.Keep(PLAN[0].spoken) in kept.effects


def test_a_fault_is_said_and_the_next_thing_is_once_more_but_the_reader_decides() -> None:
    studio = after(begin(new()).studio, *READ[:-1], judged(s.Fault.NOISY), ENDED)
    assert studio.said == (PromptId("studio.noisy"),)
    assert awaited(studio) is s.Choice.RECORD
    assert studio.allows(s.Choice.NEXT)
    silent = after(begin(new()).studio, *READ[:-1], judged(s.Fault.NOTHING))
    assert not silent.allows(s.Choice.NEXT)


def test_several_sentences_may_breathe_between_them() -> None:
    pauses = []
    for at in (0, 1):
        studio = after(replace(begin(new()).studio, at=at), press(s.Choice.RECORD), ENDED)
        studio = after(studio, *[ENDED] * 3)
        step = advance(studio, PromptEnded(studio.turn))
        pauses += [effect.pause for effect in step.effects if isinstance(effect, s.StartTake)]
    assert pauses == [SHORT_PAUSE, LONG_PAUSE]


def test_nobody_who_speaks_calmly_is_too_fast_or_too_slow() -> None:
    text = "Паспортуңузду эч кимге бербеңиз. Ал сиздики."
    least, most = usual(text)
    letters = sum(map(str.isalpha, text))
    assert least < letters / 20 < letters / 8 < most


def test_a_take_that_could_not_be_written_is_not_counted_as_done() -> None:
    studio = after(begin(new()).studio, *READ, press(s.Choice.NEXT))
    failed = advance(studio, s.StoreFailed(PLAN[0].spoken)).studio
    assert (failed.stage, failed.done, failed.recorded) == (s.Stage.FAILED, frozenset(), 0)
    assert after(failed, press(s.Choice.STOP)).stage is s.Stage.CLOSED
