"""What is shown follows from where the visit stands."""

from dataclasses import replace

import pytest

from tests.core.small_content import NUMBER, small_content
from voicekiosk.core import speech
from voicekiosk.core.messages import Spoken
from voicekiosk.core.screen import MicrophoneState, Scene
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import VOLUME_STEPS, Phase, Session
from voicekiosk.core.types import KYRGYZ, RUSSIAN, OptionId, PromptId

CONTENT = small_content()
HOME = Session(phase=Phase.LISTENING)


def test_the_bar_is_the_same_on_every_screen() -> None:
    screens = [
        Session(),
        HOME,
        replace(HOME, place=OptionId("category.work")),
        replace(HOME, place=OptionId("topic.documents")),
        replace(HOME, choice=(OptionId("topic.documents"),)),
        Session(phase=Phase.CLOSING),
    ]
    bars = {tuple((b.command, b.key) for b in screen_of(s, CONTENT).bar) for s in screens}
    assert len(bars) == 1


def test_the_tile_whose_name_is_being_said_is_marked() -> None:
    spoken = (
        Spoken(PromptId("system.home"), KYRGYZ),
        Spoken(PromptId("category.work.name"), KYRGYZ),
    )
    speaking = Session(phase=Phase.SPEAKING, spoken=spoken, position=(1, 0))
    marked = [t.option for t in screen_of(speaking, CONTENT).tiles if t.spoken]
    assert marked == ["category.work"]


def test_the_caption_is_the_prompt_in_the_language_in_which_it_is_said() -> None:
    spoken = (Spoken(PromptId("topic.documents.telling.1"), RUSSIAN),)
    caption = screen_of(replace(HOME, spoken=spoken, position=(0, 1)), CONTENT).caption
    assert (caption.sentences, caption.current) == (("Первое.", "Второе."), 1)


def test_a_choice_shows_its_options_and_a_way_out() -> None:
    view = screen_of(replace(HOME, choice=(OptionId("topic.wages"),)), CONTENT)
    assert view.scene is Scene.CHOICE
    assert [tile.option for tile in view.tiles] == ["topic.wages", "command.no"]


@pytest.mark.parametrize(
    ("session", "state"),
    [
        (HOME, MicrophoneState.LISTENING),
        (replace(HOME, phase=Phase.HEARING), MicrophoneState.HEARING),
        (replace(HOME, phase=Phase.SPEAKING), MicrophoneState.OFF),
        (replace(HOME, phase=Phase.SPEAKING, handset=True), MicrophoneState.LISTENING),
        (replace(HOME, deaf=True), MicrophoneState.OFF),
        (replace(HOME, microphone_lost=True), MicrophoneState.LOST),
        (Session(), MicrophoneState.OFF),
    ],
)
def test_the_microphone_is_shown_as_it_is(session: Session, state: MicrophoneState) -> None:
    assert screen_of(session, CONTENT).microphone is state


def test_louder_is_not_offered_at_the_top() -> None:
    view = screen_of(replace(HOME, room_volume=VOLUME_STEPS - 1), CONTENT)
    assert [b.command.value for b in view.bar if not b.enabled] == ["louder"]


def test_a_topic_shows_where_to_go_on_with_the_keys_that_are_named() -> None:
    view = screen_of(replace(HOME, place=OptionId("topic.documents")), CONTENT)
    assert [(t.key, t.option) for t in view.tiles] == [
        ("1", "topic.contract"),
        ("2", "topic.registration"),
    ]


def test_digits_are_seen_while_they_are_said_and_not_before_or_after() -> None:
    spoken = speech.place(replace(HOME, place=OptionId("topic.documents")), CONTENT)
    numbers = [
        screen_of(replace(HOME, spoken=spoken, position=(index, 0)), CONTENT).number
        for index in range(len(spoken))
    ]
    at = [s.prompt for s in spoken].index(NUMBER)
    assert numbers == [None] * at + ["102"] + [None] * (len(spoken) - at - 1)


def test_the_telling_goes_on_bead_by_bead_and_a_number_is_one_bead() -> None:
    here = replace(HOME, place=OptionId("topic.documents"))
    spoken = speech.place(here, CONTENT)
    at = [s.prompt for s in spoken].index(PromptId("topic.documents.telling.1"))
    places = [(at - 1, 0), (at, 0), (at, 1), (at + 1, 0), (at + 1, 1), (at + 2, 0)]
    beads = [
        screen_of(replace(here, spoken=spoken, position=place), CONTENT).progress
        for place in places
    ]
    assert beads == [None, (0, 3), (1, 3), (2, 3), (2, 3), None]
