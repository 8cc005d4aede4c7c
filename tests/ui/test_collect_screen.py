"""What a person who is recorded sees and can touch, at every step, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.ui.conftest import PICTOGRAMS, Visitor, before
from voicekiosk.core.collecting import Choice, Kind, Pressed, Sitting, Taken, Verdict
from voicekiosk.core.collecting_plan import Wish, plan_of
from voicekiosk.core.collecting_screen import CollectView, Turn, choice_of_key, collect_view
from voicekiosk.core.collecting_steps import advance, begin
from voicekiosk.core.messages import MicrophoneLost, PromptEnded, SentenceStarted, SpeechStarted
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale
from voicekiosk.loading import load
from voicekiosk.loading.collect_texts import load_collect_texts
from voicekiosk.ui.collect_window import CollectWindow

SIZES = [(1280, 800), (1080, 1920)]
CONTENT = load(PICTOGRAMS.parent)
TEXTS = load_collect_texts(PICTOGRAMS.parent, CONTENT.locales, 6)
WORDS = ["терезе", "карындаш", "китепкана", "дарыя"]


def sitting_of(locale: Locale, *, picture_only: bool = False) -> tuple[Sitting, Any]:
    wish = Wish(locale, 5, 0.2, picture_only)
    plan = plan_of(CONTENT, wish, TEXTS.consent[locale], WORDS, {}, Random(2))
    content = replace(CONTENT, prompts={**CONTENT.prompts, **TEXTS.prompts, **plan.prompts})
    return Sitting(plan.items, locale, "482177", TEXTS.terms(child=True)), content


def steps(locale: Locale) -> Iterator[CollectView]:
    """Everything a person can come to see, sentence by sentence."""
    first, content = sitting_of(locale)

    def seen(sitting: Sitting) -> Iterator[CollectView]:
        for index, spoken in enumerate(sitting.spoken):
            for sentence in range(len(content.prompts[spoken.prompt][locale])):
                at = advance(sitting, SentenceStarted(sitting.turn, index, sentence)).sitting
                yield collect_view(at, content, TEXTS.labels, "23.05.2027")

    def after(sitting: Sitting, *events: Any) -> Sitting:
        for event in events:
            named = event(sitting.turn) if callable(event) else event
            sitting = advance(sitting, named).sitting
        return sitting

    def good(turn: Any) -> Taken:
        return Taken(turn, Verdict.GOOD)

    sitting = begin(first).sitting
    yield from seen(sitting)
    yield from seen(after(sitting, Pressed(Choice.NO)))
    sitting = after(sitting, PromptEnded, Pressed(Choice.YES))
    while True:
        yield from seen(sitting)
        asked = after(sitting, PromptEnded, PromptEnded)
        yield from seen(asked)
        yield from seen(after(asked, SpeechStarted))
        for verdict in Verdict:
            yield from seen(after(asked, lambda turn, v=verdict: Taken(turn, v)))
        yield from seen(after(asked, MicrophoneLost()))
        yield from seen(after(asked, good, PromptEnded))
        if sitting.item.kind is not Kind.CONSENT:
            left = after(asked, Pressed(Choice.STOP))
            yield from seen(left)
            yield from seen(after(left, Pressed(Choice.KEEP)))
            yield from seen(after(left, Pressed(Choice.REMOVE)))
        if sitting.at == len(sitting.plan) - 1:
            break
        sitting = after(asked, good, PromptEnded, Pressed(Choice.NEXT))


@pytest.fixture
def person() -> Iterator[Visitor]:
    yield from before(CollectWindow)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("locale", [KYRGYZ, RUSSIAN])
def test_every_text_of_every_step_fits(
    person: Visitor, locale: Locale, size: tuple[int, int]
) -> None:
    from kivy.graphics import Canvas

    from voicekiosk.ui.collect_scene import draw_collect, spots_of

    seen = {(view.wanted, view.caption, view.tiles): view for view in steps(locale)}
    assert len(seen) > 40
    for view in seen.values():
        with Canvas():  # never shown: measuring needs no picture
            written = draw_collect(view, spots_of(view, *size), PICTOGRAMS, 96, ())
        assert [text.lines for text in written if not text.fits] == []


def test_yes_can_be_touched_only_when_all_has_been_told(person: Visitor) -> None:
    first, content = sitting_of(KYRGYZ)
    told = begin(first).sitting
    person.sees(collect_view(told, content, TEXTS.labels, "23.05.2027"))
    person.touch("collect.yes")
    assert person.chosen == []
    person.touch("collect.no")
    assert person.chosen == ["collect.no"]
    heard = advance(told, PromptEnded(told.turn)).sitting
    person.sees(collect_view(heard, content, TEXTS.labels, "23.05.2027"))
    person.touch("collect.yes")
    assert person.chosen == ["collect.no", "collect.yes"]


def test_the_last_day_is_on_every_screen() -> None:
    assert all("23.05.2027" in view.title for view in steps(KYRGYZ))


def test_whose_turn_it_is_changes_with_who_speaks() -> None:
    turns = {view.turn for view in steps(RUSSIAN)}
    assert turns == set(Turn)


def test_next_pressed_twice_at_the_end_removes_nothing() -> None:
    first, _ = sitting_of(KYRGYZ)
    last = replace(first, stage=first.stage.CLOSING, kept=4)
    assert choice_of_key(last, "2") is None
    assert choice_of_key(last, "3") is Choice.REMOVE
    assert choice_of_key(last, "1") is Choice.FINISH


def test_with_pictures_only_the_word_is_shown_after_it_was_said() -> None:
    first, content = sitting_of(KYRGYZ, picture_only=True)
    at = next(n for n, item in enumerate(first.plan) if item.kind is Kind.PHRASE)
    asked = replace(first, at=at, agreed=True, stage=first.stage.RECORDING)
    labels = TEXTS.labels
    assert collect_view(asked, content, labels, "23.05.2027").wanted == ""
    judged = replace(asked, stage=asked.stage.JUDGING)
    assert collect_view(judged, content, labels, "23.05.2027").wanted != ""
