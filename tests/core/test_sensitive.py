"""Danger is told in the handset only, covered in one step, and leaves nothing in the journal."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.small_content import small_content, told
from voicekiosk.core import messages as m
from voicekiosk.core.content import Command, Topic
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.keys import event_for_key
from voicekiosk.core.screen import Scene, ScreenView
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.types import OptionId, PromptId, Seconds

CONTENT = small_content()
SELFCHECK = OptionId("activity.selfcheck")
DANGER, TRAFFICKING = OptionId("category.danger"), OptionId("topic.trafficking")
DOCUMENTS = OptionId("topic.documents")
PRIVATE = [o for o in CONTENT.options.values() if CONTENT.is_sensitive(o.id)]
PRIVATE_PROMPTS = {
    prompt
    for option in PRIVATE
    for prompt in (option.name_prompt, *(told(option) if isinstance(option, Topic) else ()))
}
PRIVATE_PROMPTS |= {p for p in CONTENT.prompts if p.startswith("selfcheck.")}
PRIVATE_WORDS = {name for option in PRIVATE for name in option.names.values()}
PRIVATE_LOOKS = {CONTENT.options[DANGER].colour}  # type: ignore[attr-defined]


def touch(option: OptionId) -> m.Chosen:
    return m.Chosen(option, m.Means.TOUCH)


def visit(*events: m.Event) -> tuple[Session, list[m.Effect]]:
    session, effects = Session(), []
    for event in events:
        step = advance(session, event, CONTENT)
        session = step.session
        effects += step.effects
    return session, effects


def said(effects: Iterable[m.Effect]) -> list[PromptId]:
    return [s.prompt for e in effects if isinstance(e, m.Say) for s in e.spoken]


def records(*events: m.Event) -> list[m.Record]:
    return [effect for effect in visit(*events)[1] if isinstance(effect, m.Record)]


def seen(view: ScreenView) -> set[str]:
    looks = {view.title, view.colour, *view.caption.sentences}
    return looks | {seen for tile in view.tiles for seen in (tile.label, tile.colour)}


@pytest.mark.parametrize("option", [o.id for o in PRIVATE])
def test_without_the_handset_only_the_handset_is_asked_for(option: OptionId) -> None:
    session, effects = visit(touch(option))
    assert said(effects) == ["system.sensitive"]
    view = screen_of(session, CONTENT)
    assert (view.scene, view.title, view.tiles) == (Scene.VEILED, "Биринчи.", ())
    other, _ = visit(touch(DANGER))
    assert view == screen_of(other, CONTENT), "what waits can be told from what else might"


def test_lifting_the_handset_starts_the_telling_there() -> None:
    session, effects = visit(touch(TRAFFICKING), m.HookLifted())
    assert PromptId("topic.trafficking.telling.1") in said(effects)
    assert screen_of(session, CONTENT).title == "Адам сатуу"


def test_hanging_up_forgets_it() -> None:
    session, _ = visit(m.HookLifted(), touch(TRAFFICKING), m.HookReplaced())
    assert session.phase is Phase.IDLE and session.place is None and session.main == ()


def test_two_hidden_meanings_are_asked_about_in_the_handset() -> None:
    session, _ = visit(touch(OptionId("category.work")))
    heard = m.Heard(session.turn, m.Utterance((m.Candidate("алдоо", 0.97),), Seconds(0.8)))
    listening = advance(session, m.PromptEnded(session.turn), CONTENT).session
    step = advance(listening, heard, CONTENT)
    assert said(step.effects) == ["system.sensitive"]
    step = advance(step.session, m.HookLifted(), CONTENT)
    assert {TRAFFICKING, "topic.debt"} == set(step.session.choice)
    assert PromptId("topic.debt.name") in said(step.effects)


PLACES = {
    "idle": (),
    "home": (m.HookLifted(),),
    "menu": (m.HookLifted(), touch(DANGER)),
    "telling": (m.HookLifted(), touch(TRAFFICKING)),
    "self-check": (m.HookLifted(), touch(SELFCHECK), touch(Command.YES.option)),
    "held": (m.HookLifted(), touch(TRAFFICKING), touch(Command.PAUSE.option)),
    "waiting for the handset": (touch(TRAFFICKING),),
}


@pytest.mark.parametrize("before", PLACES.values(), ids=PLACES)
def test_one_key_covers_it_at_once_and_nothing_leads_back(before: tuple[m.Event, ...]) -> None:
    session, _ = visit(*before)
    key = event_for_key(".", screen_of(session, CONTENT), session.handset)
    assert key is not None
    step = advance(session, key, CONTENT)
    assert isinstance(step.effects[0], m.Hush)
    assert step.session.place == DOCUMENTS
    assert "topic.documents.telling.1" in said(step.effects)
    for command in (Command.REPEAT, Command.BACK, Command.BACK, Command.LANGUAGE):
        step = advance(step.session, touch(command.option), CONTENT)
        assert not CONTENT.is_sensitive(step.session.place)
        assert not PRIVATE_PROMPTS.difference({CONTENT.options[DANGER].name_prompt}) & set(
            said(step.effects)
        )


def _hears(session: Session, phrase: str, confidence: float) -> Session:
    ready = advance(session, m.PromptEnded(session.turn), CONTENT).session
    utterance = m.Utterance((m.Candidate(phrase, confidence),), Seconds(0.8))
    return advance(ready, m.Heard(ready.turn, utterance), CONTENT).session


def test_a_hidden_meaning_is_asked_about_by_the_name_that_tells_nothing() -> None:
    session, _ = visit(touch(OptionId("category.work")))
    asked = _hears(session, "адам сатуу", 0.6)
    assert asked.choice == (TRAFFICKING,)
    assert [s.prompt for s in asked.spoken][1] == "system.sensitive_name"
    tile = screen_of(asked, CONTENT).tiles[0]
    assert (tile.label, tile.pictogram) == ("Биринчи.", "advice")


def test_a_question_about_it_is_covered_as_well() -> None:
    session, _ = visit(m.HookLifted())
    asked = _hears(session, "алдоо", 0.97)
    assert len(asked.choice) == 2
    covered = advance(asked, touch(Command.COVER.option), CONTENT).session
    assert (covered.choice, covered.place) == ((), DOCUMENTS)


@pytest.mark.parametrize("certainty", [0.97, 0.5])
def test_one_word_covers_it_even_half_heard(certainty: float) -> None:
    session, _ = visit(m.HookLifted(), touch(TRAFFICKING))
    word = CONTENT.options[Command.COVER.option].phrases[session.locale][0]
    heard = m.Heard(session.turn, m.Utterance((m.Candidate(word, certainty),), Seconds(0.8)))
    begun = advance(session, m.SpeechStarted(session.turn), CONTENT).session
    assert advance(begun, heard, CONTENT).session.place == DOCUMENTS


def test_the_journal_cannot_tell_a_sensitive_visit_from_an_ordinary_one() -> None:
    ordinary, sensitive = OptionId("category.russia"), DANGER
    first, second = (
        records(
            m.HookLifted(),
            touch(category),
            touch(topic),
            touch(Command.REPEAT.option),
            touch(Command.BACK.option),
            m.HookReplaced(),
        )
        for category, topic in ((ordinary, DOCUMENTS), (sensitive, TRAFFICKING))
    )
    assert first == second
    assert records(m.HookLifted(), touch(DOCUMENTS)) == records(
        m.HookLifted(),
        touch(SELFCHECK),
        *(touch(command.option) for command in (Command.YES, Command.NO, Command.SKIP)),
    )
    assert records(touch(Command.COVER.option)) == records(touch(DOCUMENTS))


events = st.lists(
    st.one_of(
        st.sampled_from([*CONTENT.options]).map(lambda option: lambda turn: touch(option)),
        st.tuples(st.sampled_from([*CONTENT.meanings()]), st.sampled_from([0.97, 0.6])).map(
            lambda heard: (
                lambda turn: m.Heard(turn, m.Utterance((m.Candidate(*heard),), Seconds(0.8)))
            )
        ),
        st.sampled_from(
            [m.PromptEnded, m.DeadlinePassed, m.SpeechStarted, lambda t: m.SentenceStarted(t, 3, 0)]
        ),
        st.sampled_from(
            [m.SpeakerLost(), m.SpeakerRestored(), m.HookLifted(), m.HookReplaced()]
        ).map(lambda event: lambda turn: event),
    ),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(events)
def test_no_order_of_events_lets_others_hear_see_or_read_it(makers: list) -> None:
    session = Session()
    for make in makers:
        step = advance(session, make(session.turn), CONTENT)
        session = step.session
        recorded = [e.option for e in step.effects if isinstance(e, m.Record)]
        assert not any(map(CONTENT.is_sensitive, recorded))
        if not session.handset:
            assert not PRIVATE_PROMPTS & set(said(step.effects))
            shown = seen(screen_of(session, CONTENT))
            assert not shown & (PRIVATE_WORDS | PRIVATE_LOOKS)
