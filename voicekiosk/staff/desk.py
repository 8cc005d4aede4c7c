"""Serves the staff page on a thread of its own: performs what its dialogue decides."""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections.abc import Callable
from typing import Protocol

from voicekiosk.core import staff_messages as m
from voicekiosk.core.messages import Deadline, DeadlinePassed, Hush
from voicekiosk.core.staff import (
    ClipLine,
    Comparison,
    PackLine,
    Page,
    Sound,
    StaffSession,
    StaffTexts,
    Survey,
    Work,
)
from voicekiosk.core.staff_screen import event_of_key
from voicekiosk.core.staff_steps import Step, advance, begin
from voicekiosk.core.types import Clip, Locale
from voicekiosk.ports import AudioError, KioskError, Player
from voicekiosk.staff.pin import Pin
from voicekiosk.staff.sticks import LOOK_EVERY_SECONDS, StickWatch

Progress = Callable[[int, int], None]
Voice = Callable[[tuple[str, ...], Locale], Clip | None]
"""Says lines; None for a language that no voice speaks. Raises KioskError."""


class Backstage(Protocol):
    """What staff can have done. Everything raises KioskError and leaves the kiosk as it was."""

    def survey(self) -> Survey: ...
    def compare(self, pack: PackLine, progress: Progress) -> Comparison: ...
    def clip(self, clip: ClipLine) -> Clip: ...
    def activate(self, pack: PackLine, progress: Progress) -> None: ...
    def roll_back(self) -> None: ...
    def export(self, pack: PackLine, progress: Progress) -> None: ...
    def hear_tone(self) -> tuple[Sound, int]: ...
    def restart(self) -> None: ...


