"""What the accessibility standards ask of a dialogue, on the kiosk's own content.

Each test names the check it is evidence for.
"""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from voicekiosk.core import messages as m
from voicekiosk.core.content import Activity, Category, Command, Content, Topic
from voicekiosk.core.dialogue import Phase, Session, Step, advance
from voicekiosk.core.focus import walk
from voicekiosk.core.screen import Scene
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Lead
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, OptionId, PromptId, Seconds, Turn
from voicekiosk.loading import load

CONTENT = load(Path(__file__).parents[2] / "content")
LIFTED = Session(phase=Phase.LISTENING, handset=True, turn=Turn(1))
PLACES = {
    "home": LIFTED,
    "category": replace(LIFTED, place=OptionId("category.russia")),
    "topic": replace(LIFTED, place=OptionId("topic.documents")),
    "choice": replace(LIFTED, choice=(OptionId("topic.documents"), OptionId("topic.war"))),
    "self-check": advance(
        LIFTED, m.Chosen(OptionId("activity.selfcheck"), m.Means.KEY), CONTENT
    ).session,
}


def go(session: Session, *events: m.Event, content: Content = CONTENT) -> Step:
    step = Step(session)
    for event in events:
        step = advance(step.session, event, content)
    return step


def said(step: Step) -> list[str]:
    return [s.prompt for e in step.effects if isinstance(e, m.Say) for s in e.spoken]


def silence(session: Session) -> Step:
    """What is being said ends, and nobody does anything."""
    if session.phase in (Phase.SPEAKING, Phase.CLOSING):
        return go(session, m.PromptEnded(session.turn))
    return go(session, m.DeadlinePassed(session.turn))


@pytest.mark.parametrize("lead", Lead)
def test_every_topic_is_reached_and_left_by_three_keys_alone(lead: Lead) -> None:
    """C19, EN 301 549 5.1.6: next, previous and action; no screen keeps the visitor."""
    begun = replace(LIFTED, lead=lead)
    waiting, known, places = [begun], set(), set()
    while waiting:
        session = waiting.pop()
        view = screen_of(session, CONTENT)
        key = (session.place, session.page, view.scene)
        if key in known:
            continue
        known.add(key)
        places.add(session.place)
        here = walk(view)
        assert Command.HOME.option in here and Command.BACK.option in here
        for steps in range(1, len(here) + 1):
            on = [m.FocusMoved(1)] * steps
            waiting.append(go(session, *on, m.FocusTaken()).session)
    told = {o.id for o in CONTENT.options.values() if isinstance(o, Topic | Activity | Category)}
    assert told <= places


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("place", PLACES)
def test_the_focus_goes_round_over_everything_and_names_each(place: str, by: int) -> None:
    """C19, C8: what has a picture has a name that is said when the focus comes to it."""
    session, here = PLACES[place], walk(screen_of(PLACES[place], CONTENT))
    seen = []
    for _ in here:
        step = go(session, m.FocusMoved(by))
        session = step.session
        focus = screen_of(session, CONTENT).focus
        assert focus is not None and said(step)[0] == CONTENT.options[focus].name_prompt
        seen.append(focus)
    assert sorted(seen) == sorted(here)
    assert screen_of(go(session, m.FocusMoved(by)).session, CONTENT).focus == seen[0]


@pytest.mark.parametrize("phase", [Phase.SPEAKING, Phase.PAUSED, Phase.INTERRUPTED, Phase.CLOSING])
def test_whatever_is_being_said_is_stopped_by_a_word_a_key_or_the_hook(phase: Phase) -> None:
    """C5, C6, C7: no message is uninterruptible, and old speech ends before new speech."""
    speaking = replace(go(Session(), m.HookLifted()).session, phase=phase)
    for event in (
        m.HookReplaced(),
        m.Mispressed("6"),
        m.FocusMoved(1),
        m.Chosen(Command.STOP.option, m.Means.KEY),
        m.Chosen(OptionId("topic.war"), m.Means.TOUCH),
    ):
        effects = [type(effect) for effect in go(speaking, event).effects]
        assert m.Hush in effects
        if m.Say in effects:
            assert effects.index(m.Hush) < effects.index(m.Say)


