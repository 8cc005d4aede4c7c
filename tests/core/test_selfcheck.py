"""The self-check counts worrying answers, keeps no answer, and tells a next step by the count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.small_content import SELFCHECK, small_content
from voicekiosk.core import messages as m
from voicekiosk.core.activities import Checking
from voicekiosk.core.content import Command
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.screen import Scene
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.selfcheck import ANSWERS
from voicekiosk.core.types import OptionId, PromptId, Seconds

CONTENT = small_content()
HERE = OptionId("activity.selfcheck")
BEGUN = Session(phase=Phase.LISTENING, handset=True, place=HERE, doing=Checking())
ENDS = [
    ("yes yes no", "selfcheck.outcome.none"),
    ("no yes no", "selfcheck.outcome.some"),
    ("no no no", "selfcheck.outcome.some"),
    ("no no yes", "selfcheck.outcome.many"),
    ("skip skip yes", "selfcheck.outcome.some"),
    ("skip yes skip", "selfcheck.outcome.none"),
    ("skip skip skip", "system.selfcheck.stopped"),
]


def pressed(command: Command) -> m.Chosen:
    return m.Chosen(command.option, m.Means.KEY)


@pytest.mark.parametrize(("answers", "told"), ENDS)
def test_the_end_follows_from_the_number_of_worrying_answers(answers: str, told: str) -> None:
    session = BEGUN
    for word in answers.split():
        session = advance(session, pressed(Command(word)), CONTENT).session
    assert session.main[0].prompt == told
    assert screen_of(session, CONTENT).scene is Scene.TOPIC
    assert screen_of(session, CONTENT).tiles[0].option == "topic.trafficking"


@given(st.lists(st.sampled_from(ANSWERS), max_size=3))
def test_what_is_kept_is_a_count_and_where_one_stands(answers: list[Command]) -> None:
    session = BEGUN
    for command in answers:
        session = advance(session, pressed(command), CONTENT).session
    signs = [
        (Command.YES if question.worrying else Command.NO) is answer
        for question, answer in zip(SELFCHECK.questions, answers, strict=False)
    ]
    given_ = sum(answer is not Command.SKIP for answer in answers)
    assert session.doing == Checking(len(answers), sum(signs), given_)
    assert advance(session, m.HookReplaced(), CONTENT).session.doing is None
    left = advance(session, pressed(Command.HOME), CONTENT).session
    assert left.doing is None


def test_yes_no_and_skip_are_three_pictures_with_keys() -> None:
    view = screen_of(BEGUN, CONTENT)
    assert view.scene is Scene.ASKING
    assert [(t.key, t.option) for t in view.tiles] == [
        ("1", "command.yes"),
        ("2", "command.no"),
        ("3", "command.skip"),
    ]


def test_a_half_heard_answer_is_asked_for_again_and_not_counted() -> None:
    word = CONTENT.options[Command.NO.option].phrases[BEGUN.locale][0]
    half = m.Utterance((m.Candidate(word, 0.6), m.Candidate("паспорт", 0.5)), Seconds(0.4))
    step = advance(BEGUN, m.Heard(BEGUN.turn, half), CONTENT)
    assert step.session.doing == Checking() and not step.session.choice
    said = [s.prompt for e in step.effects if isinstance(e, m.Say) for s in e.spoken]
    assert said[0] == PromptId("system.ask_again.1")
    assert SELFCHECK.questions[0].prompt in said
