"""A machine with neither screen nor sound card: the kiosk brings its own, and takes them along."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAMS = ("Xvfb", "pulseaudio", "parec", "pactl")
MISSING = [program for program in PROGRAMS if shutil.which(program) is None]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"the rig needs {', '.join(MISSING)}")


def until(happened: Callable[[], bool], what: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        threading.Event().wait(0.05)


@dataclass
class BareKiosk:
    """A kiosk that has brought its own devices."""

    process: subprocess.Popen[bytes]
    log: Path
    screen: Path
    """The socket of its X display: there as long as the display is."""
    handset: Path

    @property
    def handset_answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as knock:
            return knock.connect_ex(str(self.handset / "run" / "pulse" / "native")) == 0


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[BareKiosk]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "PULSE_SERVER", "XDG_RUNTIME_DIR")
    environment = {k: v for k, v in os.environ.items() if k not in hidden}
    # A short path: the name of a socket may have 107 letters.
    with tempfile.TemporaryDirectory(prefix="bare-") as home:
        environment |= {"XDG_STATE_HOME": str(tmp_path), "TMPDIR": home}
        log = tmp_path / "kiosk.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "voicekiosk", "run", "--virtual"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        try:
            until(lambda: process.poll() is not None or "virtual handset" in log.read_text(), "it")
            assert process.poll() is None, log.read_text()
            display = re.search(r"DISPLAY=:(\d+)", log.read_text())
            assert display is not None
            (handset,) = Path(home).glob("handset-*")
            bare = BareKiosk(process, log, Path(f"/tmp/.X11-unix/X{display[1]}"), handset)
            assert bare.screen.exists() and bare.handset_answers
            yield bare
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            until(lambda: not bare.handset_answers, "its sound server is gone")


def test_asked_to_end_it_takes_its_devices_along(kiosk: BareKiosk) -> None:
    until(lambda: "listening" in kiosk.log.read_text(), "the kiosk serves")
    kiosk.process.send_signal(signal.SIGTERM)
    assert kiosk.process.wait(30) == 0, kiosk.log.read_text()
    until(lambda: not kiosk.screen.exists(), "the screen is gone")
    assert not kiosk.handset.exists()


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv of util-linux")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_ended_while_it_starts_it_leaves_no_device_running(
    kiosk: BareKiosk, how: signal.Signals
) -> None:
    kiosk.process.send_signal(how)
    kiosk.process.wait(30)
    until(lambda: not kiosk.screen.exists() and not kiosk.handset_answers, "both are gone")
