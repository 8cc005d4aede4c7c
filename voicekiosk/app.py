"""The one file that names concrete adapters: paths in, a running kiosk out."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from voicekiosk.audio.echo import EchoCanceller
from voicekiosk.audio.no_player import NoPlayer
from voicekiosk.audio.tone import Tap
from voicekiosk.core.content import Content
from voicekiosk.core.messages import HookLifted, HookReplaced
from voicekiosk.core.types import OptionId
from voicekiosk.hook import HookWatch
from voicekiosk.journal import FileJournal
from voicekiosk.loading import ContentError
from voicekiosk.loading.staff_texts import ERROR_KINDS
from voicekiosk.loading.watching import LOOK_EVERY_SECONDS, ContentWatch
from voicekiosk.packs.watching import LOOK_EVERY_SECONDS as PACKS_EVERY_SECONDS
from voicekiosk.packs.watching import PackWatch
from voicekiosk.places import Places, places
from voicekiosk.ports import AudioError, KioskError, PromptError
from voicekiosk.prompts.pace import stretched
from voicekiosk.prompts.store import ClipStore
from voicekiosk.runtime import Runtime, warn
from voicekiosk.staff.errors import LastErrors
from voicekiosk.staff_app import StaffPlaces, staff_door
from voicekiosk.synthesis.best import installed_voices
from voicekiosk.ui.semantics import TreeFile
from voicekiosk.ui.theme import USUAL, Sight

__all__ = ["Kiosk", "Places", "model_folder", "places", "player_of", "recognizer_of", "say"]

if TYPE_CHECKING:
    from voicekiosk.audio.player import SoundPlayer
    from voicekiosk.recognition.vosk_recognizer import VoskRecognizer

MODEL = "vosk-ky"
"""One model hears both languages."""
FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS = 5.0, 60.0
"""A microphone that was missing at the start may be plugged in at any time."""
WARM_SECONDS = 20.0
"""So long may new packs be made ready while the old ones are spoken."""


def say(line: str) -> None:
    """Tell whoever started the kiosk how far it is."""
    print(f"voicekiosk: {line}", file=sys.stderr, flush=True)


def player_of(
    device: str | None, on_played: Callable[[bytes], None] = lambda block: None
) -> SoundPlayer | NoPlayer:
    try:
        from voicekiosk.audio.player import SoundPlayer
    except (ImportError, OSError) as error:  # sounddevice raises OSError without PortAudio
        return NoPlayer(error)
    return SoundPlayer(device, on_played=on_played)


class Kiosk:
    """The window first, then sound, then listening: a visitor can touch within a second."""

    def __init__(
        self,
        content: Content,
        where: Places,
        *,
        fullscreen: bool = True,
        size: tuple[int, int] | None = None,
        speaker: str | None = None,
        microphone: str | None = None,
        stick: Path | None = None,
        allow_unsigned: bool = False,
        sight: Sight = USUAL,
        tree: Path | None = None,
        labels: bool = True,
    ) -> None:
        from voicekiosk.ui.staff_window import StaffWindow

        self._where = where
        self._microphone_name = microphone
        self._content = content
        self._ending = threading.Event()
        self._window = StaffWindow(
            where.pictograms,
            self._touched,
            self._pressed,
            fullscreen=fullscreen,
            size=size,
            sight=sight,
            show_labels=labels,
            shown=None if tree is None else TreeFile(tree, content),
        )
        self._voices = installed_voices()
        shelf = where.pack_shelf
        self._errors = LastErrors(ERROR_KINDS)
        self._packs = PackWatch(shelf, where.keys, allow_unsigned, self._say_of_packs)
        self._renewing = threading.Lock()
        self._clips = self._clips_of(content)
        self._echo = EchoCanceller()
        self._tap = Tap(self._echo.clean)
        self._player = player_of(speaker, self._echo.played)
        self._runtime = Runtime(
            self._content,
            self._clips,
            self._player,
            None,
            self._window,
            FileJournal(where.journal),
            warn=self._warn,
            stretch=stretched,
        )
        self.restarts = False
        """Staff asked for it: whoever started the kiosk starts it again."""
        self._staff = staff_door(
            StaffPlaces(where.content, where.cache, where.keys.parent, where.shelf.parent),
            shelf=shelf,
            content=lambda: self._content,
            window=self._window,
            runtime=self._runtime,
            player=self._player,
            voices=self._voices,
            tap=self._tap,
            microphone=microphone,
            errors=self._errors,
            serving=lambda: self._clips,
            stick=stick,
            allow_unsigned=allow_unsigned,
            restart=self._restart,
        )
        self._staff.announce(unsigned=allow_unsigned)

    def run(self) -> None:
        """Serve until the window closes or the process is asked to end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        owner = threading.Thread(target=self._runtime.run, name="owner", daemon=True)
        owner.start()
        works = (self._start_listening, self._prepare_clips, self._watch_content, self._watch_packs)
        working = [threading.Thread(target=work, name=work.__name__, daemon=True) for work in works]
        for thread in working:
            thread.start()
        hook = HookWatch(self._hooked)
        hook.open()
        self._staff.start()
        try:
            self._window.run()
        finally:
            self._ending.set()
            self._packs.stopped()
            hook.close()
            self._runtime.stop()
            # A voice or a model at work while the process is torn down would be a fault of memory.
            for thread in (owner, *working):
                thread.join(3)
            self._player.close()

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending.set()
        self._window.close()

    def _restart(self) -> None:
        self.restarts = True
        self._window.close()

    def _warn(self, error: KioskError) -> None:
        self._errors.note(error)
        warn(error)

    def _touched(self, option: OptionId) -> None:
        if not self._staff.touched(option):
            self._runtime.choose(option)

    def _pressed(self, key: str) -> None:
        if not self._staff.pressed(key):
            self._runtime.press(key)

    def _hooked(self, lifted: bool) -> None:
        self._runtime.post(HookLifted() if lifted else HookReplaced())

    def _clips_of(self, content: Content) -> ClipStore:
        return ClipStore(content, self._packs.folders, self._voices, self._where.cache / "clips")

    def _watch_content(self) -> None:
        watch = ContentWatch(self._where.content, self._renew, self._refuse)
        while not self._ending.wait(LOOK_EVERY_SECONDS):
            watch.look()

    def _say_of_packs(self, line: str) -> None:
        self._errors.note(PromptError(line, ""))  # staff must learn that packs were taken back
        say(line)

    def _watch_packs(self) -> None:
        while not self._ending.wait(PACKS_EVERY_SECONDS):
            if self._packs.look():
                self._take_over_packs()

    def _take_over_packs(self) -> None:
        """Their first clips are made ready before anybody hears them: no visitor waits."""
        content, until = self._content, time.monotonic() + WARM_SECONDS
        clips = self._clips_of(content)
        clips.prepare(cancelled=lambda: self._ending.is_set() or time.monotonic() > until)
        if content is self._content:  # else the new content has brought the packs with it
            self._serve(content, clips, "other packs of prompts are active and are spoken")

    def _renew(self, content: Content) -> None:
        self._serve(content, self._clips_of(content), "the content has changed and is served")

    def _serve(self, content: Content, clips: ClipStore, what: str) -> None:
        with self._renewing:
            self._content, self._clips = content, clips
            self._runtime.renew(content, clips)
        say(f"{what} from the next visit on")
        self._prepare_clips()

    def _refuse(self, error: ContentError) -> None:
        self._errors.note(error)
        say(f"{error}".rstrip(".") + ". The kiosk goes on with the content it has")

    def _prepare_clips(self) -> None:
        clips = self._clips

        def cancelled() -> bool:  # also when others have taken their place meanwhile
            return self._ending.is_set() or clips is not self._clips

        unsaid = clips.prepare(self._packs.prepared, cancelled)
        if cancelled():
            return
        for error in unsaid[:3]:
            self._warn(error)
        if len(unsaid) > 3:
            say(f"{len(unsaid)} prompts in all cannot be said; they are shown only")
        say("every prompt is ready")

    def _start_listening(self) -> None:
        """Until this is done, and whenever it fails, the kiosk serves touch and keys."""
        pause = FIRST_RETRY_SECONDS
        while not self._ending.is_set():
            try:
                self._listen()
                say("listening")
                return
            except AudioError as error:
                if pause == FIRST_RETRY_SECONDS:
                    self._errors.note(error)
                    say(f"{error}".rstrip(".") + ". The kiosk goes on without listening")
                self._ending.wait(pause)
                pause = min(pause * 2, LAST_RETRY_SECONDS)
            except (KioskError, ImportError, OSError) as error:
                if isinstance(error, KioskError):
                    self._errors.note(error)
                # OSError: the recognition engine loads a shared library that may not fit.
                say(f"{error}".rstrip(".") + ". The kiosk goes on without listening")
                return

    def _listen(self) -> None:
        from voicekiosk.audio.microphone import SoundMicrophone
        from voicekiosk.audio.voice_activity import voice_detector
        from voicekiosk.listening import Listener

        recognizer = recognizer_of(self._where.models, self._where.cache / "models")
        listener = Listener(
            SoundMicrophone(self._microphone_name),
            recognizer,
            self._content.meanings(),
            self._runtime.post,
            on_level=self._window.hear,
            on_noise=self._runtime.hall,
            bands=self._content.bands,
            clean=self._tap,
            playing=self._echo.playing,
            detector=voice_detector(),
        )
        listener.open()
        self._runtime.attach(listener)


def model_folder(models: Path) -> Path:
    return models / MODEL


def recognizer_of(models: Path, cache: Path) -> VoskRecognizer:
    """The kiosk's own ear and every second ear there is. Raises RecognitionError."""
    from voicekiosk.recognition.ears import second_ears
    from voicekiosk.recognition.vosk_recognizer import VoskRecognizer

    return VoskRecognizer(model_folder(models), cache, second_ears(models))
