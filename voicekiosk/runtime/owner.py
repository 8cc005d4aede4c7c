"""Answers one letter after the other and performs what the dialogue decides about it."""

from __future__ import annotations

import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable, Collection
from typing import Protocol, assert_never

from voicekiosk.core import messages as m
from voicekiosk.core.content import Content
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.keys import event_for_key
from voicekiosk.core.screen import ScreenView
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import Step, forget
from voicekiosk.core.turns import wipe
from voicekiosk.core.types import OptionId, Turn
from voicekiosk.ports import AudioError, Clips, Display, DisplayError, Journal, KioskError, Player
from voicekiosk.runtime.loan import Loan
from voicekiosk.runtime.pieces import Stretch
from voicekiosk.runtime.speech import Speech, Work
from voicekiosk.runtime.timers import Letter, Timers
from voicekiosk.runtime.volume import Volume

DOUBLE_PRESS = 0.5
"""The same key again sooner than this is a trembling hand, not a second wish."""
DOUBLE_DIGIT = 0.25
"""While a date is typed two alike may follow each other, as in the eleventh; fingers that tremble
strike again sooner, and each digit is said, so that one too many is noticed."""
SPEAKER_RETRY_SECONDS = 5.0
"""A loudspeaker that was missing at the start may be plugged in at any time."""


class Ear(Protocol):
    """The microphone and the recognizer as one: told when to listen, answers by posting."""

    def open(self) -> None: ...
    def listen(self, turn: Turn, offered: Collection[OptionId]) -> None: ...
    def stop(self) -> None: ...
    def learn(self, content: Content) -> None: ...
    def close(self) -> None: ...


