"""Without hands: every topic, activity and command by voice alone, by every phrase there is."""

from pathlib import Path

import pytest

from voicekiosk.core import messages as m
from voicekiosk.core.content import Action, Answer, Command, Content, Option
from voicekiosk.core.dialogue import Phase, Session, Step, advance
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, OptionId, Seconds, Turn
from voicekiosk.loading import load

CONTENT = load(Path(__file__).parents[2] / "content")
MEANINGS = CONTENT.meanings()
LIFTED = Session(phase=Phase.LISTENING, handset=True, turn=Turn(1))
PLACES = {
    "home": LIFTED,
    "topic": advance(LIFTED, m.Chosen(OptionId("topic.war"), m.Means.VOICE), CONTENT).session,
}
SAYABLE = [
    (option, locale, phrase)
    for option in CONTENT.options.values()
    if not isinstance(option, Answer)  # they mean something only while they are asked for
    for locale, phrases in option.phrases.items()
    for phrase in phrases
]


def say(session: Session, *phrases: str, content: Content = CONTENT) -> Step:
    """Said over whatever is being said, and understood with certainty."""
    step = Step(session)
    for phrase in phrases:
        begun = advance(step.session, m.SpeechStarted(step.session.turn), content).session
        heard = m.Utterance((m.Candidate(phrase, 0.95),), Seconds(0.8))
        step = advance(begun, m.Heard(begun.turn, heard), content)
    return step


def did(step: Step, option: Option) -> bool:
    """It is open, or it was obeyed."""
    if not isinstance(option, Action):
        return step.session.place == option.id and not step.session.choice
    if option.command is Command.COVER:
        return step.session.place == CONTENT.neutral
    if option.command is Command.SKIP:  # an answer, and so never recorded
        rejected = any(isinstance(e, m.Record) and e.what == "rejected" for e in step.effects)
        return not rejected and any(isinstance(effect, m.Say) for effect in step.effects)
    return any(isinstance(e, m.Record) and e.option == option.id for e in step.effects)


def answered(step: Step, option: Option, locale: Locale) -> Step:
    """Asked back, the visitor says yes, or says it in other words."""
    if len(step.session.choice) == 1:
        return say(step.session, CONTENT.options[Command.YES.option].phrases[locale][0])
    for phrase in option.phrases[locale]:
        if did(again := say(step.session, phrase), option):
            return again
    return step


@pytest.mark.parametrize("place", PLACES)
def test_every_phrase_leads_where_it_says_or_asks_about_it(place: str) -> None:
    """C20 from the other side: from anywhere, with the handset lifted, by voice alone."""
    assert len(SAYABLE) > 400
    for option, _, phrase in SAYABLE:
        step = say(PLACES[place], phrase)
        # A word of two meanings means the one that the screen offers.
        other = {meaning.option for meaning in MEANINGS[phrase]} - {option.id}
        found = did(step, option) or option.id in step.session.choice
        assert found or any(did(step, CONTENT.options[each]) for each in other), phrase


@pytest.mark.parametrize("locale", [KYRGYZ, RUSSIAN])
@pytest.mark.parametrize("place", PLACES)
def test_everything_is_reached_by_voice_alone_in_each_language(place: str, locale: Locale) -> None:
    """No question that the kiosk asks back is a dead end."""
    for option in {option.id: option for option, _, _ in SAYABLE}.values():
        ways = [say(PLACES[place], phrase) for phrase in option.phrases[locale]]
        assert any(did(s, option) or did(answered(s, option, locale), option) for s in ways), (
            option.id
        )


@pytest.mark.parametrize("locale", [KYRGYZ, RUSSIAN])
def test_a_question_is_left_by_voice_too(locale: Locale) -> None:
    """To "did you mean this or that?" no leads back to where one was."""
    no = CONTENT.options[Command.NO.option].phrases[locale][0]
    asked = 0
    for _, _, phrase in SAYABLE:
        step = say(PLACES["topic"], phrase)
        if len(step.session.choice) > 1:
            back = say(step.session, no).session
            assert (back.choice, back.place) == ((), OptionId("topic.war"))
            asked += 1
    assert asked


def test_a_phrase_that_nobody_knows_opens_nothing() -> None:
    step = say(LIFTED, "бул жерде эч ким билбеген сөз")
    assert not any(did(step, option) for option, _, _ in SAYABLE)
