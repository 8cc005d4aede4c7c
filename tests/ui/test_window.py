"""The window's life: it opens, says when it shows, and closes when it is told to."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parents[2]
KIOSK = """
import signal, sys
from pathlib import Path
from tests.ui import views
from voicekiosk.ui.window import KioskWindow

window = KioskWindow(
    Path("content/pictograms"), print, print, fullscreen=False, size=(640, 480),
    ready=lambda: print("ready", flush=True),
)
signal.signal(signal.SIGTERM, lambda *_: window.close())
window.show(views.home())
window.run()
print("closed", flush=True)
"""


def kiosk(**environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", KIOSK],
        cwd=ROOT,
        env={**os.environ, "SDL_VIDEODRIVER": "offscreen", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.timeout(90)
def test_it_tells_when_it_shows_and_a_signal_closes_it():
    with kiosk() as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=60)
    assert (output, process.returncode) == ("closed\n", 0), errors


@pytest.mark.timeout(90)
def test_without_a_screen_it_says_what_is_missing():
    with kiosk(SDL_VIDEODRIVER="x11", DISPLAY="") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "DisplayError: No window can be opened. Start it inside a graphical session" in errors


def test_closed_from_another_thread_it_stops(visitor):
    from kivy.base import EventLoop

    thread = Thread(target=visitor.window.close)
    thread.start()
    thread.join()
    visitor.frame()
    assert EventLoop.status == "closed" or EventLoop.quit
