"""Whatever happens in whatever order: nothing before a yes, nothing after a withdrawal."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from voicekiosk.core import collecting as c
from voicekiosk.core.collecting_steps import Step, advance, begin
from voicekiosk.core.messages import (
    DeadlinePassed,
    MicrophoneLost,
    MicrophoneRestored,
    PromptEnded,
    Say,
    SpeechStarted,
)
from voicekiosk.core.types import KYRGYZ, PromptId, Turn

PLAN = (
    c.Item(c.Kind.CONSENT, "ооба", PromptId("collect.say_yes")),
    c.Item(c.Kind.PHRASE, "жумуш", PromptId("category.work.name")),
    c.Item(c.Kind.OTHER, "терезе", PromptId("collect.item.терезе")),
    c.Item(c.Kind.PHRASE, "карыз", PromptId("topic.debt.name"), told=False),
)


def new() -> c.Sitting:
    return c.Sitting(PLAN, KYRGYZ, "482177", (PromptId("collect.terms"),))


def of_turn(make: Any) -> Any:
    """An event of the present turn, or of one that is over."""
    return st.integers(0, 1).map(
        lambda late: lambda sitting: make(Turn(max(sitting.turn - late, 0)))
    )


def always(event: Any) -> Any:
    return st.just(lambda sitting: event)


ENDED = of_turn(PromptEnded)
EVENTS = st.one_of(
    ENDED,
    ENDED,  # a sitting is mostly listening
    of_turn(DeadlinePassed),
    of_turn(SpeechStarted),
    st.sampled_from(c.Verdict).flatmap(lambda v: of_turn(lambda turn: c.Taken(turn, v))),
    of_turn(lambda turn: c.Taken(turn, c.Verdict.GOOD)),
    st.sampled_from(c.Choice).flatmap(lambda choice: always(c.Pressed(choice))),
    always(MicrophoneLost()),
    always(MicrophoneRestored()),
    always(c.StoreFailed()),
)


def now(make: Any) -> Any:
    return lambda sitting: make(sitting.turn)


def press(choice: c.Choice) -> Any:
    return lambda sitting: c.Pressed(choice)


GOOD = now(lambda turn: c.Taken(turn, c.Verdict.GOOD))
ASKED = [now(PromptEnded), press(c.Choice.YES), now(PromptEnded), now(PromptEnded)]
ANSWERED = [GOOD, press(c.Choice.NEXT), now(PromptEnded), now(PromptEnded)]
LEFT = [*ASKED, *ANSWERED, *ANSWERED, press(c.Choice.STOP)]
MIDDLES = [[], ASKED, [*ASKED, GOOD], ASKED + ANSWERED * 2, LEFT]
MIDDLES += [[*LEFT, press(choice)] for choice in (c.Choice.REMOVE, c.Choice.KEEP)]
# Chance alone seldom gets far: most stories begin in the middle.
STORIES = st.builds(
    lambda before, then: before + then,
    st.sampled_from(MIDDLES),
    st.lists(EVENTS, max_size=40),
)


def effects_of(events: list[Any]) -> tuple[c.Sitting, list[tuple[c.Stage, Any]]]:
    """Everything that was performed, with the stage it was decided in."""
    step = begin(new())
    done = [(c.Stage.EXPLAINING, effect) for effect in step.effects]
    sitting = step.sitting
    for event in events:
        step = advance(sitting, event(sitting))
        done += [(sitting.stage, effect) for effect in step.effects]
        sitting = step.sitting
    return sitting, done


@given(STORIES)
def test_nothing_is_recorded_or_stored_before_a_yes_or_after_a_withdrawal(
    events: list[Any],
) -> None:
    agreed = withdrawn = False
    for stage, effect in effects_of(events)[1]:
        if isinstance(effect, c.Agree):
            assert not agreed, "a person agrees once"
            agreed = True
        if isinstance(effect, c.StartTake | c.Keep | c.Withdraw):
            assert agreed and not withdrawn
        if isinstance(effect, c.Keep):
            assert stage in (c.Stage.REPLAYING, c.Stage.JUDGING), "only what was heard again"
        withdrawn |= isinstance(effect, c.Withdraw)


@given(STORIES)
def test_each_item_is_kept_at_most_once(events: list[Any]) -> None:
    kept = [effect.item for _, effect in effects_of(events)[1] if isinstance(effect, c.Keep)]
    assert len(kept) == len(set(kept))


@given(STORIES)
def test_whoever_walks_away_leaves_a_sitting_that_ends_by_itself(events: list[Any]) -> None:
    sitting, _ = effects_of(events)
    for _ in range(200):
        if sitting.stage is c.Stage.CLOSED:
            return
        for passing in (PromptEnded, DeadlinePassed):
            sitting = advance(sitting, passing(sitting.turn)).sitting
    raise AssertionError(f"still {sitting.stage}")


@given(STORIES)
def test_a_new_utterance_is_a_new_turn(events: list[Any]) -> None:
    turns = [effect.turn for _, effect in effects_of(events)[1] if isinstance(effect, Say)]
    assert turns == sorted(set(turns))


def test_the_whole_way_in_order() -> None:
    sitting = begin(new()).sitting
    sitting = advance(sitting, PromptEnded(sitting.turn)).sitting
    sitting = advance(sitting, c.Pressed(c.Choice.YES)).sitting
    for item in PLAN:
        assert sitting.item == item
        for _ in range(2):
            sitting = advance(sitting, PromptEnded(sitting.turn)).sitting
        assert sitting.stage is c.Stage.RECORDING
        sitting = advance(sitting, c.Taken(sitting.turn, c.Verdict.GOOD)).sitting
        step = advance(sitting, c.Pressed(c.Choice.NEXT))
        assert step.effects[0] == c.Keep(item)
        sitting = step.sitting
    assert (sitting.outcome, sitting.kept) == (c.Outcome.DONE, 3)


def test_what_was_removed_cannot_be_removed_again_or_gone_on_with() -> None:
    removed, _ = effects_of([*LEFT, press(c.Choice.REMOVE)])
    assert removed.choices == (c.Choice.FINISH,)
    for choice in c.Choice:
        if choice is not c.Choice.FINISH:
            assert advance(removed, c.Pressed(choice)) == Step(removed)


def test_who_finished_can_still_remove_everything() -> None:
    finished, _ = effects_of([*LEFT, press(c.Choice.KEEP)])
    assert c.Withdraw() in advance(finished, c.Pressed(c.Choice.REMOVE)).effects
