"""The staff page on the kiosk it runs on: what opens it, who gets a touch, how it speaks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import voicekiosk
from voicekiosk.audio.tone import CLICK, Tap, hear_tone
from voicekiosk.core.content import Content
from voicekiosk.core.keys import HOOK_KEY
from voicekiosk.core.staff import Sound, StaffSession, StaffTexts
from voicekiosk.core.staff_screen import event_of_option, staff_view
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Clip, Locale, OptionId
from voicekiosk.language import UnsayableError, in_words
from voicekiosk.loading.staff_texts import STAFF, load_staff_texts
from voicekiosk.packs.shelf import PackShelf
from voicekiosk.ports import KioskError, Player, Synthesizer
from voicekiosk.prompts.cache import ClipCache
from voicekiosk.prompts.rendering import render
from voicekiosk.staff.desk import Backstage, StaffDesk
from voicekiosk.staff.errors import LastErrors, LostDevices
from voicekiosk.staff.knock import Knock
from voicekiosk.staff.pin import PIN_FILE, TRIES_FILE, Pin
from voicekiosk.staff.sticks import StickWatch
from voicekiosk.staff_backstage import KioskBackstage

if TYPE_CHECKING:
    from voicekiosk.ui.staff_window import StaffWindow

VOLUME_STEP = 0.15


class Lender(Protocol):
    """Who serves visitors, and gives screen and loudspeaker away between them."""

    def lend(self, lent: Callable[[], None], at_once: bool) -> None: ...
    def take_back(self) -> None: ...


@dataclass(frozen=True, slots=True)
class StaffPlaces:
    content: Path
    cache: Path
    config: Path
    state: Path

    @property
    def texts(self) -> Path:
        """Another content folder need not have staff texts of its own."""
        own = Path(voicekiosk.__file__).resolve().parent.parent / "content"
        return self.content if (self.content / STAFF).is_file() else own


class StaffVoice:
    """Says what the page shows, numbers as words; a language without a voice is only shown."""

    def __init__(self, voices: Synthesizer, cache: Path) -> None:
        self._voices = voices
        self._cache = ClipCache(cache)

    def __call__(self, lines: tuple[str, ...], locale: Locale) -> Clip | None:
        try:
            voice = self._voices.voice(locale)
            said = tuple(line for text in lines if (line := _sayable(text, locale)))
        except UnsayableError:
            return None
        if voice is None or not said:
            return None
        if kept := self._cache.load(said, voice):
            return kept
        clip = render(said, locale, self._voices)
        self._cache.keep(said, clip.voice, clip)
        return clip


def _sayable(text: str, locale: Locale) -> str:
    try:
        return in_words(text, locale)
    except UnsayableError:  # better unsaid than said wrongly: it stands on the screen
        return ""


def staff_door(
    where: StaffPlaces,
    *,
    shelf: PackShelf,
    content: Callable[[], Content],
    window: StaffWindow,
    runtime: Lender,
    player: Player,
    voices: Synthesizer,
    tap: Tap,
    microphone: str | None,
    errors: LastErrors,
    serving: Callable[[], object],
    stick: Path | None,
    allow_unsigned: bool,
    restart: Callable[[], None],
) -> StaffDoor:
    """Everything behind the staff page. Raises ContentError when its texts are spoilt."""
    sticks = StickWatch(stick)
    logging.getLogger("voicekiosk.audio").addHandler(LostDevices(errors))

    def tone() -> tuple[Sound, int]:
        try:
            from voicekiosk.audio.microphone import SoundMicrophone
        except (ImportError, OSError):  # no PortAudio: neither of the two
            return Sound.NO_SPEAKER, 0
        return hear_tone(player, tap, SoundMicrophone(microphone))

    backstage = KioskBackstage(
        content_folder=where.content,
        content=content,
        shelf=shelf,
        keys=where.config / "keys",
        allow_unsigned=allow_unsigned,
        sticks=sticks,
        errors=errors,
        serving=serving,
        restart=restart,
        hear_tone=tone,
    )
    return StaffDoor(
        texts=load_staff_texts(where.texts),
        pin=Pin(where.config / PIN_FILE, where.state / TRIES_FILE),
        backstage=backstage,
        sticks=sticks,
        window=window,
        runtime=runtime,
        player=player,
        voice=StaffVoice(voices, where.cache / "clips"),
        complain=errors.note,
    )


class StaffDoor:
    """Between the kiosk's window and its staff page: who gets a touch, and what opens the page."""

    def __init__(
        self,
        *,
        texts: StaffTexts,
        pin: Pin,
        backstage: Backstage,
        sticks: StickWatch,
        window: StaffWindow,
        runtime: Lender,
        player: Player,
        voice: StaffVoice,
        complain: Callable[[KioskError], None],
    ) -> None:
        self._texts, self._window, self._player = texts, window, player
        self._knock = Knock()
        self._desk = StaffDesk(
            texts,
            pin,
            sticks,
            backstage,
            player,
            voice,
            CLICK,
            self._show,
            runtime.lend,
            runtime.take_back,
            complain,
        )
        window.knocked = self._corner

    def start(self) -> None:
        threading.Thread(target=self._desk.run, name="staff", daemon=True).start()

    def announce(self, *, unsigned: bool) -> None:
        """Say above every page, visitors' too, that packs may speak which nobody signed."""
        told = (self._texts.label("unsigned_mode", locale) for locale in (KYRGYZ, RUSSIAN))
        self._window.mark(" · ".join(told) if unsigned else "")

    def open(self) -> None:
        """Without a hidden sign, for whoever sits at the terminal."""
        self._desk.ask(at_once=True)

    def touched(self, option: OptionId) -> bool:
        """Whether the touch was for the staff page, and not for visitors."""
        event = event_of_option(option)
        if event is not None and self._desk.is_open:
            self._desk.post(event)
        return event is not None or self._desk.is_open

    def pressed(self, key: str) -> bool:
        if not self._desk.is_open:
            if self._knock.key(key):
                self._desk.ask(at_once=True)
            return False
        if key == HOOK_KEY:
            return False
        if key in ("+", "-"):
            self._player.volume += VOLUME_STEP if key == "+" else -VOLUME_STEP
        else:
            self._desk.press(key)
        return True

    def _corner(self) -> None:
        if self._knock.corner():
            self._desk.ask(at_once=True)

    def _show(self, session: StaffSession | None) -> None:
        self._window.cover(staff_view(session, self._texts) if session else None)
