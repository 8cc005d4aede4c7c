"""Synthetic people answer the real ear: quickly, in noise, with pauses, too softly, too loudly."""

from pathlib import Path

import pytest

from voicekiosk.audio.voice_activity import SileroVoice
from voicekiosk.core.content import Meaning
from voicekiosk.core.endpointing import Endpointing
from voicekiosk.core.messages import Heard, SpeechStarted, Trouble, Utterance
from voicekiosk.core.types import KYRGYZ, OptionId, Seconds
from voicekiosk.recognition.vosk_recognizer import VoskRecognizer

from .room import Room
from .sounds import (
    Sound,
    at,
    breath,
    crowd,
    fan,
    frames,
    hiss,
    hum,
    knock,
    over,
    say,
    seconds_of,
)

PHRASES = (
    *("документтер", "депортация", "элчилик", "кыргызча", "өмүргө коркунуч", "башкы бет"),
    *("паспорт", "паспорт жоголду", "балдар мектеп", "каттоо", "медкароо"),
)
MEANINGS = {phrase: (Meaning(OptionId(f"topic.{phrase}"), KYRGYZ),) for phrase in PHRASES}
MODEL = Path(__file__).parents[2] / "models" / "vosk-ky"
STEADY = 3.0
"""Seconds of the room's own noise before anybody speaks: the ear is open all day."""


class SchooledRecognizer(VoskRecognizer):
    """Has learnt its phrases before the first test: they are the same in all."""

    def learn(self, phrases) -> None:
        if not self._phrases:
            super().learn(phrases)


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory) -> VoskRecognizer:
    return SchooledRecognizer(MODEL, tmp_path_factory.mktemp("models"))


@pytest.fixture
def room(recognizer) -> Room:
    return Room(recognizer, MEANINGS, detector=SileroVoice())


def heard_in(room: Room, noise: Sound, said: Sound) -> tuple[float, Utterance]:
    """What is said after STEADY seconds of a noise that goes on: delay of the answer, answer."""
    room.listen_to(*frames(over(noise, (STEADY, said))))
    when, utterance = room.answer()
    return when - STEADY - seconds_of(said), utterance


def best(utterance: Utterance) -> str | None:
    return utterance.candidates[0].phrase if utterance.candidates else None


@pytest.mark.parametrize("phrase", ["документтер", "каттоо", "өмүргө коркунуч"])
def test_a_clear_phrase_is_answered_within_a_quarter_of_a_second(room, phrase):
    delay, utterance = heard_in(room, hiss(STEADY + 3), say(phrase))
    assert best(utterance) == phrase
    assert -0.05 < delay < 0.25


def test_passport_is_not_taken_before_it_is_clear_that_it_is_not_lost(room):
    delay, utterance = heard_in(room, hiss(STEADY + 3), say("паспорт"))
    assert best(utterance) == "паспорт"
    assert 0.3 < delay < 0.5


def test_a_lost_passport_is_one_answer_even_with_a_pause_in_it(room):
    quiet = hiss(STEADY + 4)
    first, second = say("паспорт"), say("жоголду")
    pause = STEADY + seconds_of(first) + 0.3
    room.listen_to(*frames(over(quiet, (STEADY, first), (pause, second))))
    assert best(room.answer()[1]) == "паспорт жоголду"


@pytest.mark.parametrize(("before", "after"), [("документ", "тер"), ("депорт", "ация")])
def test_a_catch_of_breath_within_a_word_does_not_cut_it(room, before, after):
    first, second = say(before), say(after)
    again = STEADY + seconds_of(first) + 0.13
    room.listen_to(*frames(over(hiss(STEADY + 3), (STEADY, first), (again, second))))
    assert [type(event) for event in room.end()] == [SpeechStarted, Heard]


@pytest.mark.parametrize("noise", [hum, fan], ids=["hum", "fan"])
def test_a_steady_noise_is_nobody_and_a_voice_in_it_is_understood(room, noise):
    delay, utterance = heard_in(room, noise(STEADY + 3), say("документтер"))
    assert best(utterance) == "документтер"
    assert delay < 0.4


def test_a_hall_full_of_people_is_nobody_and_the_one_at_the_handset_is_understood(room):
    delay, utterance = heard_in(room, crowd(STEADY + 3, level=-44), say("документтер"))
    assert best(utterance) == "документтер"
    assert delay < 0.6


def test_a_louder_hall_may_drown_the_word_but_is_never_believed_to_say_another(room):
    room.listen_to(*frames(over(crowd(STEADY + 3, level=-38), (STEADY, say("документтер")))))
    for heard in [event for event in room.end() if isinstance(event, Heard)]:
        sure = [c for c in heard.utterance.candidates if c.confidence > 0.5]
        assert all(c.phrase == "документтер" for c in sure)


@pytest.mark.parametrize("sound", [knock(), breath()], ids=["knock", "breath"])
def test_knocks_and_breath_are_nobody(room, sound):
    room.listen_to(*frames(over(hiss(6), (STEADY, sound), (STEADY + 1, sound))))
    assert room.end() == []


def test_a_knock_before_the_word_does_not_spoil_it(room):
    quiet = over(hiss(STEADY + 3), (STEADY - 0.5, knock()))
    assert best(heard_in(room, quiet, say("документтер"))[1]) == "документтер"


def test_who_is_hardly_louder_than_the_fan_is_asked_to_come_closer(room):
    noise = fan(STEADY + 3, level=-30)
    assert heard_in(room, noise, at(-29, say("документтер")))[1].trouble is Trouble.TOO_QUIET


def test_who_whispers_in_a_quiet_room_is_asked_to_come_closer(room):
    assert heard_in(room, hiss(STEADY + 3), at(-52, say("документтер")))[1].trouble is (
        Trouble.TOO_QUIET
    )


def test_who_shouts_is_asked_to_speak_softer_in_noise_too(room):
    shout = at(4, say("документтер"))
    assert heard_in(room, fan(STEADY + 3), shout)[1].trouble is Trouble.TOO_LOUD


def test_who_talks_on_and_on_is_told_so_in_noise_too(recognizer):
    """Four seconds stand for eight, to spare the processor."""
    patience = Endpointing(longest=Seconds(4))
    room = Room(recognizer, MEANINGS, detector=SileroVoice(), endpointing=patience)
    talk = say("бүгүн аба ырайы жакшы болот анан биз базарга барабыз ошол жерден нан алабыз")
    room.listen_to(*frames(over(fan(STEADY + 4.5), (STEADY, talk))))
    heard = [event for event in room.end() if isinstance(event, Heard)]
    assert heard[0].utterance.trouble is Trouble.TOO_LONG
