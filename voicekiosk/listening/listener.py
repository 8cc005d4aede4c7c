"""The ear as the runtime uses it: told when to listen, on a thread of its own, it posts."""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from voicekiosk.core.content import Bands, Content, Meaning
from voicekiosk.core.endpointing import FRAME, SILENCE, Edge, Ended, Endpointer, Endpointing
from voicekiosk.core.messages import (
    Event,
    Heard,
    MicrophoneLost,
    MicrophoneRestored,
    SpeechStarted,
    Trouble,
    Utterance,
)
from voicekiosk.core.types import OptionId, Turn
from voicekiosk.listening.attention import Attention
from voicekiosk.listening.haste import Haste
from voicekiosk.listening.levels import levels
from voicekiosk.listening.orders import Learn, Order, sayable
from voicekiosk.listening.saying import Saying
from voicekiosk.ports import KioskError, Microphone, RecognitionError, Recognizer, VoiceDetector

log = logging.getLogger(__name__)

_WAITING = 250
"""Frames that may wait (5 s): a recognizer slower than that answers too late to matter."""
_METER_EVERY = 3
_FIRST_RETRY, _LAST_RETRY = round(2 / FRAME), round(60 / FRAME)
"""Frames until a recognizer that failed is tried again; the wait doubles each time."""
_CLEAR = 8.0
"""What stands less than this many dB above the noise and is not understood was too quiet."""


_Item = bytes | Order | Learn | bool | None


