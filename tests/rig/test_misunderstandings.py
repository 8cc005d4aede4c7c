"""When a visitor is silent, unclear, or says something else: the real program, by real sound."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rig.test_visits import (  # fixtures of the same rig
    Hearing,
    clips,
    content,
    guest,
    pytestmark,
    running,
)
from voicekiosk.commands.demo import PAUSE, speech
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.speech import system
from voicekiosk.core.types import KYRGYZ, RUSSIAN, OptionId
from voicekiosk.prompts import sound
from voicekiosk.prompts.store import ClipStore
from voicekiosk.virtual.visit import Visit

__all__ = ["clips", "content", "guest", "pytestmark", "running"]


@pytest.fixture
def waiting(guest: Visit, clips: ClipStore) -> Visit:
    """The visitor has pressed a key that stands for nothing here, and it is their turn."""
    before = len(guest.journal())
    hearing = Hearing(guest, clips)
    guest.screen.press("2")
    guest.wait_for_line(after=before, option="category.russia")
    guest.screen.press("1")
    guest.wait_for_line(after=before, option="topic.entry")
    guest.screen.press("6")
    hearing.waits_for(system("wrong_key"), KYRGYZ)
    guest.wait_for_silence(lasting=1.0)
    return guest


def test_silence_is_answered_when_the_prompt_has_ended_for_a_while(
    waiting: Visit, clips: ClipStore
) -> None:
    before = len(waiting.journal())
    hearing = Hearing(waiting, clips)
    waiting.wait_for_line(after=before, what="no_input")
    hearing.waits_for(system("no_input.1"), KYRGYZ)


def test_something_else_said_aloud_opens_nothing(waiting: Visit, clips: ClipStore) -> None:
    before = len(waiting.journal())
    pause = sound.samples_of(PAUSE)
    other = sound.samples_of(clips.clip(Spoken(system("goodbye"), RUSSIAN)).pcm)
    path = waiting.home / "something-else.wav"
    path.write_bytes(sound.encode(np.concatenate([pause, other, pause]), "wav"))
    waiting.handset.speak_file(path)
    answers = ("rejected", "asked")
    waiting.wait(
        lambda: any(line["what"] in answers for line in waiting.journal()[before:]), "an answer"
    )
    # Who goes on talking interrupts the answer: what is heard of it is another story.
    waiting.wait_for_silence(lasting=1.0)
    assert not [line for line in waiting.journal()[before:] if line["what"] == "chosen"]


def test_a_word_of_two_meanings_is_asked_about_and_a_key_answers(
    waiting: Visit, clips: ClipStore, content: Content
) -> None:
    before = len(waiting.journal())
    hearing = Hearing(waiting, clips)
    help_category = content.options[OptionId("category.help")]
    waiting.handset.speak_file(
        speech(help_category, KYRGYZ, content, waiting.home / "two-meanings.wav")
    )
    waiting.wait_for_line(after=before, what="asked")
    hearing.waits_for(system("confirm"), KYRGYZ)
    waiting.screen.press("1")
    answered = waiting.wait_for_line(after=before, what="chosen", means="key")
    assert answered["option"] in ("category.help", "command.help")