@pytest.mark.parametrize(
    "event",
    [
        m.HookLifted(),
        m.FocusMoved(1),
        m.FocusTaken(),
        m.Mispressed("6"),
        m.Chosen(Command.HELP.option, m.Means.KEY),
    ],
)
def test_lifting_the_handset_or_pressing_any_key_starts_speech(event: m.Event) -> None:
    """C21, EN 301 549 5.2."""
    assert said(go(Session(), event))


@pytest.mark.parametrize("place", PLACES)
def test_silence_is_answered_otherwise_each_time_then_warned_then_forgotten(place: str) -> None:
    """C35, C42: never the same sentence twice in a row; goodbye only after the warning."""
    session, ladder = PLACES[place], []
    while session.phase is not Phase.IDLE:
        step = silence(session)
        ladder += said(step)[:1]
        session = step.session
    assert ladder[-2:] == ["system.warning", "system.goodbye"]
    assert all(one != another for one, another in pairwise(ladder))
    assert session == Session(turn=session.turn, handset=True, locale=CONTENT.locales[0])


@pytest.mark.parametrize("place", PLACES)
def test_not_understood_is_answered_otherwise_each_time_and_at_last_by_the_keys(place: str) -> None:
    """C16, C42."""
    session, answers = PLACES[place], []
    for _ in range(4):
        mumbled = m.Heard(session.turn, m.Utterance((), Seconds(0.8)))
        step = go(replace(session, phase=Phase.HEARING), mumbled)
        answers += said(step)[:1]
        session = step.session
        if session.deaf:
            break
    assert session.deaf, "the kiosk would go on not understanding"
    assert len(set(answers)) == len(answers)


def test_help_is_layered_on_every_screen() -> None:
    """C39 and EZ Access: once, what can be done here; again, what each key does."""
    for session in PLACES.values():
        first = go(session, m.Chosen(Command.HELP.option, m.Means.KEY))
        again = go(first.session, m.Chosen(Command.HELP.option, m.Means.KEY))
        assert said(first)[0].startswith("system.help.")
        assert said(again)[0] == "system.help.keys" != said(first)[0]


WHERE = {
    KYRGYZ: ("астындагы жагындагы", "жетини сегизди тогузду нөлдү жылдызчаны торчону"),
    RUSSIAN: ("под слева справа", "семь восемь девять ноль звёздочку решётку"),
}
"""Words for where a key lies, and the keys of the two lower rows."""


@pytest.mark.parametrize("locale", WHERE)
def test_help_says_where_a_key_lies_before_it_names_it(locale: Locale) -> None:
    """EZ Access: the finger is there when the name comes."""
    places, keys = (set(words.split()) for words in WHERE[locale])
    located = set()
    for sentence in CONTENT.prompts[PromptId("system.help.keys")][locale]:
        words = sentence.rstrip(".").split()
        for key in keys.intersection(words):
            assert places.intersection(words[: words.index(key)]), sentence
            located.add(key)
    assert located == keys


def test_the_bar_is_the_same_on_every_screen() -> None:
    """C39, WCAG 3.2.3, 3.2.4, 3.2.6."""
    warned = replace(LIFTED, warned=True)
    sessions = (*PLACES.values(), warned, Session(), replace(LIFTED, phase=Phase.CLOSING))
    bars = {tuple((b.command, b.key) for b in screen_of(s, CONTENT).bar) for s in sessions}
    assert len(bars) == 1


def test_no_spoken_menu_has_more_than_five_choices_and_more() -> None:
    """C41: and each name is said before its key."""
    for option in (None, *CONTENT.categories, Command.ALL_TOPICS.option):
        spoken = said(go(replace(LIFTED, place=option), m.Chosen(Command.YES.option, m.Means.KEY)))
        keys = [at for at, prompt in enumerate(spoken) if prompt.startswith("system.key.")]
        assert 1 <= len(keys) <= 6
        assert len(keys) < 6 or spoken[keys[-1] - 1] == "command.more.name"
        assert all(spoken[at - 1].endswith(".name") for at in keys)


def test_a_warning_shows_nothing_of_what_was_open() -> None:
    """C34, C35: whoever looks on learns only that somebody was asked whether they are here."""
    warned = replace(PLACES["self-check"], warned=True, blank=True)
    view = screen_of(warned, CONTENT)
    assert (view.scene, view.blank) == (Scene.WARNING, False)
    assert (view.colour, view.number, view.rail) == (screen_of(LIFTED, CONTENT).colour, None, ())
