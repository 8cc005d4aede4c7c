"""The ear as the runtime uses it: told to listen and to stop, it posts what was heard."""

import logging

import pytest

from voicekiosk.core.messages import (
    Heard,
    MicrophoneLost,
    MicrophoneRestored,
    SpeechStarted,
    Trouble,
)
from voicekiosk.core.types import KYRGYZ, Turn
from voicekiosk.listening import Listener, levels
from voicekiosk.ports import AudioError, RecognitionError

from .room import (
    LOUD,
    MEANINGS,
    QUIET,
    SILENCE,
    VOICE,
    WORD,
    WORK,
    CountingRecognizer,
    Room,
    TapeMicrophone,
)


def test_a_word_is_heard_with_the_turn_it_answers():
    room = Room()
    room.ear.listen(Turn(4), [WORK])
    room.microphone.play(*SILENCE, *WORD, *SILENCE)
    started, heard = room.end()
    assert started == SpeechStarted(Turn(4))
    assert heard.turn == Turn(4) and heard.utterance.candidates[0].phrase == "жумуш"
    assert room.recognizer.phrases == {(phrase, KYRGYZ) for phrase in MEANINGS}
    assert room.recognizer.offered == [{"жумуш"}]


def test_the_recognizer_gets_a_moment_from_before_the_word():
    room = Room()
    room.listen_to(*SILENCE, *WORD, *SILENCE)
    room.end()
    (given,) = room.recognizer.given
    assert 40 + 10 <= given - 5 <= 40 + 16  # the word and 0.2..0.3 s, less the silence after it


def test_nothing_said_before_listening_or_after_stopping_is_heard():
    room = Room()
    room.microphone.play(*SILENCE, *WORD, *SILENCE)
    room.listen_to(*SILENCE)
    room.ear.stop()
    room.microphone.play(*WORD, *SILENCE)
    assert room.end() == []


def test_stopping_in_mid_word_drops_it_and_the_next_word_is_heard_alone():
    room = Room()
    room.listen_to(*SILENCE, *WORD[:15])
    room.ear.stop()
    room.listen_to(*SILENCE, *WORD, *SILENCE, turn=2)
    assert [(type(e), e.turn) for e in room.end()] == [
        (SpeechStarted, Turn(1)),
        (SpeechStarted, Turn(2)),
        (Heard, Turn(2)),
    ]


def test_a_word_begun_under_one_turn_never_answers_the_next():
    room = Room()
    room.listen_to(*SILENCE, *WORD[:20])
    room.listen_to(*WORD, *SILENCE, turn=2)
    assert room.end()[-1].turn == Turn(1)


def test_a_shout_is_trouble_and_is_not_recognized():
    room = Room()
    room.listen_to(*SILENCE, *[LOUD] * 40, *SILENCE)
    assert room.answer()[1].trouble is Trouble.TOO_LOUD
    assert room.recognizer.given == []


def test_a_lost_microphone_is_posted_once_and_so_is_its_return():
    room = Room()
    for there in (False, False, True, True):
        room.microphone.on_change(there)
    assert room.end() == [MicrophoneLost(), MicrophoneRestored()]


def test_a_failing_recognizer_is_a_lost_ear_and_is_back_two_seconds_later():
    room = Room(CountingRecognizer(fails=1))
    room.listen_to(*SILENCE, *WORD, *SILENCE)
    room.listen_to(*SILENCE, *SILENCE, *SILENCE, *WORD, *SILENCE, turn=2)
    (_, began), (t1, lost), (t2, back), (_, again), (_, heard) = room.timed()
    assert (began, lost) == (SpeechStarted(Turn(1)), MicrophoneLost())
    assert (back, again) == (MicrophoneRestored(), SpeechStarted(Turn(2)))
    assert t2 - t1 == pytest.approx(2.0, abs=0.05)
    assert heard.utterance.candidates[0].phrase == "жумуш"


class BrokenForGood(CountingRecognizer):
    """Learns once, and never again."""

    def learn(self, phrases) -> None:
        super().learn(phrases)
        if self.learnt > 1:
            raise RecognitionError("the model is gone", "Install it again.")


