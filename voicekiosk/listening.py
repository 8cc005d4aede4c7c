"""The ear: microphone frames to utterances, on a thread of its own."""

from __future__ import annotations

import array
import logging
import math
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from voicekiosk.core.content import Content, Meaning
from voicekiosk.core.endpointing import FRAME, SILENCE, Edge, Endpointer, Endpointing
from voicekiosk.core.messages import (
    Event,
    Heard,
    MicrophoneLost,
    MicrophoneRestored,
    SpeechStarted,
    Utterance,
)
from voicekiosk.core.types import Locale, OptionId, Turn
from voicekiosk.ports import KioskError, Microphone, RecognitionError, Recognizer

log = logging.getLogger(__name__)

_WAITING = 250
"""Frames that may wait (5 s): a recognizer slower than that answers too late to matter."""
_FULL_SCALE = 32768.0
_METER_EVERY = 3


@dataclass(frozen=True, slots=True)
class _Order:
    """Listen and answer with this turn, or (turn None) do not listen."""

    turn: Turn | None
    offered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Learn:
    meanings: Mapping[str, tuple[Meaning, ...]]


_Item = bytes | _Order | _Learn | bool | None


class Listener:
    """Hears one utterance after the other while it is told to, and posts what was heard.

    Everything from before ``listen`` and after ``stop`` is dropped unheard: an utterance never
    reaches the turn it was not meant for.
    """

    def __init__(
        self,
        microphone: Microphone,
        recognizer: Recognizer,
        meanings: Mapping[str, tuple[Meaning, ...]],
        post: Callable[[Event], None],
        on_level: Callable[[float], None] = lambda level: None,
        speaking_threshold: float = SILENCE,
        endpointing: Endpointing | None = None,
    ) -> None:
        self._microphone = microphone
        self._recognizer = recognizer
        self._meanings = meanings
        self._post = post
        self._on_level = on_level
        self._endpointer = Endpointer(endpointing, speaking_threshold)
        self._items: queue.Queue[_Item] = queue.Queue()
        self._before: deque[bytes] = deque(
            maxlen=round(
                (self._endpointer.settings.pre_roll + self._endpointer.settings.onset) / FRAME
            )
        )
        self._turn: Turn | None = None
        self._order = _Order(None)
        self._lost = False
        self._broken = False
        self._meter = 0
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Learn the phrases and open the microphone. Raises RecognitionError or AudioError."""
        self._recognizer.learn(_sayable(self._meanings))
        self._thread = threading.Thread(target=self._run, name="ear", daemon=True)
        self._thread.start()
        try:
            self._microphone.open(self._frame, self._items.put)
        except KioskError:
            self.close()
            raise

    def listen(self, turn: Turn, offered: Collection[OptionId] = ()) -> None:
        """From now on answer with this turn; the options on the screen are likelier."""
        here = frozenset(
            phrase
            for phrase, readings in self._meanings.items()
            if any(meaning.option in offered for meaning in readings)
        )
        self._items.put(_Order(turn, here))

    def stop(self) -> None:
        """Stop listening and forget what is being said."""
        self._items.put(_Order(None))

    def learn(self, content: Content) -> None:
        """Listen for the phrases of new content."""
        self._meanings = content.meanings()
        self._items.put(_Learn(self._meanings))

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
                        f"the recognizer failed ({type(error).__name__})", "Restart the kiosk."
                    )
                )

    def _take(self, item: bytes | _Order | _Learn | bool) -> None:
        match item:
            case bool():
                self._microphone_changed(item)
            case bytes():
                self._hear(item)
            case _Order():
                self._obey(item)
            case _Learn():
                self._abandon()
                self._recognizer.learn(_sayable(item.meanings))
                if self._broken:
                    self._broken = False
                    self._post(MicrophoneRestored())

    def _obey(self, order: _Order) -> None:
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
        level, peak = levels(frame)
        self._meter = (self._meter + 1) % _METER_EVERY
        if self._meter == 0:
            self._on_level(level)
        if self._order.turn is None or self._broken:
            # The room is learnt all the time, so that the first word finds the floor known.
            self._endpointer.overhear(level)
            return
        edge = self._endpointer.hear(level, peak)
        if edge is Edge.STARTED:
            self._turn = self._order.turn
            self._recognizer.begin(self._order.offered)
            for earlier in (*self._before, frame):
                self._recognizer.accept(earlier)
            self._before.clear()
            self._post(SpeechStarted(self._turn))
        elif self._endpointer.speaking:
            self._recognizer.accept(frame)
        elif edge is Edge.ENDED:
            self._answer()
        else:
            self._before.append(frame)

    def _answer(self) -> None:
        ended, turn = self._endpointer.ended, self._turn
        self._turn = None
        if ended is None or turn is None:
            return
        if ended.trouble is not None:
            utterance = Utterance(speech=ended.speech, trouble=ended.trouble)
        else:
            utterance = self._recognizer.finish()
        self._post(Heard(turn, utterance))

    def _abandon(self) -> None:
        self._endpointer.reset()
        self._turn = None

    def _fail(self, error: RecognitionError) -> None:
        """An ear that cannot understand is no ear: the dialogue goes on with touch and keys."""
        log.error("%s. %s", error.what, error.mend)
        self._abandon()
        if not self._broken:
            self._broken = True
            if not self._lost:
                self._post(MicrophoneLost())


def _sayable(meanings: Mapping[str, tuple[Meaning, ...]]) -> set[tuple[str, Locale]]:
    return {(phrase, meaning.locale) for phrase, many in meanings.items() for meaning in many}


def levels(frame: bytes) -> tuple[float, float]:
    """The level and the peak of a frame in dBFS."""
    samples = array.array("h", frame[: len(frame) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples:
        return SILENCE, SILENCE
    mean = sum(s * s for s in samples) / len(samples)
    return _decibels(math.sqrt(mean)), _decibels(max(map(abs, samples)))


def _decibels(amplitude: float) -> float:
    return max(20 * math.log10(max(amplitude, 0.5) / _FULL_SCALE), SILENCE)
