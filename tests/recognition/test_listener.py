"""The ear as the runtime uses it: told to listen and to stop, it posts what was heard."""

import queue

import pytest

from voicekiosk.core.content import Meaning
from voicekiosk.core.messages import (
    Candidate,
    Heard,
    MicrophoneLost,
    MicrophoneRestored,
    SpeechStarted,
    Trouble,
    Utterance,
)
from voicekiosk.core.types import KYRGYZ, OptionId, Seconds, Turn
from voicekiosk.listening import Listener, levels
from voicekiosk.ports import FRAME_SAMPLES, AudioError, RecognitionError

WORK = OptionId("topic.work")
MEANINGS = {"жумуш": (Meaning(WORK, KYRGYZ),)}
QUIET = b"\x05\x00\xfb\xff" * (FRAME_SAMPLES // 2)
VOICE = b"\x00\x10\x00\xf0" * (FRAME_SAMPLES // 2)
LOUD = b"\xff\x7f\x01\x80" * (FRAME_SAMPLES // 2)
WORD = [VOICE] * 40
SILENCE = [QUIET] * 50


class TapeMicrophone:
    """Plays frames that the test hands it."""

    def __init__(self, missing: bool = False) -> None:
        self.missing = missing
        self.closed = False

    def open(self, on_frame, on_change) -> None:
        if self.missing:
            raise AudioError("there is no microphone", "Plug one in.")
        self.on_frame, self.on_change = on_frame, on_change

    def close(self) -> None:
        self.closed = True

    def play(self, *frames: bytes) -> None:
        for frame in frames:
            self.on_frame(frame)


class CountingRecognizer:
    """Answers with how much it was given; refuses to be used out of order."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.frames = -1
        self.offered: list[set[str]] = []
        self.given = 0

    def learn(self, phrases) -> None:
        self.phrases = set(phrases)

    def begin(self, offered) -> None:
        self.frames = 0
        self.offered.append(set(offered))

    def accept(self, frame: bytes) -> None:
        assert self.frames >= 0, "accept before begin"
        self.frames += 1

    def finish(self) -> Utterance:
        self.given, self.frames = self.frames, -1
        if self.fails:
            self.fails -= 1
            raise RecognitionError("the model is gone", "Install it again.")
        return Utterance((Candidate("жумуш", 0.9),), Seconds(1.0))


class Room:
    def __init__(self, recognizer: CountingRecognizer | None = None) -> None:
        self.inbox: queue.Queue = queue.Queue()
        self.microphone = TapeMicrophone()
        self.recognizer = recognizer or CountingRecognizer()
        self.ear = Listener(self.microphone, self.recognizer, MEANINGS, self.inbox.put)
        self.ear.open()

    def end(self) -> list:
        """Everything posted, once the ear has heard all it was given."""
        self.ear.close()
        return list(self.inbox.queue)


def test_a_word_is_heard_with_the_turn_it_answers():
    room = Room()
    room.ear.listen(Turn(4), [WORK])
    room.microphone.play(*SILENCE, *WORD, *SILENCE)
    started, heard = room.end()
    assert started == SpeechStarted(Turn(4))
    assert heard.turn == Turn(4) and heard.utterance.candidates[0].phrase == "жумуш"
    assert room.recognizer.phrases == {("жумуш", KYRGYZ)}
    assert room.recognizer.offered == [{"жумуш"}]


def test_the_recognizer_gets_a_moment_from_before_the_word():
    room = Room()
    room.ear.listen(Turn(1))
    room.microphone.play(*SILENCE, *WORD, *SILENCE)
    room.end()
    assert 40 + 10 <= room.recognizer.given - 19 <= 40 + 16  # word + 0.2..0.3 s, less the ending


def test_nothing_said_before_listening_or_after_stopping_is_heard():
    room = Room()
    room.microphone.play(*SILENCE, *WORD, *SILENCE)
    room.ear.listen(Turn(1))
    room.microphone.play(*SILENCE)
    room.ear.stop()
    room.microphone.play(*WORD, *SILENCE)
    assert room.end() == []


def test_stopping_in_mid_word_drops_it_and_the_next_word_is_heard_alone():
    room = Room()
    room.ear.listen(Turn(1))
    room.microphone.play(*SILENCE, *WORD[:15])
    room.ear.stop()
    room.ear.listen(Turn(2))
    room.microphone.play(*SILENCE, *WORD, *SILENCE)
    events = room.end()
    assert [(type(e), e.turn) for e in events] == [
        (SpeechStarted, Turn(1)),
        (SpeechStarted, Turn(2)),
        (Heard, Turn(2)),
    ]


def test_a_word_begun_under_one_turn_never_answers_the_next():
    room = Room()
    room.ear.listen(Turn(1))
    room.microphone.play(*SILENCE, *WORD[:20])
    room.ear.listen(Turn(2))
    room.microphone.play(*WORD, *SILENCE)
    assert room.end()[-1].turn == Turn(1)


def test_a_shout_is_trouble_and_is_not_recognized():
    room = Room()
    room.ear.listen(Turn(1))
    room.microphone.play(*SILENCE, *[LOUD] * 40, *SILENCE)
    assert room.end()[-1].utterance.trouble is Trouble.TOO_LOUD
    assert room.recognizer.given == 0


def test_a_lost_microphone_is_posted_once_and_so_is_its_return():
    room = Room()
    for there in (False, False, True, True):
        room.microphone.on_change(there)
    assert room.end() == [MicrophoneLost(), MicrophoneRestored()]


def test_a_failing_recognizer_is_posted_as_a_lost_ear_and_the_thread_lives_on():
    room = Room(CountingRecognizer(fails=1))
    room.ear.listen(Turn(1))
    room.microphone.play(*SILENCE, *WORD, *SILENCE, *WORD, *SILENCE)
    events = room.end()
    assert events == [SpeechStarted(Turn(1)), MicrophoneLost()]


def test_without_a_microphone_opening_says_so():
    ear = Listener(TapeMicrophone(missing=True), CountingRecognizer(), MEANINGS, print)
    with pytest.raises(AudioError):
        ear.open()


def test_levels_are_in_decibels_below_full_scale():
    level, peak = levels(LOUD)
    assert level == pytest.approx(0, abs=0.01) and peak == pytest.approx(0, abs=0.01)
    assert levels(b"\x00\x00" * 320) == (-96.0, -96.0)