def test_a_recognizer_that_stays_broken_is_tried_less_and_less_often_and_logged_once(caplog):
    room = Room(BrokenForGood(fails=1))
    room.listen_to(*SILENCE, *WORD, *SILENCE, *[QUIET] * (125 * 50))
    assert room.end() == [SpeechStarted(Turn(1)), MicrophoneLost()]
    assert room.recognizer.learnt == 1 + 6  # after 2, 6, 14, 30, 62 and 122 seconds
    said = [record.levelname for record in caplog.records if record.levelno > logging.DEBUG]
    assert said == ["ERROR"]


def test_a_recognizer_is_not_back_while_the_microphone_is_away():
    room = Room(CountingRecognizer(fails=1))
    room.listen_to(*SILENCE, *WORD, *SILENCE)
    room.microphone.on_change(False)
    room.microphone.play(*SILENCE * 3)
    room.microphone.on_change(True)
    assert room.end() == [SpeechStarted(Turn(1)), MicrophoneLost(), MicrophoneRestored()]


class WakefulDetector:
    """Calls everything a voice, counts its work, and breaks down after so many frames."""

    def __init__(self, breaks_after: int = 10_000) -> None:
        self.left = breaks_after
        self.asked = 0
        self.forgot = 0

    def voiced(self, frame: bytes) -> bool:
        self.asked += 1
        self.left -= 1
        if self.left < 0:
            raise OSError("the model file is gone")
        return True

    def forget(self) -> None:
        self.forgot += 1


def test_a_detector_rests_while_nobody_speaks():
    detector = WakefulDetector()
    room = Room(detector=detector)
    room.listen_to(*SILENCE * 10)
    assert detector.asked == 0
    room.microphone.play(*WORD, *SILENCE)
    assert room.answer()[1].candidates
    assert 40 < detector.asked < 120 and detector.forgot == 1


def test_a_detector_that_fails_is_done_without_and_warned_of_once(caplog):
    room = Room(detector=WakefulDetector(breaks_after=50))
    room.listen_to(*SILENCE, *WORD, *SILENCE, *WORD, *SILENCE)
    assert [type(e) for e in room.end()] == [SpeechStarted, Heard] * 2
    assert [r.levelname for r in caplog.records] == ["WARNING"]


def test_a_cleaner_that_fails_is_done_without_and_logged_once(caplog):
    def broken(frame: bytes) -> bytes:
        raise OSError("the canceller crashed")

    microphone = TapeMicrophone()
    heard: list = []
    ear = Listener(microphone, CountingRecognizer(), MEANINGS, heard.append, clean=broken)
    ear.open()
    ear.listen(Turn(1))
    for frame in (*SILENCE, *WORD, *SILENCE):
        microphone.on_frame(frame)
    ear.close()
    assert [type(event) for event in heard] == [SpeechStarted, Heard]
    assert len(caplog.records) == 1


def test_without_a_microphone_opening_says_so():
    ear = Listener(TapeMicrophone(missing=True), CountingRecognizer(), MEANINGS, print)
    with pytest.raises(AudioError):
        ear.open()


def test_levels_are_in_decibels_below_full_scale():
    level, peak = levels(LOUD)
    assert level == pytest.approx(0, abs=0.01) and peak == pytest.approx(0, abs=0.01)
    assert levels(b"\x00\x00" * 320) == (-96.0, -96.0)


def test_a_constant_offset_is_no_sound():
    assert levels(b"\x00\x10" * 320)[0] == -96.0
    assert levels(VOICE)[0] > -20


@pytest.mark.parametrize("playing", [False, True])
def test_the_noise_of_the_hall_is_told_of_while_the_kiosk_is_silent(playing):
    noises = []
    room = Room(on_noise=noises.append, playing=lambda: playing)
    room.listen_to(*[QUIET] * 30)
    room.end()
    assert bool(noises) is not playing
    assert all(noise < -50 for noise in noises)