class Listener:
    """Hears one utterance after the other while it is told to, and posts what was heard.

    Everything from before ``listen`` and after ``stop`` is dropped unheard: an utterance never
    reaches the turn it was not meant for.

    Every frame first goes through ``clean``, which may take out what the kiosk says itself; it
    returns a frame of the same length, and when it fails it is done without. While ``playing``,
    what little the cleaning leaves must not interrupt: a voice is told of when it clearly is one.
    """

    def __init__(
        self,
        microphone: Microphone,
        recognizer: Recognizer,
        meanings: Mapping[str, tuple[Meaning, ...]],
        post: Callable[[Event], None],
        on_level: Callable[[float], None] = lambda level: None,
        on_noise: Callable[[float], None] = lambda noise: None,
        speaking_threshold: float = SILENCE,
        endpointing: Endpointing | None = None,
        *,
        bands: Bands | None = None,
        clean: Callable[[bytes], bytes] | None = None,
        playing: Callable[[], bool] = lambda: False,
        detector: VoiceDetector | None = None,
    ) -> None:
        self._microphone = microphone
        self._recognizer = recognizer
        self._meanings = meanings
        self._haste = Haste(meanings, bands or Bands())
        self._post = post
        self._on_level = on_level
        self._on_noise = on_noise
        self._clean = clean
        self._playing = playing
        self._attention = Attention(detector)
        self._endpointer = Endpointer(endpointing, speaking_threshold)
        settings = self._endpointer.settings
        self._items: queue.Queue[_Item] = queue.Queue()
        self._before: deque[bytes] = deque(
            maxlen=round((settings.pre_roll + settings.latest_voice) / FRAME)
        )
        self._settles_in = round((settings.longest_pause - settings.early + settings.onset) / FRAME)
        self._settling = 0
        """What begins within so many frames of a hasty answer is the rest of the same breath: it
        neither interrupts the kiosk nor is answered."""
        self._order = Order(None)
        self._asked = self._order
        self._saying: Saying | None = None
        self._lost = False
        self._broken = False
        self._retry_in = self._patience = _FIRST_RETRY
        self._meter = 0
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Learn the phrases and open the microphone. Raises RecognitionError or AudioError."""
        self._recognizer.learn(sayable(self._meanings))
        self._thread = threading.Thread(target=self._run, name="ear", daemon=True)
        self._thread.start()
        try:
            self._microphone.open(self._frame, self._items.put)
        except KioskError:
            self.close()
            raise

    def listen(self, turn: Turn, offered: Collection[OptionId] = ()) -> None:
        """From now on answer with this turn; the options on the screen are likelier."""
        self._items.put(Order(turn, frozenset(offered)))

    def stop(self) -> None:
        """Stop listening and forget what is being said."""
        self._items.put(Order(None))

    def learn(self, content: Content) -> None:
        """Listen for the phrases of new content."""
        self._items.put(Learn(content))

    def close(self) -> None:
        self._microphone.close()
        self._items.put(None)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(5)
        self._thread = None

    def _frame(self, frame: bytes) -> None:
        # On the audio thread: nothing but putting it into the queue.
        if self._items.qsize() < _WAITING:
            self._items.put(frame)

    def _run(self) -> None:
        while (item := self._items.get()) is not None:
            try:
                self._take(item)
            except RecognitionError as error:
                self._fail(error)
            except Exception as error:
                log.exception("the ear stumbled")
                self._fail(
                    RecognitionError(
                        f"the recognizer failed ({type(error).__name__})",
                        "It is tried again; restart the kiosk when that does not help.",
                    )
                )

    def _take(self, item: bytes | Order | Learn | bool) -> None:
        match item:
            case bool():
                self._microphone_changed(item)
            case bytes():
                self._hear(item)
            case Order():
                self._obey(item)
            case Learn(content):
                self._abandon()
                self._meanings = content.meanings()
                self._haste = Haste(self._meanings, content.bands)
                self._relearn()

    def _obey(self, order: Order) -> None:
        self._order = order
        if order.turn is None:
            self._abandon()
            self._before.clear()
        # What is being said right now keeps its turn: it was said to the screen of that turn.

    def _microphone_changed(self, there: bool) -> None:
        self._abandon()
        self._before.clear()
        if there == self._lost:
            self._lost = not there
            if not self._broken:
                self._post(MicrophoneRestored() if there else MicrophoneLost())

    def _hear(self, frame: bytes) -> None:
        frame = self._cleaned(frame)
        level, peak = levels(frame)
        self._meter = (self._meter + 1) % _METER_EVERY
        if self._meter == 0:
            self._on_level(level)
            if not self._playing():
                self._on_noise(self._endpointer.noise)
        if self._order.turn is None or self._broken:
            # The room is learnt all the time, so that the first word finds the floor known.
            self._endpointer.overhear(level)
            if self._broken:
                self._wait_and_retry()
            return
        needed = self._endpointer.worth_a_look(level)
        voiced = self._attention.voiced(frame, self._before, needed)
        edge = self._endpointer.hear(level, peak, voiced)
        if self._saying is not None:
            self._saying.accept(frame, self._endpointer.silent or edge is Edge.ENDED)
            if self._saying.clearly_a_voice:
                self._announce(self._saying)
            self._consider(self._saying, edge)
            return
        self._before.append(frame)
        if edge is Edge.STARTED and self._order.turn is not None and not self._settling:
            self._begin()
        self._settling = max(self._settling - 1, 0)

    def _cleaned(self, frame: bytes) -> bytes:
        if self._clean is None:
            return frame
        try:
            return self._clean(frame)
        except Exception:
            log.exception("frames can no longer be cleaned: they are heard as they are")
            self._clean = None
            return frame

    def _begin(self) -> None:
        self._asked = self._order
        here = {
            phrase
            for phrase, readings in self._meanings.items()
            if any(meaning.option in self._asked.offered for meaning in readings)
        }
        frames = list(self._before)[-self._endpointer.began :]
        self._before.clear()
        self._saying = Saying(self._recognizer, here, frames)
        if not self._playing():
            self._announce(self._saying)

    def _announce(self, saying: Saying) -> None:
        if not saying.announced and self._asked.turn is not None:
            saying.announced = True
            self._post(SpeechStarted(self._asked.turn))

    def _consider(self, saying: Saying, edge: Edge | None) -> None:
        """Answer as soon as more silence would add nothing but waiting."""
        here = self._asked.offered
        spoilt = self._endpointer.trouble is not None
        hasty = saying.worth_a_try and not spoilt
        match edge:
            case Edge.LULLED if hasty:
                saying.judged()
            case Edge.HUSHED if hasty and self._haste.certain(saying.judged(), here):
                self._answer(saying, self._endpointer.end())
                self._settling = self._settles_in
            case Edge.PAUSED if spoilt or (hasty and self._haste.likely(saying.judged(), here)):
                self._answer(saying, self._endpointer.end())
            case Edge.ENDED if self._endpointer.ended is not None:
                self._answer(saying, self._endpointer.ended)

    def _answer(self, saying: Saying, ended: Ended) -> None:
        turn, here = self._asked.turn, self._asked.offered
        self._saying = None
        # Whatever comes next may begin at once.
        self._before.extend(saying.last(round(self._endpointer.settings.early / FRAME)))
        if turn is None:
            return
        if not saying.announced and not self._haste.understood(saying.judged(), here):
            return
        self._announce(saying)
        if ended.trouble is not None:
            utterance = Utterance(speech=ended.speech, trouble=ended.trouble)
        else:
            utterance = saying.judged()
            self._patience = _FIRST_RETRY
            if ended.clearance < _CLEAR and not self._haste.understood(utterance, here):
                utterance = replace(utterance, candidates=(), trouble=Trouble.TOO_QUIET)
        self._post(Heard(turn, utterance))

    def _abandon(self) -> None:
        self._endpointer.reset()
        self._saying = None

    def _fail(self, error: RecognitionError) -> None:
        """An ear that cannot understand is no ear: the dialogue goes on with touch and keys."""
        log.log(logging.DEBUG if self._broken else logging.ERROR, "%s. %s", error.what, error.mend)
        self._abandon()
        self._retry_in = self._patience
        self._patience = min(self._patience * 2, _LAST_RETRY)
        if not self._broken:
            self._broken = True
            if not self._lost:
                self._post(MicrophoneLost())

    def _wait_and_retry(self) -> None:
        """Time is counted in frames: without a microphone there is nothing to hurry for."""
        self._retry_in -= 1
        if self._retry_in <= 0:
            self._relearn()

    def _relearn(self) -> None:
        self._recognizer.learn(sayable(self._meanings))
        if self._broken:
            self._broken = False
            log.warning("the recognizer works again")
            if not self._lost:
                self._post(MicrophoneRestored())
