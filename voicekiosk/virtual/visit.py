"""The whole kiosk as a program of its own, with a virtual visitor who presses, speaks, listens."""

from __future__ import annotations

import array
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from voicekiosk.ports import KioskError
from voicekiosk.virtual.handset import Ear, VirtualHandset
from voicekiosk.virtual.mortality import mortal
from voicekiosk.virtual.screen import VirtualScreen

SOUND = 200
"""Sample values above this are speech; the virtual line itself is perfectly silent."""
LOOK_SECONDS = 0.02


class VisitError(KioskError):
    """What a visitor waited for did not happen."""


class Visit:
    """One kiosk that runs, and everything its visitor can do and observe."""

    def __init__(
        self, screen: VirtualScreen, handset: VirtualHandset, ear: Ear, home: Path
    ) -> None:
        self.screen = screen
        self.handset = handset
        self.ear = ear
        self.home = home
        self.begin = time.monotonic()
        self._kiosk: subprocess.Popen[bytes] | None = None

    @property
    def now(self) -> float:
        """Seconds since the visit began."""
        return time.monotonic() - self.begin

    @property
    def journal_path(self) -> Path:
        return self.home / "voicekiosk" / "journal.jsonl"

    def start(self, *options: str) -> None:
        """Start the kiosk and wait for its first picture."""
        environment = {**os.environ, **self.screen.environment, **self.handset.environment}
        environment["XDG_STATE_HOME"] = str(self.home)  # a journal of this visit alone
        with (self.home / "kiosk.log").open("ab") as log:
            self._kiosk = subprocess.Popen(
                mortal(sys.executable, "-m", "voicekiosk", "run", *options),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.wait(self.something_is_shown, "the kiosk shows its first picture", 60)

    @property
    def runs(self) -> bool:
        return self._kiosk is not None and self._kiosk.poll() is None

    @property
    def log(self) -> str:
        path = self.home / "kiosk.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self) -> int:
        """Ask the kiosk to end, as the system does; its exit status."""
        kiosk, self._kiosk = self._kiosk, None
        if kiosk is None:
            return 0
        kiosk.terminate()
        try:
            return kiosk.wait(10)
        except subprocess.TimeoutExpired:
            kiosk.kill()
            return kiosk.wait()

    def wait(self, happened: Callable[[], bool], what: str, seconds: float = 20) -> None:
        """Look until it has happened. Raises VisitError when the kiosk ends or time is up."""
        deadline = time.monotonic() + seconds
        while not happened():
            ended = self._kiosk is not None and self._kiosk.poll() is not None
            if ended or time.monotonic() > deadline:
                why = "the kiosk ended" if ended else f"not within {seconds:g} s"
                seen = f"Its journal: {self.journal()[-6:]}. It said: {self.log[-1000:]}"
                raise VisitError(f"Waited in vain ({why}): {what}", seen)
            time.sleep(LOOK_SECONDS)

    def wait_until_ready(self, seconds: float = 180) -> None:
        """Until it listens and every prompt is rendered; the first start takes its time."""
        self.wait(lambda: "listening" in self.log, "the kiosk listens", seconds)
        self.wait(lambda: "every prompt is ready" in self.log, "every prompt is ready", seconds)

    def something_is_shown(self) -> bool:
        """True once more than one colour is on the screen."""
        picture = self.home / "look.png"
        self.screen.screenshot(picture)
        counted = subprocess.run(
            ["identify", "-format", "%k", str(picture)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=30,
            check=True,
        )
        return int(counted.stdout) > 1

    def journal(self) -> list[dict[str, str]]:
        if not self.journal_path.exists():
            return []
        whole_lines = self.journal_path.read_text().rpartition("\n")[0]
        return [json.loads(line) for line in whole_lines.splitlines()]

    def wait_for_line(self, *, after: int = 0, seconds: float = 20, **known: str) -> dict[str, str]:
        """The first journal line, after the first ``after`` ones, that says this."""

        def matching() -> list[dict[str, str]]:
            lines = self.journal()[after:]
            return [line for line in lines if known.items() <= line.items()]

        self.wait(lambda: bool(matching()), f"the journal says {known}", seconds)
        return matching()[0]

    def heard(self, since: float = 0.0) -> array.array[int]:
        """The samples at the ear from a time of the recording on."""
        samples = array.array("h")
        samples.frombytes(self.ear.samples(since))
        return samples

    def is_sounding(self, within: float = 0.3) -> bool:
        latest = self.heard(max(0.0, self.ear.seconds - within))
        return bool(latest) and max(max(latest), -min(latest)) > SOUND

    def wait_for_sound(self, seconds: float = 20) -> None:
        self.wait(self.is_sounding, "something is said", seconds)

    def wait_for_silence(self, lasting: float = 0.5, seconds: float = 20) -> None:
        self.wait(lambda: not self.is_sounding(lasting), f"{lasting:g} s of silence", seconds)

    def listen_for(self, seconds: float) -> None:
        """Let the kiosk speak on for this much of what is recorded."""
        until = self.ear.seconds + seconds
        self.wait(lambda: self.ear.seconds >= until, "the recording goes on", seconds + 20)


@contextmanager
def visit(width: int = 1280, height: int = 800) -> Iterator[Visit]:
    """A screen, a handset and an empty home for one kiosk; all gone afterwards."""
    with ExitStack() as stack:
        screen = stack.enter_context(VirtualScreen(width, height))
        handset = stack.enter_context(VirtualHandset())
        ear = stack.enter_context(handset.listening())
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="visit-")))
        guest = Visit(screen, handset, ear, home)
        stack.callback(guest.stop)
        yield guest
