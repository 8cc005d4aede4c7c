"""Staff at the desk: a real thread, a real PIN and stick; only packs and sound are stand-ins."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.core.staff_member import COMPARED, SURVEY, TEXTS
from tests.fakes import FakePlayer
from voicekiosk.core import staff_messages as m
from voicekiosk.core.staff import (
    Choice,
    ClipLine,
    Comparison,
    PackLine,
    Page,
    Sound,
    StaffSession,
    Survey,
    Work,
)
from voicekiosk.core.types import Clip, Locale, Pcm, Seconds
from voicekiosk.ports import PLAYBACK_RATE, KioskError, PromptError, SynthesisError
from voicekiosk.staff.desk import Progress, StaffDesk
from voicekiosk.staff.pin import Pin
from voicekiosk.staff.sticks import StickWatch

PIN = "4839"
PATIENCE = 10.0


def clip_named(name: str) -> Clip:
    return Clip(Pcm(bytes(4800), PLAYBACK_RATE), (Seconds(0),), name, recorded=False)


class Packs:
    """Does what the desk asks for, or fails at it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.trouble: KioskError | None = None
        self.stumbles = False

    def _do(self, what: str) -> None:
        self.done.append(what)
        if self.trouble is not None:
            raise self.trouble

    def survey(self) -> Survey:
        if self.stumbles:
            raise ZeroDivisionError
        return SURVEY

    def compare(self, pack: PackLine, progress: Progress) -> Comparison:
        progress(1, 2)
        self._do(f"compare {pack.name}")
        return COMPARED

    def clip(self, clip: ClipLine) -> Clip:
        self._do("clip")
        return clip_named("from the pack")

    def activate(self, pack: PackLine, progress: Progress) -> None:
        self._do(f"activate {pack.name}")

    def roll_back(self) -> None:
        self._do("roll back")

    def export(self, pack: PackLine, progress: Progress) -> None:
        self._do("export")

    def hear_tone(self) -> tuple[Sound, int]:
        return Sound.HEARD, -20

    def restart(self) -> None:
        self._do("restart")


class Kiosk:
    """Lends its screen when nobody visits it, as the real one does."""

    def __init__(self, home: Path) -> None:
        self.packs, self.player = Packs(), FakePlayer()
        self.player.open(lambda back: None)
        self.stick = home / "stick"
        self.visited = False
        self.silent = False
        self.waiting: Callable[[], None] | None = None
        self.asked = threading.Event()
        self.complaints: list[KioskError] = []
        self.screens: queue.Queue[StaffSession | None] = queue.Queue()
        self.given_back = threading.Semaphore(0)
        self.told = threading.Semaphore(0)
        pin = Pin(home / "staff.yaml", home / "tries.json")
        pin.set(PIN)
        self.sticks = StickWatch(self.stick)
        self.desk = StaffDesk(
            TEXTS,
            pin,
            self.sticks,
            self.packs,
            self.player,
            self._say,
            clip_named("click"),
            self.screens.put,
            self._lend,
            self.given_back.release,
            self.complaints.append,
        )
        threading.Thread(target=self.desk.run, daemon=True).start()

    def _lend(self, lent: Callable[[], None], at_once: bool) -> None:
        if at_once or not self.visited:
            lent()
        else:
            self.waiting = lent
            self.asked.set()

    def _say(self, lines: tuple[str, ...], locale: Locale) -> Clip | None:
        self.told.release()
        if self.silent:
            raise SynthesisError("No voice", "Install one")
        return clip_named(lines[0])

    def shows(self, page: Page, *, closes: bool = False) -> StaffSession | None:
        """Until this page is on the screen."""
        while True:
            shown = self.screens.get(timeout=PATIENCE)
            if (closes and shown is None) or (shown is not None and shown.page is page):
                return shown

    def enters(self) -> Kiosk:
        self.desk.ask(at_once=True)
        self.shows(Page.PIN)
        for key in (*PIN, "#"):
            self.desk.press(key)
        self.shows(Page.PACKS)
        return self


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path)
    yield kiosk
    kiosk.desk.stop()


def test_a_stick_is_noticed_and_asks_for_the_pin(kiosk: Kiosk) -> None:
    kiosk.stick.mkdir()
    (kiosk.stick / "aigul.vkpack").touch()
    assert kiosk.shows(Page.PIN)


def test_a_stick_waits_for_the_end_of_a_visit_and_is_forgotten_when_pulled_out(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    kiosk.visited = True
    kiosk.stick.mkdir()
    (kiosk.stick / "aigul.vkpack").touch()
    assert kiosk.asked.wait(PATIENCE)
    assert kiosk.screens.empty() and kiosk.waiting
    kiosk.stick.rename(tmp_path / "pocket")
    while kiosk.sticks.found.packs:  # the desk looks once a second
        threading.Event().wait(0.05)
    kiosk.waiting()
    assert kiosk.given_back.acquire(timeout=PATIENCE), "the screen goes back to visitors"
    assert kiosk.screens.empty()


def test_a_pack_is_activated_step_by_step(kiosk: Kiosk) -> None:
    kiosk.enters().desk.press("1")
    assert kiosk.shows(Page.BUSY)
    assert kiosk.shows(Page.PACK)
    kiosk.desk.press("2")
    done = kiosk.shows(Page.DONE)
    assert done and done.result == Work.ACTIVATING
    assert kiosk.packs.done == ["compare aigul-1", "activate aigul-1"]


def test_a_refused_pack_is_told_and_kept_among_the_errors(kiosk: Kiosk) -> None:
    kiosk.packs.trouble = PromptError("Signed by nobody known", "Trust its key")
    kiosk.enters().desk.press("1")
    failed = kiosk.shows(Page.DONE)
    assert failed and failed.fault == ("Signed by nobody known", "Trust its key")
    assert kiosk.complaints == [kiosk.packs.trouble]


def test_a_fault_in_the_page_closes_it_rather_than_leave_it_on_the_kiosk(
    kiosk: Kiosk,
) -> None:
    kiosk.enters()
    kiosk.packs.stumbles = True
    kiosk.desk.post(m.Pressed(Choice.BACK))
    kiosk.desk.post(m.Pressed(Choice.PACKS))
    kiosk.shows(Page.CLOSED, closes=True)
    assert kiosk.given_back.acquire(timeout=PATIENCE)
    kiosk.packs.stumbles = False
    assert kiosk.enters(), "and it opens again"


def test_a_page_without_a_voice_is_shown_all_the_same(kiosk: Kiosk) -> None:
    kiosk.silent = True
    kiosk.enters()
    assert kiosk.told.acquire(timeout=PATIENCE)
    kiosk.desk.press("*")
    assert kiosk.shows(Page.PACKS)


def test_closing_gives_screen_and_sound_back(kiosk: Kiosk) -> None:
    kiosk.enters().desk.press("0")
    kiosk.shows(Page.CLOSED, closes=True)
    assert kiosk.given_back.acquire(timeout=PATIENCE)
    assert not kiosk.player.playing
    assert not kiosk.desk.is_open


def test_a_wrong_pin_is_waited_out_and_then_asked_for_again(kiosk: Kiosk) -> None:
    kiosk.desk.ask(at_once=True)
    kiosk.shows(Page.PIN)
    for key in (*"1111", "#"):
        kiosk.desk.press(key)
    while not (shown := kiosk.shows(Page.PIN)) or not shown.wait:
        pass
    again = kiosk.shows(Page.PIN)
    assert again and not again.wait and not again.digits
