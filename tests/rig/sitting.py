"""A command that records somebody, on a virtual screen and handset, and the person before it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from voicekiosk.virtual.handset import Ear, VirtualHandset
from voicekiosk.virtual.mortality import mortal
from voicekiosk.virtual.screen import VirtualScreen

LOUD = 200


class Sitting:
    def __init__(self, stack: ExitStack, home: Path) -> None:
        self.screen = stack.enter_context(VirtualScreen(1280, 800))
        self.handset = stack.enter_context(VirtualHandset())
        self.ear: Ear = stack.enter_context(self.handset.listening())
        self.home = home
        stack.callback(self.end)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self.home / "log").read_text(errors="replace")

    def start(self, *words: str) -> None:
        """``voicekiosk`` with these words; what it writes is added to the log."""
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                mortal(sys.executable, "-m", "voicekiosk", *words),
                env={**os.environ, **self.screen.environment, **self.handset.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def finishes(self, seconds: float = 60) -> int:
        assert self._process is not None
        return self._process.wait(seconds)

    def asks_to_end(self) -> None:
        assert self._process is not None
        self._process.terminate()

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def wait(self, happened: Callable[[], bool], what: str, seconds: float = 90) -> None:
        assert self._process is not None
        until = time.monotonic() + seconds
        while not happened():
            gone = self._process.poll() is not None
            assert not gone and time.monotonic() < until, f"waited in vain: {what}. {self.log}"
            time.sleep(0.03)

    def sounds(self, lasting: float = 0.2) -> bool:
        since = max(0.0, self.ear.seconds - lasting)
        heard = np.frombuffer(self.ear.samples(since), "<i2")
        return bool(heard.size) and int(np.abs(heard.astype(int)).max()) > LOUD

    def presses_until_it_speaks(self, key: str) -> float:
        """From when on it spoke. While it is still judging a take the key means nothing yet: on a
        busy machine a person presses again."""
        for _ in range(5):
            since = self.ear.seconds
            self.screen.press(key)
            until = time.monotonic() + 5
            while time.monotonic() < until:
                if self.sounds():
                    return since
                time.sleep(0.03)
        raise AssertionError(f"pressed {key} in vain. {self.log}")

    def hears_it_out(self, quiet: float = 0.7) -> None:
        """Until something is said, and then until it has been said."""
        self.wait(self.sounds, "something is said")
        self.wait(lambda: not self.sounds(quiet), "silence")
