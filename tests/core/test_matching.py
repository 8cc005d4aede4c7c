"""What is accepted, asked about and rejected."""

from voicekiosk.core.content import Bands, Meaning
from voicekiosk.core.matching import Accept, Confirm, Reject, decide
from voicekiosk.core.messages import Candidate, Trouble, Utterance
from voicekiosk.core.types import KYRGYZ, RUSSIAN, OptionId

WORK, DOCUMENTS, LOST, VISA = (
    OptionId(f"topic.{n}") for n in ("work", "documents", "lost", "visa")
)
MEANINGS = {
    "жумуш": (Meaning(WORK, KYRGYZ),),
    "иш сунушу": (Meaning(WORK, KYRGYZ),),
    "документы": (Meaning(DOCUMENTS, RUSSIAN),),
    "виза": (Meaning(VISA, KYRGYZ), Meaning(VISA, RUSSIAN)),
    "паспорт": (Meaning(DOCUMENTS, KYRGYZ), Meaning(LOST, KYRGYZ)),
}


def heard(*candidates: tuple[str, float]) -> Utterance:
    return Utterance(tuple(Candidate(phrase, sure) for phrase, sure in candidates))


def judge(utterance: Utterance, offered: tuple[OptionId, ...] = (), locale=KYRGYZ):
    return decide(utterance, MEANINGS, Bands(), locale, offered)


def test_a_certain_phrase_is_accepted_in_the_language_it_was_said_in():
    assert judge(heard(("документы", 0.95))) == Accept(DOCUMENTS, RUSSIAN)


def test_a_word_of_both_languages_keeps_the_current_one():
    assert judge(heard(("виза", 0.95)), locale=KYRGYZ) == Accept(VISA, KYRGYZ)
    assert judge(heard(("виза", 0.95)), locale=RUSSIAN) == Accept(VISA, RUSSIAN)


def test_a_name_alike_in_both_languages_changes_none():
    meanings = {
        "казакстан": (Meaning(WORK, KYRGYZ),),
        "казахстан": (Meaning(WORK, RUSSIAN),),
    }
    alike = heard(("казакстан", 0.5), ("казахстан", 0.45))
    assert decide(alike, meanings, Bands(), RUSSIAN) == Accept(WORK, RUSSIAN)
    assert decide(alike, meanings, Bands(), KYRGYZ) == Accept(WORK, KYRGYZ)
    clear = heard(("казакстан", 0.8), ("казахстан", 0.15))
    assert decide(clear, meanings, Bands(), RUSSIAN) == Accept(WORK, RUSSIAN)


def test_a_name_with_a_letter_more_is_alike_and_one_with_another_ending_is_not():
    meanings = {
        "британия европа": (Meaning(WORK, KYRGYZ),),
        "британия и европа": (Meaning(WORK, RUSSIAN),),
        "документтер": (Meaning(DOCUMENTS, KYRGYZ),),
        "документы": (Meaning(DOCUMENTS, RUSSIAN),),
    }
    europe = heard(("британия и европа", 0.9))
    assert decide(europe, meanings, Bands(), KYRGYZ) == Accept(WORK, KYRGYZ)
    papers = heard(("документы", 0.9), ("документтер", 0.1))
    assert decide(papers, meanings, Bands(), KYRGYZ) == Accept(DOCUMENTS, RUSSIAN)


def test_a_less_certain_phrase_is_asked_about():
    assert judge(heard(("жумуш", 0.6))) == Confirm((WORK,), KYRGYZ)


def test_an_uncertain_phrase_is_rejected():
    assert judge(heard(("жумуш", 0.39))) == Reject()
    assert judge(Utterance()) == Reject()


def test_trouble_with_the_sound_is_told_and_nothing_is_guessed():
    loud = Utterance((Candidate("жумуш", 1.0),), trouble=Trouble.TOO_LOUD)
    assert judge(loud) == Reject(Trouble.TOO_LOUD)


def test_a_phrase_with_two_meanings_opens_a_choice():
    assert judge(heard(("паспорт", 0.99))) == Confirm((DOCUMENTS, LOST), KYRGYZ)


def test_a_phrase_with_two_meanings_means_the_one_on_the_screen():
    assert judge(heard(("паспорт", 0.99)), offered=(LOST, WORK)) == Accept(LOST, KYRGYZ)


def test_both_meanings_on_the_screen_still_open_a_choice():
    decision = judge(heard(("паспорт", 0.99)), offered=(LOST, DOCUMENTS))
    assert isinstance(decision, Confirm) and set(decision.options) == {DOCUMENTS, LOST}


def test_a_close_runner_up_of_another_option_opens_a_choice():
    assert judge(heard(("жумуш", 0.5), ("документы", 0.45))) == Confirm((WORK, DOCUMENTS), KYRGYZ)


def test_two_phrases_of_one_option_are_no_rivals():
    assert judge(heard(("жумуш", 0.5), ("иш сунушу", 0.45))) == Accept(WORK, KYRGYZ)


def test_a_phrase_nobody_gave_a_meaning_is_ignored():
    assert judge(heard(("погода", 0.99))) == Reject()


def test_a_word_of_three_meanings_is_asked_about_with_all_three():
    three = {"паспорт": tuple(Meaning(OptionId(f"topic.{n}"), RUSSIAN) for n in "abc")}
    asked = decide(heard(("паспорт", 0.99)), three, Bands(), RUSSIAN)
    assert isinstance(asked, Confirm) and set(asked.options) == {"topic.a", "topic.b", "topic.c"}
