"""The lesson of twenty seconds cannot be failed, and nobody is offered it twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.test_dialogue_properties import CONTENT, events
from voicekiosk.core import messages as m
from voicekiosk.core.content import Command, Topic
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.session import Lesson, Step
from voicekiosk.core.types import Seconds

OFFER = "system.teach.offer"
PRAISE = {"system.teach.heard", "system.teach.key", "system.teach.silence"}
BLAME = {"system.wrong_key", "system.no_match.1", "system.no_input.1", "system.too_quiet"}


def lesson(phase: Phase) -> Session:
    begun = advance(Session(), m.HookLifted(), CONTENT).session
    going = advance(begun, m.Chosen(Command.TEACH.option, m.Means.KEY), CONTENT).session
    if phase is Phase.LISTENING:
        going = advance(going, m.PromptEnded(going.turn), CONTENT).session
    if phase is Phase.INTERRUPTED:
        going = advance(going, m.SpeechStarted(going.turn), CONTENT).session
    assert (going.phase, going.lesson) == (phase, Lesson.GOING)
    return going


def said(step: Step) -> list[str]:
    return [s.prompt for e in step.effects if isinstance(e, m.Say) for s in e.spoken]


def heard(session: Session, *candidates: m.Candidate, trouble: m.Trouble | None = None) -> m.Heard:
    return m.Heard(session.turn, m.Utterance(candidates, Seconds(0.7), trouble))


@pytest.mark.parametrize("phase", [Phase.LISTENING, Phase.INTERRUPTED])
@pytest.mark.parametrize("trouble", [None, *m.Trouble])
def test_any_noise_is_praised(phase: Phase, trouble: m.Trouble | None) -> None:
    here = lesson(phase)
    prompts = said(advance(here, heard(here, trouble=trouble), CONTENT))
    assert prompts[:2] == ["system.teach.heard", "system.home"]


@pytest.mark.parametrize("phase", [Phase.SPEAKING, Phase.LISTENING])
def test_a_key_that_means_nothing_is_praised(phase: Phase) -> None:
    prompts = said(advance(lesson(phase), m.Mispressed(), CONTENT))
    assert prompts[:2] == ["system.teach.key", "system.home"]


def test_silence_is_praised() -> None:
    here = lesson(Phase.LISTENING)
    prompts = said(advance(here, m.DeadlinePassed(here.turn), CONTENT))
    assert prompts[:2] == ["system.teach.silence", "system.home"]


def test_what_was_half_understood_is_praised_and_asked_about() -> None:
    here = lesson(Phase.LISTENING)
    prompts = said(advance(here, heard(here, m.Candidate("документы", 0.6)), CONTENT))
    assert prompts[:2] == ["system.teach.heard", "system.confirm"]


@pytest.mark.parametrize("means", [m.Means.KEY, m.Means.TOUCH, m.Means.VOICE])
@pytest.mark.parametrize("topic", [o for o in CONTENT.options.values() if isinstance(o, Topic)])
def test_a_topic_is_told_at_once(topic: Topic, means: m.Means) -> None:
    step = advance(lesson(Phase.SPEAKING), m.Chosen(topic.id, means), CONTENT)
    assert (step.session.place, step.session.lesson) == (topic.id, Lesson.OVER)
    assert said(step)[0] == topic.name_prompt


@pytest.mark.parametrize("phase", [Phase.SPEAKING, Phase.LISTENING])
@pytest.mark.parametrize("command", Command)
def test_no_command_is_blamed(phase: Phase, command: Command) -> None:
    step = advance(lesson(phase), m.Chosen(command.option, m.Means.KEY), CONTENT)
    assert not BLAME & set(said(step))
    assert step.effects


@pytest.mark.parametrize("command", Command)
def test_after_any_command_repeat_offers_only_what_is_still_open(command: Command) -> None:
    begun = advance(Session(), m.HookLifted(), CONTENT).session
    after = advance(begun, m.Chosen(command.option, m.Means.KEY), CONTENT).session
    again = advance(after, m.Chosen(Command.REPEAT.option, m.Means.KEY), CONTENT)
    assert OFFER not in said(again) or after.lesson is Lesson.OFFERED


@settings(max_examples=300, deadline=None)
@given(st.lists(events, max_size=30))
def test_whoever_has_begun_is_not_offered_it_again(makers: list) -> None:
    session = advance(Session(), m.HookLifted(), CONTENT).session
    for make in makers:
        before = session
        step = advance(session, make(session.turn), CONTENT)
        session = step.session
        prompts = set(said(step))
        begins_anew = before.phase in (Phase.IDLE, Phase.CLOSING)
        if OFFER in prompts:
            assert before.lesson is Lesson.OFFERED or begins_anew
        if before.lesson is Lesson.GOING and PRAISE & prompts:
            assert not BLAME & prompts
