"""Everything in content/ is reachable and said: nothing lies there that no visitor ever hears."""

from dataclasses import replace
from pathlib import Path

import pytest

from voicekiosk.core import messages as m
from voicekiosk.core.activities import Asked, Checking, Counting
from voicekiosk.core.calendar_day import CalendarDay
from voicekiosk.core.content import Action, Answer, Category, Command, Content, Topic
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.session import Lead
from voicekiosk.core.types import KYRGYZ, Locale, OptionId, PromptId, Seconds
from voicekiosk.loading import load

CONTENT = load(Path(__file__).parent.parent / "content")


def _visit(*events: m.Event, locale: Locale) -> tuple[Session, set[PromptId]]:
    session = Session(phase=Phase.LISTENING, locale=locale, handset=True)
    said: set[PromptId] = set()
    for event in events:
        step = advance(session, event, CONTENT)
        session = step.session
        for effect in step.effects:
            if isinstance(effect, m.Say):
                said |= {spoken.prompt for spoken in effect.spoken}
                assert {spoken.locale for spoken in effect.spoken} <= set(CONTENT.locales)
    return session, said


def _chosen(option: OptionId) -> m.Chosen:
    return m.Chosen(option, m.Means.KEY)


@pytest.mark.parametrize("locale", CONTENT.locales)
def test_every_topic_is_told_from_its_category(locale: Locale) -> None:
    for category in (o for o in CONTENT.options.values() if isinstance(o, Category)):
        more = _chosen(Command.MORE.option)
        menu, offered = _visit(_chosen(category.id), more, locale=locale)
        assert menu.place == category.id
        assert {CONTENT.options[topic].name_prompt for topic in category.topics} <= offered
        for name in category.topics:
            topic = CONTENT.options[name]
            assert isinstance(topic, Topic)
            _, said = _visit(_chosen(category.id), _chosen(name), locale=locale)
            assert set(topic.telling or [PromptId("system.untold")]) <= said


NEARLY_KYRGYZ = {"казахстан", "эмираты", "британия и европа", "наркотики", "закладки"}
"""Russian, and said by whoever speaks Kyrgyz: it goes on in Kyrgyz."""


@pytest.mark.parametrize(("phrase", "meanings"), CONTENT.meanings().items())
def test_every_phrase_opens_what_it_names_or_asks(phrase: str, meanings: tuple) -> None:
    utterance = m.Utterance((m.Candidate(phrase, 0.99),), Seconds(1.0))
    session = Session(phase=Phase.LISTENING, handset=True)
    after = advance(session, m.Heard(session.turn, utterance), CONTENT).session
    options = {meaning.option for meaning in meanings}
    if all(isinstance(CONTENT.options[option], Answer) for option in options):
        assert after.place is None and not after.choice  # nobody has asked
        return
    here = options & set(CONTENT.categories)
    if len(here) == 1:
        options = here  # a word of the screen one stands before means what is on it
    if len(options) > 1:
        assert after.choice and set(after.choice) <= options
        return
    option = CONTENT.options[options.pop()]
    if isinstance(option, Action):
        assert after.turn > session.turn or after.volume != session.volume
    else:
        assert after.place == option.id
        tongues = {meaning.locale for meaning in meanings}
        assert after.locale in ({KYRGYZ} if phrase in NEARLY_KYRGYZ else tongues)


def test_every_prompt_of_the_system_is_said_in_some_visit() -> None:
    unheard = {p for p in CONTENT.prompts if p.startswith("system.")}
    unheard -= _everything(CONTENT) | _everything(_untold(CONTENT)) | _counted(CONTENT)
    assert unheard == set()


def _untold(content: Content) -> Content:
    """The same while one topic is still to be written."""
    topic = next(o for o in content.options.values() if isinstance(o, Topic))
    return replace(content, options={**content.options, topic.id: replace(topic, telling=())})


_BY_EYE = (Command.HOME, Command.HELP, Command.MORE)


def _counted(content: Content) -> set[PromptId]:
    """The counter of days while its rule is in force: every question and every result."""
    assert content.day_rule is not None
    rule = replace(content.day_rule, days=90)
    today = CalendarDay(2026, 11, 24)
    in_force = replace(content, day_rule=rule, today=today)
    heard: set[PromptId] = set()
    here = Session(phase=Phase.LISTENING, handset=True, place=OptionId("activity.days"))
    ways = [Counting(Asked.MONTH), *(Counting(Asked.DAY, month=month) for month in (2, 12))]
    ways += [Counting(Asked.SURE, entry=today.plus(-ago)) for ago in (0, 80, 200, 350)]
    answers = (Command.YES, Command.NO, Command.BACK, Command.HELP)
    events = [*map(m.Typed, "305"), *(_chosen(command.option) for command in answers)]
    for way in ways:
        for event in (_chosen(here.place or OptionId("")), *events):
            step = advance(replace(here, doing=way), event, in_force)
            step = step if event != m.Typed("3") else advance(step.session, m.Typed("0"), in_force)
            said = (e.spoken for e in step.effects if isinstance(e, m.Say))
            heard |= {spoken.prompt for each in said for spoken in each}
    return heard


def _everything(content: Content) -> set[PromptId]:
    """Visits that between them provoke every sentence the kiosk has about itself."""
    heard: set[PromptId] = set()

    def visit(session: Session, *kinds: object) -> None:
        for kind in kinds:
            event = kind(session.turn) if callable(kind) else kind
            step = advance(session, event, content)
            session = step.session
            for effect in step.effects:
                if isinstance(effect, m.Say):
                    heard.update(spoken.prompt for spoken in effect.spoken)

    ready = Session(phase=Phase.LISTENING, handset=True)
    two = tuple(o for o in content.options if o.startswith("topic."))[:2]
    asked = Session(phase=Phase.LISTENING, handset=True, choice=two)
    checked = replace(ready, place=OptionId("activity.selfcheck"), doing=Checking())
    for start in (ready, asked, checked):
        visit(start, *[m.PromptEnded, m.DeadlinePassed] * 5)
        visit(start, *[m.PromptEnded, lambda turn: m.Heard(turn, m.Utterance())] * 5)
    visit(Session(), m.HookLifted())
    teach = _chosen(Command.TEACH.option)
    for deed in (m.Mispressed(), m.DeadlinePassed, lambda turn: m.Heard(turn, m.Utterance())):
        visit(ready, teach, m.PromptEnded, deed)
    visit(replace(ready, lead=Lead.SCREEN), *[_chosen(c.option) for c in _BY_EYE])
    for scene in (ready, asked, checked):
        for command in Command:
            visit(scene, _chosen(command.option))
    for option in content.options:
        visit(ready, _chosen(option), _chosen(Command.HELP.option))
    visit(asked, _chosen(Command.REPEAT.option))
    for command in (Command.BLANK, Command.CLEARER, Command.LOWER):
        visit(ready, _chosen(command.option), m.PromptEnded, _chosen(command.option))
    for command in (Command.LOUDER, Command.SOFTER):
        visit(ready, *[_chosen(command.option), m.PromptEnded] * 8)
    for trouble in m.Trouble:
        visit(ready, lambda turn, t=trouble: m.Heard(turn, m.Utterance((), Seconds(1.0), t)))
    visit(ready, m.Mispressed())
    sensitive = next(o for o in content.categories if content.is_sensitive(o))
    visit(Session(), _chosen(Command.HOME.option), _chosen(sensitive))
    visit(ready, m.MicrophoneLost(), m.PromptEnded, m.MicrophoneRestored())
    return heard