class StaffDesk:
    """``run`` owns one thread; all others post. The page is open while the kiosk is lent to it."""

    def __init__(
        self,
        texts: StaffTexts,
        pin: Pin,
        sticks: StickWatch,
        backstage: Backstage,
        player: Player,
        voice: Voice,
        click: Clip,
        show: Callable[[StaffSession | None], None],
        lend: Callable[[Callable[[], None], bool], None],
        take_back: Callable[[], None],
        complain: Callable[[KioskError], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``show`` gets the page, and None when it closes. ``lend`` asks for screen and sound,
        when the visit is over or at once; ``take_back`` gives them to visitors again."""
        self.session = StaffSession(Page.CLOSED)
        self._texts, self._pin, self._sticks, self._backstage = texts, pin, sticks, backstage
        self._player, self._voice, self._click = player, voice, click
        self._show, self._lend, self._take_back = show, lend, take_back
        self._complain, self._clock = complain, clock
        self._inbox: queue.Queue[m.StaffEvent | Callable[[], None] | None] = queue.Queue()
        self._due: dict[str, tuple[float, m.StaffEvent]] = {}
        self._telling = threading.Lock()
        """Held by whoever starts or stops a sound: what is rendered late is never played late."""
        self._asked = False

    @property
    def is_open(self) -> bool:
        return self.session.page is not Page.CLOSED

    def post(self, event: m.StaffEvent) -> None:
        self._inbox.put(event)

    def press(self, key: str) -> None:
        """What a key means depends on the page by the time it is answered."""
        self._inbox.put(lambda: self._pressed(key))

    def ask(self, *, at_once: bool) -> None:
        """Somebody made the hidden sign (at once), or put in a stick. From any thread."""
        self._inbox.put(lambda: self._ask(at_once))

    def stop(self) -> None:
        self._inbox.put(None)

    def run(self) -> None:
        look = self._clock()
        while True:
            due = min((when for when, _ in self._due.values()), default=look)
            try:
                letter = self._inbox.get(timeout=max(min(due, look) - self._clock(), 0))
            except queue.Empty:
                self._pass_time()
                if self._clock() >= look:
                    self._look_at_sticks()
                    look = self._clock() + LOOK_EVERY_SECONDS
                continue
            if letter is None:
                return
            try:
                letter() if callable(letter) else self._take(letter)
            except Exception:  # a page that stumbles must not stay on the kiosk
                traceback.print_exc()
                self._close()

    def _pressed(self, key: str) -> None:
        event = event_of_key(self.session, key)
        if event is not None:
            self._take(event)

    def _ask(self, at_once: bool) -> None:
        if not self.is_open and (at_once or not self._asked):
            self._asked = True
            self._lend(lambda: self._inbox.put(lambda: self._open(at_once)), at_once)

    def _open(self, at_once: bool) -> None:
        self._asked = False
        if self.is_open:
            return
        if not at_once and not self._sticks.found.packs:  # pulled out before the visit ended
            self._take_back()
            return
        turn = self.session.turn
        self._follow(begin(self._texts, pin_set=self._pin.is_set, wait=self._pin.wait(), turn=turn))

    def _look_at_sticks(self) -> None:
        before = self._sticks.found
        news = self._sticks.look()
        if news and not self.is_open:
            self._ask(at_once=False)
        elif self.is_open and self._sticks.found != before and self.session.page is not Page.PIN:
            self._take(m.Surveyed(self._backstage.survey()))

    def _pass_time(self) -> None:
        for name, (due, event) in sorted(self._due.items(), key=lambda entry: entry[1][0]):
            if due <= self._clock() and self._due.get(name, (0, None))[1] is event:
                del self._due[name]
                self._take(event)

    def _take(self, event: m.StaffEvent) -> None:
        self._follow(advance(self.session, event, self._texts))

    def _follow(self, step: Step) -> None:
        with self._telling:
            changed, self.session = self.session != step.session, step.session
        if changed and self.is_open:
            self._show(self.session)
        for effect in step.effects:
            self._perform(effect)

    def _perform(self, effect: m.StaffEffect) -> None:
        match effect:
            case Hush():
                with self._telling:
                    self._player.stop()
            case m.Tell():
                threading.Thread(target=self._tell, args=(effect,), daemon=True).start()
            case m.Click():
                self._play(self._click)
            case Deadline(turn, after):
                self._due.pop("untouched", None)
                if after is not None:
                    self._due["untouched"] = (self._clock() + after, DeadlinePassed(turn))
            case m.Wait(seconds):
                self._due["wait"] = (self._clock() + seconds, m.WaitOver())
            case m.Close():
                self._close()
            case m.Restart():
                self._close()
                self._backstage.restart()
            case _:
                self._work(effect)

    def _work(self, effect: m.StaffEffect) -> None:
        """What may fail: the failure becomes an event, and is kept among the last errors."""
        try:
            event = self._done(effect)
            if event is not None:
                self._take(event)
        except KioskError as error:
            self._complain(error)
            self._take(m.WorkFailed(error.what, error.mend))

    def _done(self, effect: m.StaffEffect) -> m.StaffEvent | None:
        backstage = self._backstage
        match effect:
            case m.JudgePin(digits):
                good = self._pin.judge(digits)
                return m.PinJudged(good, 0 if good else max(self._pin.wait(), 1))
            case m.Compare(pack):
                return m.Compared(backstage.compare(pack, self._progress))
            case m.PlayClip(clip):
                self._play(backstage.clip(clip))
                return None
            case m.Activate(pack):
                backstage.activate(pack, self._progress)
                return m.WorkDone(Work.ACTIVATING, backstage.survey())
            case m.RollBack():
                backstage.roll_back()
                return m.WorkDone(Work.ROLLING_BACK, backstage.survey())
            case m.Export(pack):
                backstage.export(pack, self._progress)
                return m.WorkDone(Work.EXPORTING, backstage.survey())
            case m.TestSound():
                return m.SoundTested(*backstage.hear_tone())
        return m.Surveyed(backstage.survey())

    def _progress(self, done: int, of: int) -> None:
        self._take(m.Progressed(done, of))

    def _tell(self, tell: m.Tell) -> None:
        """On a thread of its own: rendering takes longer than a finger."""
        try:
            clip = self._voice(tell.lines, tell.locale)
        except KioskError as error:
            self._complain(error)
            return
        if clip is not None:
            self._play(clip, tell)

    def _play(self, clip: Clip, tell: m.Tell | None = None) -> None:
        with self._telling:
            if tell is not None and tell.turn != self.session.turn:
                return
            self._player.stop()
            try:
                self._player.play([clip], lambda *_: None, lambda: None)
            except AudioError as error:
                self._complain(error)

    def _close(self) -> None:
        self._due.clear()
        with self._telling:
            self._player.stop()
            if self.is_open:
                self.session = StaffSession(Page.CLOSED, self.session.turn, self.session.locale)
        self._show(None)
        self._take_back()
