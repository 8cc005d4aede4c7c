"""A room with an ear in it, where time passes only as frames are heard."""

import queue
import threading

from voicekiosk.core.content import Meaning
from voicekiosk.core.messages import Candidate, Event, Heard, Utterance
from voicekiosk.core.types import KYRGYZ, OptionId, Seconds, Turn
from voicekiosk.listening import Listener
from voicekiosk.ports import FRAME_SAMPLES, AudioError, RecognitionError

WORK = OptionId("topic.work")
PASSPORT, LOST = OptionId("topic.passport"), OptionId("topic.lost_passport")
MEANINGS = {
    "жумуш": (Meaning(WORK, KYRGYZ),),
    "паспорт": (Meaning(PASSPORT, KYRGYZ),),
    "паспорт жоголду": (Meaning(LOST, KYRGYZ),),
}
QUIET = b"\x05\x00\xfb\xff" * (FRAME_SAMPLES // 2)
VOICE = b"\x00\x10\x00\xf0" * (FRAME_SAMPLES // 2)
LOUD = b"\xff\x7f\x01\x80" * (FRAME_SAMPLES // 2)
WORD = [VOICE] * 40
SILENCE = [QUIET] * 50
PATIENCE = 30.0


class TapeMicrophone:
    """Plays what the test hands it, each frame when the one before it was taken."""

    def __init__(self, missing: bool = False) -> None:
        self.missing = missing
        self.closed = False
        self.played = 0
        self._taken = threading.Semaphore(0)

    def open(self, on_frame, on_change) -> None:
        if self.missing:
            raise AudioError("there is no microphone", "Plug one in.")
        self.on_frame, self.on_change = on_frame, on_change

    def close(self) -> None:
        self.closed = True

    def play(self, *frames: bytes) -> None:
        for frame in frames:
            self.on_frame(frame)
            assert self._taken.acquire(timeout=PATIENCE), "the ear hangs"

    def taken(self, frame: bytes) -> bytes:
        """Stands where an echo canceller would: sees each frame as the ear takes it."""
        self.played += 1
        self._taken.release()
        return frame


class CountingRecognizer:
    """Answers as it is told to; refuses to be used out of order."""

    def __init__(self, *hears: tuple[str, float], fails: int = 0) -> None:
        self.hears = list(hears)
        self.fails = fails
        self.learnt = 0
        self.frames = -1
        self.offered: list[set[str]] = []
        self.given: list[int] = []
        """How many frames each answer was made from."""

    def learn(self, phrases) -> None:
        self.phrases = set(phrases)
        self.learnt += 1

    def begin(self, offered) -> None:
        self.frames = 0
        self.offered.append(set(offered))

    def accept(self, frame: bytes) -> None:
        assert self.frames >= 0, "accept before begin"
        self.frames += 1

    def finish(self) -> Utterance:
        assert self.frames >= 0, "finish before begin"
        self.given.append(self.frames)
        self.frames = -1
        if self.fails:
            self.fails -= 1
            raise RecognitionError("the model is gone", "Install it again.")
        phrase, sure = self.hears.pop(0) if self.hears else ("жумуш", 0.9)
        return Utterance((Candidate(phrase, sure),), Seconds(1.0))


class Room:
    """Everything the ear posts, with the time at which it did, counted in seconds of sound."""

    def __init__(self, recognizer=None, meanings=MEANINGS, **how) -> None:
        self.inbox: queue.Queue[tuple[float, Event]] = queue.Queue()
        self.microphone = TapeMicrophone()
        self.recognizer = recognizer or CountingRecognizer()
        self.ear = Listener(
            *(self.microphone, self.recognizer, meanings, self._post),
            clean=self.microphone.taken,
            **how,
        )
        self.ear.open()

    def _post(self, event: Event) -> None:
        self.inbox.put((self.microphone.played * 0.02, event))

    def listen_to(self, *frames: bytes, turn: int = 1) -> None:
        self.ear.listen(Turn(turn))
        self.microphone.play(*frames)

    def timed(self) -> list[tuple[float, Event]]:
        """Everything posted, once the ear has heard all it was given."""
        self.ear.close()
        return list(self.inbox.queue)

    def end(self) -> list[Event]:
        return [event for _, event in self.timed()]

    def answer(self) -> tuple[float, Utterance]:
        """The one answer and its time."""
        ((at, heard),) = [(at, event) for at, event in self.timed() if isinstance(event, Heard)]
        return at, heard.utterance
