"""``measure latency``: key to first sound, the kiosk beside what Kivy and pyttsx3 do unaided."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.commands.measure_instruments import Keyboard, Recorder
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.ports import AudioError
from voicekiosk.prompts import sound
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import installed_voices
from voicekiosk.virtual.screen import VirtualScreen
from voicekiosk.virtual.visit import Visit, visit

if TYPE_CHECKING:
    from voicekiosk.app import Places
    from voicekiosk.commands.measure import Progress, Report

PAUSED = 1.0
"""Silence this long is the end of what was said, not a pause between its sentences."""

# A program of its own, written as the manuals of both libraries show: nothing of ours helps or
# slows it. Keys 1 and 2 play with Kivy, key 3 speaks with pyttsx3.
STOCK_PROGRAM = """
import os, sys
os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONFIG="1", KIVY_NO_FILELOG="1")
from kivy.config import Config
Config.set("graphics", "fullscreen", "auto")
from kivy.app import App
from kivy.clock import Clock
from kivy.core.audio import SoundLoader
from kivy.core.window import Window
from kivy.uix.label import Label

class Stock(App):
    def build(self):
        self.loaded = SoundLoader.load(sys.argv[1])
        self.engine = None
        try:
            import pyttsx3
            engine = pyttsx3.init()
            engine.setProperty("voice", sys.argv[3])
            self.engine = engine
        except Exception as error:
            print("pyttsx3:", type(error).__name__, error, flush=True)
        Window.bind(on_key_down=self.pressed)
        Clock.schedule_once(lambda _: print("ready", flush=True), 1)
        return Label(text="stock")

    def pressed(self, window, key, *rest):
        if key == ord("1"):
            self.loaded.play()
        elif key == ord("2"):
            self.sound = SoundLoader.load(sys.argv[1])
            self.sound.play()
        elif key == ord("3") and self.engine:
            self.engine.say(sys.argv[2])
            self.engine.runAndWait()
        return True

Stock().run()
"""
STOCK_KEYS = {
    "1": "Kivy SoundLoader, loaded before",
    "2": "Kivy SoundLoader, load and play",
    "3": "pyttsx3 say()",
}


class Stock:
    """A program that is compared with, on a screen and the handset of the visit."""

    def __init__(self, program: str, *words: str, environment: dict[str, str], log: Path) -> None:
        self._log = log
        file = log.with_suffix(".py")  # Kivy wants to see the source of an App
        file.write_text(program)
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, str(file), *words],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while b"ready" not in self._log.read_bytes():
            if self._process.poll() is not None or time.monotonic() > deadline:
                said = self._log.read_text(errors="replace").strip().rpartition("\n")[2]
                raise AudioError(f"it does not start ({said[:200]})", "")
            time.sleep(0.05)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def go_home_and_pause(guest: Visit, keys: Keyboard, ear: Recorder) -> None:
    """The first screen in silence: a spoken menu would hide where the next sound begins."""
    before = len(guest.journal())
    keys.press("0")
    guest.wait_for_line(after=before, what="chosen")
    ear.wait_for_sound(time.monotonic() - 0.2)
    keys.press("space")
    ear.wait_for_silence(PAUSED)


def latency(report: Report, content: Content, where: Places, runs: int, progress: Progress) -> None:
    locale = content.locales[0]
    spoken = Spoken(content.options[content.categories[0]].name_prompt, locale)
    text = " ".join(content.prompts[spoken.prompt][locale])
    clip = ClipStore(content, where.packs, installed_voices(), where.cache / "clips").clip(spoken)
    with ExitStack() as stack:
        guest = stack.enter_context(visit())
        ear = stack.enter_context(Recorder(guest.handset, "speaker.monitor"))
        progress("the kiosk starts and renders what it has not yet rendered")
        guest.start("--content", str(where.content))
        guest.wait_until_ready(600)
        wav = guest.home / "clip.wav"
        wav.write_bytes(sound.encode(sound.samples_of(clip.pcm), "wav"))
        keys = Keyboard(guest.screen)
        stack.callback(keys.close)
        keys.press("h")
        guest.wait_for_line(what="lifted")

        def kiosk() -> float:
            go_home_and_pause(guest, keys, ear)
            return keys.press("1")

        contenders: list[tuple[str, Callable[[], float]]] = [("voicekiosk", kiosk)]
        keys.press("space")
        contenders += _stock(stack, report, guest, wav, text)
        figures = [report.figure(f"{name}, key to sound") for name, _ in contenders]
        for round_number in range(runs):
            # Side by side in every round: other work on the machine slows all alike.
            for (_, act), figure in zip(contenders, figures, strict=True):
                if act is not kiosk:
                    ear.wait_for_silence(PAUSED)
                pressed = act()
                figure.values.append((ear.wait_for_sound(pressed) - pressed) * 1000)
                if act is kiosk:
                    keys.press("space")
            last = ", ".join(f"{figure.values[-1]:.0f}" for figure in figures)
            progress(f"round {round_number + 1} of {runs}: {last} ms")
    report.notes.append(
        f"All but pyttsx3 play the same clip ({clip.pcm.duration:.1f} s, {clip.voice}), which is "
        f"silent for its first {_head(clip.pcm.samples, clip.pcm.rate):.0f} ms. While pyttsx3 "
        "speaks, its window is frozen and it cannot be stopped."
    )


def _stock(
    stack: ExitStack, report: Report, guest: Visit, wav: Path, text: str
) -> list[tuple[str, Callable[[], float]]]:
    """What is compared with, on a screen of its own and the same handset."""
    screen = stack.enter_context(VirtualScreen())
    # SDL's own PulseAudio driver hangs here; ALSA is the road that the kiosk takes too.
    environment = {**screen.environment, **guest.handset.environment, "SDL_AUDIODRIVER": "alsa"}
    log = guest.home / "stock.log"
    stock = Stock(STOCK_PROGRAM, str(wav), text, "ky", environment=environment, log=log)
    stack.callback(stock.close)
    try:
        stock.wait_until_ready()
    except AudioError as error:
        report.notes.append(f"Kivy's SoundLoader and pyttsx3 are absent: {error.what}.")
        return []
    keys = Keyboard(screen)
    stack.callback(keys.close)
    contenders: list[tuple[str, Callable[[], float]]] = []
    ear = stack.enter_context(Recorder(guest.handset, "speaker.monitor"))
    for key, name in STOCK_KEYS.items():
        try:
            ear.wait_for_silence(PAUSED)
            ear.wait_for_sound(keys.press(key), 15)
        except AudioError:
            said = log.read_text(errors="replace").strip().rpartition("\n")[2][:200]
            report.notes.append(f"{name} is silent here and left out; it said: {said}")
        else:
            contenders.append((name, partial(keys.press, key)))
    return contenders


def _head(samples: bytes, rate: int) -> float:
    """Milliseconds before a clip is first as loud as what counts as sound."""
    import numpy as np

    from voicekiosk.commands.measure_instruments import SOUND

    loud = np.flatnonzero(np.abs(np.frombuffer(samples, "<i2").astype(np.int32)) > SOUND)
    return 1000 * int(loud[0]) / rate if loud.size else 0.0
