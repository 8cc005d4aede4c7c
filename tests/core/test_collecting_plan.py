"""What a person is asked to say: balanced over the collection, mixed with what is no phrase."""

from __future__ import annotations

from collections import Counter
from random import Random

from tests.core.small_content import small_content
from voicekiosk.core.collecting import Kind
from voicekiosk.core.collecting_plan import Plan, Wish, plan_of
from voicekiosk.core.content import Answer
from voicekiosk.core.types import KYRGYZ

CONTENT = small_content()
WORDS = ["терезе", "карындаш", "китепкана", "дарыя", "жумушчу", "булут", "ал"]


def plan(wish: Wish, said: dict[tuple[str, str], int] | None = None, seed: int = 1) -> Plan:
    return plan_of(CONTENT, wish, "Ооба, макулмун", WORDS, said or {}, Random(seed))


def test_the_spoken_yes_comes_first_and_then_as_many_as_wished() -> None:
    items = plan(Wish(KYRGYZ, 8, 0.25)).items
    assert (items[0].kind, items[0].transcript) == (Kind.CONSENT, "ооба макулмун")
    assert Counter(item.kind for item in items[1:]) == {Kind.PHRASE: 6, Kind.OTHER: 2}


def test_other_words_are_never_words_of_a_phrase() -> None:
    phrase = next(iter(CONTENT.meanings())).split()[0]
    others = plan_of(CONTENT, Wish(KYRGYZ, 4, 1.0), "Ооба", [phrase, *WORDS], {}, Random(1)).items
    said = {word for item in others[1:] for word in item.transcript.split()}
    assert said and phrase not in said and "ал" not in said
    assert {item.kind for item in others[1:]} == {Kind.OTHER}


def test_what_was_recorded_least_comes_first() -> None:
    wish = Wish(KYRGYZ, 3, 0.0)
    first = {item.transcript for item in plan(wish).items[1:]}
    said = {(str(KYRGYZ), transcript): 1 for transcript in first}
    assert not first & {item.transcript for item in plan(wish, said).items[1:]}


def test_every_phrase_is_asked_for_once_however_many_are_wished() -> None:
    items = plan(Wish(KYRGYZ, 500, 0.0)).items[1:]
    phrases = {p for option in CONTENT.options.values() for p in option.phrases.get(KYRGYZ, ())}
    assert sorted(item.transcript for item in items) == sorted(phrases)


def test_each_other_word_can_be_said_aloud_before() -> None:
    made = plan(Wish(KYRGYZ, 500, 0.01))
    for item in made.items[1:]:
        assert item.prompt in made.prompts or item.prompt in CONTENT.prompts


def test_with_pictures_only_nothing_but_names_is_asked_and_not_told() -> None:
    items = plan(Wish(KYRGYZ, 500, 0.0, picture_only=True)).items[1:]
    shown = [o for o in CONTENT.options.values() if not isinstance(o, Answer)]
    names = {option.phrases[KYRGYZ][0] for option in shown}
    assert {item.transcript for item in items} == names
    assert not any(item.told for item in items)


def test_only_the_options_wished_are_asked_for() -> None:
    one = next(iter(CONTENT.options))
    items = plan(Wish(KYRGYZ, 500, 0.0, only=(one,))).items[1:]
    assert {item.transcript for item in items} == set(CONTENT.options[one].phrases[KYRGYZ])
