"""What a reader sees and can touch in the studio, at every step, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.ui.conftest import PICTOGRAMS, Visitor, before
from voicekiosk.core.messages import MicrophoneLost, PromptEnded, Spoken
from voicekiosk.core.staff import STAFF_LOCALES
from voicekiosk.core.studio import Choice, Fault, Judged, Pressed, StoreFailed, Studio, Wave
from voicekiosk.core.studio_screen import Lamp, StudioView, plan_of, studio_view
from voicekiosk.core.studio_steps import advance, begin
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, PromptId
from voicekiosk.loading import load
from voicekiosk.loading.studio_texts import load_studio_texts
from voicekiosk.ui.studio_window import StudioWindow

SIZES = [(1280, 800), (800, 1280)]
CONTENT = load(PICTOGRAMS.parent)
TEXTS = load_studio_texts(PICTOGRAMS.parent)
WAVE = Wave(tuple(0.1 + 0.8 * (n % 9) / 9 for n in range(240)), 0.1, 0.9, 2.0)


def longest(locale: Locale) -> PromptId:
    texts = CONTENT.prompts.items()
    return max(texts, key=lambda item: len(" ".join(item[1].get(locale, ()))))[0]


PLAN = plan_of(
    CONTENT,
    tuple(
        Spoken(PromptId(prompt), locale)
        for locale in (KYRGYZ, RUSSIAN)
        for prompt in ("topic.documents.name", "system.goodbye", longest(locale))
    ),
)


def after(studio: Studio, *events: Any) -> Studio:
    for event in events:
        studio = advance(studio, event(studio.turn) if callable(event) else event).studio
    return studio


def judged(*faults: Fault) -> Any:
    return lambda turn: Judged(turn, faults, None if Fault.NOTHING in faults else WAVE)


def steps(language: Locale) -> Iterator[Studio]:
    """Everything a reader can come to see."""
    for at in range(len(PLAN)):
        ready = replace(begin(Studio(PLAN, language)).studio, at=at)
        yield ready
        saying = after(ready, Pressed(Choice.RECORD))
        yield saying
        yield after(saying, MicrophoneLost())
        counting = after(saying, PromptEnded)
        for _ in range(4):
            yield counting
            counting = after(counting, PromptEnded)
        yield counting  # by now it is recorded
        for faults in [(), *((fault,) for fault in Fault)]:
            heard = after(counting, judged(*faults))
            yield heard
            yield after(heard, PromptEnded)
        kept = after(counting, judged(), Pressed(Choice.NEXT))
        yield kept
        yield after(kept, StoreFailed(PLAN[at].spoken))
    yield begin(Studio(PLAN, language, frozenset(line.spoken for line in PLAN))).studio
    everything = frozenset(line.spoken for line in PLAN)
    left = replace(ready, done=everything - {PLAN[-1].spoken}, at=len(PLAN) - 1)
    yield after(left, Pressed(Choice.RECORD), Pressed(Choice.SKIP))


@pytest.fixture
def reader() -> Iterator[Visitor]:
    yield from before(StudioWindow)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", STAFF_LOCALES)
def test_every_text_of_every_step_fits_and_nothing_lies_on_anything(
    reader: Visitor, language: Locale, size: tuple[int, int]
) -> None:
    from kivy.graphics import Canvas

    from voicekiosk.ui.studio_scene import draw_studio, spots_of

    seen = {studio_view(studio, CONTENT, TEXTS) for studio in steps(language)}
    assert {view.lamp for view in seen} == set(Lamp)
    for view in seen:
        spots = spots_of(view, *size)
        with Canvas():  # never shown: measuring needs no picture
            written = draw_studio(view, spots, PICTOGRAMS, ())
        assert [text.lines for text in written if not text.fits] == []
        places = [spots.title, *spots.shares, spots.bar, spots.picture, spots.text, spots.strip]
        places += spots.tiles
        for one in places:
            assert one.width > 0 < one.height
            assert one.x >= 0 <= one.y and one.right <= size[0] and one.top <= size[1]
            others = [place for place in places if place is not one]
            assert not [
                o
                for o in others
                if one.x < o.right and o.x < one.right and one.y < o.top and o.y < one.top
            ]


def test_a_name_is_as_large_as_a_hand_and_the_longest_text_can_be_read(reader: Visitor) -> None:
    from kivy.graphics import Canvas

    from voicekiosk.ui.studio_scene import draw_studio, spots_of

    sizes = []
    for line in PLAN[:3]:
        studio = replace(begin(Studio(PLAN, RUSSIAN)).studio, at=PLAN.index(line))
        view = studio_view(after(studio, Pressed(Choice.RECORD)), CONTENT, TEXTS)
        with Canvas():
            written = draw_studio(view, spots_of(view, 1280, 800), PICTOGRAMS, ())
        words = line.text.split()
        sizes.append(next(t.size for t in written if " ".join(t.lines).split() == words))
    assert sizes[0] >= 80 and sizes[1] >= 60 and sizes[2] >= 28


def test_what_is_next_can_be_touched_and_what_is_too_early_cannot(reader: Visitor) -> None:
    studio = begin(Studio(PLAN, KYRGYZ)).studio
    reader.sees(studio_view(studio, CONTENT, TEXTS))
    reader.touch("studio.next")
    assert reader.chosen == []
    reader.touch("studio.record")
    assert reader.chosen == ["studio.record"]
    heard = after(studio, Pressed(Choice.RECORD), *[PromptEnded] * 5, judged())
    reader.sees(studio_view(heard, CONTENT, TEXTS))
    reader.touch("studio.next")
    assert reader.chosen[-1] == "studio.next"


def test_a_fault_is_told_in_words_with_a_sign_while_the_take_is_heard() -> None:
    counted = after(begin(Studio(PLAN, RUSSIAN)).studio, Pressed(Choice.RECORD), *[PromptEnded] * 5)
    view = studio_view(after(counted, judged(Fault.TOO_QUIET)), CONTENT, TEXTS)
    assert (view.lamp, view.note) == (Lamp.FAULTY, "Слишком тихо. Читайте ближе и громче.")
    assert view.awaited == Choice.RECORD.option


def test_progress_is_counted_for_each_language() -> None:
    done = frozenset(line.spoken for line in PLAN[:4])
    view: StudioView = studio_view(Studio(PLAN, KYRGYZ, done), CONTENT, TEXTS)
    assert (view.done, view.of) == (4, 6)
    assert [(s.pictogram, s.done, s.of) for s in view.shares] == [
        ("kyrgyz", 3, 3),
        ("russian", 1, 3),
    ]


def test_a_prompt_has_the_picture_of_what_it_tells_about() -> None:
    views = [studio_view(Studio(PLAN, KYRGYZ, at=at), CONTENT, TEXTS) for at in (0, 1)]
    assert [view.pictogram for view in views] == ["documents", "voice"]