def warn(error: KioskError) -> None:
    print(f"voicekiosk: {error}", file=sys.stderr, flush=True)


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
        fetch: Callable[[Work], None] | None = None,
        stretch: Stretch = lambda clip, pace: clip,
    ) -> None:
        self._content = content
        self._player = player
        self._volume = Volume(player)
        self._ear = listener
        self._display = display
        self._journal = journal
        self._warn = warn
        self._warned: set[tuple[type[KioskError], str]] = set()
        self._inbox: queue.SimpleQueue[Letter] = queue.SimpleQueue()
        self._session = Session(locale=content.locales[0], microphone_lost=listener is None)
        self._view: ScreenView | None = None
        self._clock = clock
        self._timers = Timers(clock)
        self._last_press = ("", float("-inf"))
        self._speech = Speech(
            content, clips, player, self._timers, self._inbox.put, self._complain, fetch, stretch
        )
        self._ending = threading.Event()
        self._renewal: tuple[Content, Clips] | None = None
        self._loan = Loan()

    # Any thread

    def post(self, event: m.Event) -> None:
        self._inbox.put(event)

    def press(self, key: str) -> None:
        when = self._clock()
        self._inbox.put(lambda: self._pressed(key, when))

    def choose(self, option: OptionId) -> None:
        """A tile or bar button was touched."""
        self._inbox.put(m.Chosen(option, m.Means.TOUCH))

    def hall(self, noise: float) -> None:
        """How loud the hall is, in dBFS, while the kiosk is silent."""
        self._volume.noise = noise

    def attach(self, listener: Ear) -> None:
        """The listener became ready after the start; until then the kiosk does not listen."""
        self._inbox.put(lambda: self._attached(listener))

    def renew(self, content: Content, clips: Clips) -> None:
        """Serve this content from the next visit on: nobody's visit changes under their hands."""
        self._inbox.put(lambda: self._renewed(content, clips))

    def lend(self, lent: Work, at_once: bool) -> None:
        """Staff want screen and loudspeaker: when the visit is over, or at once."""
        self._inbox.put(lambda: self._asked_for(lent, at_once))

    def take_back(self) -> None:
        self._inbox.put(self._taken_back)

    def stop(self) -> None:
        self._inbox.put(self._ending.set)

    # The owner thread

    @property
    def session(self) -> Session:
        return self._session

    def run(self) -> None:
        """Serve visitors until ``stop``; a fault in one event never ends the kiosk."""
        self.open()
        try:
            while not self._ending.is_set():
                try:
                    self.pump(self._inbox.get(timeout=self._timers.patience()))
                except queue.Empty:
                    self.pump()
                except Exception:  # the kiosk stands unattended: say what broke, serve on
                    traceback.print_exc()
                    if "deadline" not in self._timers:
                        passed = m.DeadlinePassed(self._session.turn)
                        self._timers.set("deadline", self._content.timing.overdue, passed)
        finally:
            self.close()

    def open(self) -> None:
        """Show the first screen, then open the loudspeaker."""
        self._show()
        self._volume.choose(self._session.volume)
        self._open_speaker()

    def _open_speaker(self) -> None:
        lost = self._session.speaker_lost
        try:
            self._player.open(self._speaker_changed)
        except AudioError as error:
            self._complain(error)
            self._timers.set("speaker", SPEAKER_RETRY_SECONDS, self._open_speaker)
        works = "speaker" not in self._timers
        if lost is works:
            self.step(m.SpeakerRestored() if works else m.SpeakerLost())

    def close(self) -> None:
        self._timers.clear()
        self._speech.hush()
        if self._ear:
            self._ear.stop()
            self._ear.close()

    def pump(self, first: Letter | None = None) -> None:
        """Answer everything that has arrived and every time that has come."""
        letter = first
        while not self._ending.is_set():
            if callable(letter):
                letter()
            elif letter is not None:
                self.step(letter)
            try:
                letter = self._inbox.get_nowait()
            except queue.Empty:
                due = self._timers.pop_due()
                if due is None:
                    return
                letter = due

    def step(self, event: m.Event) -> None:
        """Let the dialogue decide about one event, unless staff are at work."""
        if not self._loan.keeps(event):
            self._follow(advance(self._session, event, self._content))

    def _follow(self, step: Step) -> None:
        self._session = step.session
        self._speech.silent = step.session.speaker_lost
        self._show()
        for effect in step.effects:
            try:
                self._perform(effect)
            except KioskError as error:
                # What failed is missing; the rest, above all the deadline, still happens.
                self._complain(error)
        if self._session.phase is Phase.IDLE:
            if self._renewal:
                self._renewed(*self._renewal)
            self._loan.begin()

    def _asked_for(self, lent: Work, at_once: bool) -> None:
        self._loan.wanted = lent
        visit = self._session.phase is not Phase.IDLE
        self._follow(
            wipe(self._session, self._content) if at_once and visit else Step(self._session)
        )

    def _taken_back(self) -> None:
        self._volume.choose(self._session.volume)
        for hook in self._loan.end():
            self.step(hook)

    def _renewed(self, content: Content, clips: Clips) -> None:
        if self._session.phase is not Phase.IDLE:
            self._renewal = content, clips
            return
        self._renewal = None
        self._content = content
        self._speech.renew(content, clips)
        self._session = forget(self._session, content)
        self._show()
        if self._ear:
            self._ear.learn(content)

    def _pressed(self, key: str, when: float) -> None:
        """What a key means depends on the screen at the time it is answered."""
        view = self._view or screen_of(self._session, self._content)
        event = event_for_key(key, view, self._session.handset, self._content.keys)
        if event is None:
            return
        if not isinstance(event, m.HookLifted | m.HookReplaced):  # no finger lifts a handset
            last, before = self._last_press
            double = DOUBLE_DIGIT if isinstance(event, m.Typed) else DOUBLE_PRESS
            if key == last and when - before < double:
                return
            self._last_press = key, when
        self.step(event)

    def _attached(self, ear: Ear) -> None:
        self._ear = ear
        self.step(m.MicrophoneRestored())

    def _perform(self, effect: m.Effect) -> None:
        match effect:
            case m.Say():
                self._volume.follow()
                self._speech.say(effect)
            case m.Hush():
                self._speech.hush()
            case m.HoldSpeech():
                self._speech.hold(True)
            case m.ResumeSpeech():
                self._speech.hold(False)
            case m.Listen(turn, offered):
                if self._ear:
                    self._ear.listen(turn, offered)
            case m.StopListening():
                if self._ear:
                    self._ear.stop()
            case m.Deadline(turn, after):
                self._timers.cancel("deadline")
                if after is not None:
                    self._timers.set("deadline", after, m.DeadlinePassed(turn))
            case m.SetVolume(step):
                self._volume.choose(step)
            case m.SetPace(pace):
                self._speech.pace = pace
            case m.Record():
                self._journal.record(effect)
            case _:
                assert_never(effect)

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
