"""The owner thread: one inbox, one deadline, and performing what the dialogue decides."""

from __future__ import annotations

import queue
import sys
import time
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol, assert_never

from voicekiosk.core import messages as m
from voicekiosk.core.content import Content
from voicekiosk.core.dialogue import VOLUME_STEPS, Session, advance
from voicekiosk.core.keys import event_for_key
from voicekiosk.core.screen import ScreenView
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.types import Clip, OptionId, Turn
from voicekiosk.ports import (
    AudioError,
    Clips,
    Display,
    DisplayError,
    Journal,
    KioskError,
    Player,
    PromptError,
)

READING_SECONDS_PER_LETTER = 0.08
"""A caption without sound stays as long as a slow reader needs."""
VOLUME_STEP_DB = 3.0


class Ear(Protocol):
    """The microphone and the recognizer as one: told when to listen, answers by posting."""

    def open(self) -> None: ...
    def listen(self, turn: Turn, offered: Collection[OptionId]) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...


def gain(step: int) -> float:
    """The loudest step is 1.0; every step below is 3 dB softer."""
    return float(10 ** (-VOLUME_STEP_DB * (VOLUME_STEPS - 1 - step) / 20))


def warn(error: KioskError) -> None:
    print(f"voicekiosk: {error}", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class _Key:
    """A pressed key: what it means depends on the screen at the time it is answered."""

    name: str


@dataclass(frozen=True, slots=True)
class _Attached:
    ear: Ear


@dataclass(frozen=True, slots=True)
class _Stop: ...


_Letter = m.Event | _Key | _Attached | _Stop


class Runtime:
    """Everything happens on the thread that calls ``run``; all others only post."""

    def __init__(
        self,
        content: Content,
        clips: Clips,
        player: Player,
        listener: Ear | None,
        display: Display,
        journal: Journal,
        clock: Callable[[], float] = time.monotonic,
        warn: Callable[[KioskError], None] = warn,
    ) -> None:
        self._content = content
        self._clips = clips
        self._player = player
        self._ear = listener
        self._display = display
        self._journal = journal
        self._clock = clock
        self._warn = warn
        self._warned: set[tuple[type[KioskError], str]] = set()
        self._inbox: queue.SimpleQueue[_Letter] = queue.SimpleQueue()
        self._session = Session(locale=content.locales[0], microphone_lost=listener is None)
        self._view: ScreenView | None = None
        self._deadline: tuple[float, Turn] | None = None
        self._reading: tuple[float, Turn] | None = None
        self._unread: tuple[float, Turn] | None = None
        self._held = False
        self._running = True

    # Any thread

    def post(self, event: m.Event) -> None:
        self._inbox.put(event)

    def press(self, key: str) -> None:
        self._inbox.put(_Key(key))

    def choose(self, option: OptionId) -> None:
        """A tile or bar button was touched."""
        self._inbox.put(m.Chosen(option, m.Means.TOUCH))

    def attach(self, listener: Ear) -> None:
        """The listener became ready after the start; until then the kiosk does not listen."""
        self._inbox.put(_Attached(listener))

    def stop(self) -> None:
        self._inbox.put(_Stop())

    # The owner thread

    @property
    def session(self) -> Session:
        return self._session

    def run(self) -> None:
        """Serve visitors until ``stop``; a fault in one event never ends the kiosk."""
        self.open()
        try:
            while self._running:
                try:
                    self.pump(self._inbox.get(timeout=self._patience()))
                except queue.Empty:
                    self.pump()
                except Exception:  # the kiosk stands unattended: say what broke, serve on
                    traceback.print_exc()
                    overdue = self._clock() + self._content.timing.overdue
                    self._deadline = self._deadline or (overdue, self._session.turn)
        finally:
            self.close()

    def open(self) -> None:
        """Show the first screen, then open the loudspeaker."""
        self._show()
        try:
            self._player.open(self._speaker_changed)
            self._player.volume = gain(self._session.volume)
        except AudioError as error:
            self._complain(error)
            self.step(m.SpeakerLost())

    def close(self) -> None:
        self._deadline = self._reading = None
        self._player.stop()
        if self._ear:
            self._ear.stop()
            self._ear.close()

    def pump(self, first: _Letter | None = None) -> None:
        """Answer everything that has arrived and every time that has come."""
        letter = first
        while self._running:
            if letter is not None:
                self._answer(letter)
            try:
                letter = self._inbox.get_nowait()
            except queue.Empty:
                due = self._due()
                if due is None:
                    return
                letter = due

    def step(self, event: m.Event) -> None:
        """Let the dialogue decide about one event, and do what it decided."""
        step = advance(self._session, event, self._content)
        self._session = step.session
        for effect in step.effects:
            try:
                self._perform(effect)
            except KioskError as error:
                # What failed is missing; the rest, above all the deadline, still happens.
                self._complain(error)
        self._show()

    def _answer(self, letter: _Letter) -> None:
        match letter:
            case _Stop():
                self._running = False
            case _Attached(ear):
                self._ear = ear
                self.step(m.MicrophoneRestored())
            case _Key(name):
                view = self._view or screen_of(self._session, self._content)
                event = event_for_key(name, view, self._session.handset)
                if event is not None:
                    self.step(event)
            case _:
                self.step(letter)

    def _due(self) -> m.Event | None:
        now = self._clock()
        if self._reading and self._reading[0] <= now:
            _, turn = self._reading
            self._reading = None
            return m.PromptEnded(turn)
        if self._deadline and self._deadline[0] <= now:
            _, turn = self._deadline
            self._deadline = None
            return m.DeadlinePassed(turn)
        return None

    def _patience(self) -> float | None:
        times = [timer[0] for timer in (self._deadline, self._reading) if timer]
        return max(0.0, min(times) - self._clock()) if times else None

    def _perform(self, effect: m.Effect) -> None:
        match effect:
            case m.Say():
                self._say(effect)
            case m.Hush():
                self._hush()
            case m.HoldSpeech():
                self._hold(True)
            case m.ResumeSpeech():
                self._hold(False)
            case m.Listen(turn, offered):
                if self._ear:
                    self._ear.listen(turn, offered)
            case m.StopListening():
                if self._ear:
                    self._ear.stop()
            case m.Deadline(turn, after):
                self._deadline = None if after is None else (self._clock() + after, turn)
            case m.SetVolume(step):
                self._player.volume = gain(step)
            case m.Record():
                self._journal.record(effect)
            case _:
                assert_never(effect)

    def _say(self, say: m.Say) -> None:
        found: list[tuple[int, Clip]] = []
        for index, spoken in enumerate(say.spoken):
            try:
                found.append((index, self._clips.clip(spoken)))
            except PromptError as error:
                self._complain(error)
        if not found:
            self._leave_to_read(say)
            return
        places = [index for index, _ in found]

        def on_sentence(clip: int, sentence: int) -> None:
            self.post(m.SentenceStarted(say.turn, places[clip], sentence))

        try:
            self._player.play(
                [clip for _, clip in found],
                on_sentence,
                lambda: self.post(m.PromptEnded(say.turn)),
            )
        except AudioError as error:
            self._complain(error)
            self.post(m.SpeakerLost())

    def _leave_to_read(self, say: m.Say) -> None:
        letters = sum(
            len(sentence)
            for spoken in say.spoken
            for sentence in self._content.prompts[spoken.prompt][spoken.locale]
        )
        self._reading = (self._clock() + letters * READING_SECONDS_PER_LETTER, say.turn)

    def _hush(self) -> None:
        self._reading = self._unread = None
        self._player.stop()
        if self._held:
            self._held = False
            self._player.hold(False)

    def _hold(self, held: bool) -> None:
        now = self._clock()
        if held and self._reading:
            ends, turn = self._reading
            self._unread, self._reading = (ends - now, turn), None
        elif not held and self._unread:
            left, turn = self._unread
            self._reading, self._unread = (now + left, turn), None
        self._held = held
        self._player.hold(held)

    def _show(self) -> None:
        view = screen_of(self._session, self._content)
        if view == self._view:
            return
        self._view = view
        try:
            self._display.show(view)
        except DisplayError as error:
            self._complain(error)

    def _speaker_changed(self, works: bool) -> None:
        self.post(m.SpeakerRestored() if works else m.SpeakerLost())

    def _complain(self, error: KioskError) -> None:
        """Say each trouble once: a full disk must not fill the log as well."""
        if (type(error), error.what) not in self._warned:
            self._warned.add((type(error), error.what))
            self._warn(error)
