"""The real program on a machine without sound, without a model, with no room for a journal."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from voicekiosk.virtual.screen import VirtualScreen

ROOT = Path(__file__).parent.parent.parent
MISSING = [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}")


@contextmanager
def kiosk(screen: VirtualScreen, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Started and on the screen."""
    environment = {**os.environ, **screen.environment, "PULSE_SERVER": "unix:/nowhere"}
    environment.pop("SDL_VIDEODRIVER", None)
    program = subprocess.Popen(
        [sys.executable, "-m", "voicekiosk", "run", "--windowed", *options],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--class", "."],
            env=environment,
            stdout=subprocess.DEVNULL,
            timeout=60,
            check=True,
        )
        yield program
    finally:
        program.kill()
        program.wait()


def wait_for(text: str, program: subprocess.Popen[str]) -> None:
    assert program.stderr is not None
    told = []
    for line in program.stderr:
        told.append(line)
        assert "Traceback" not in line, told
        if text in line:
            return
    raise AssertionError(f"never said: {text}; said: {told}")


def test_without_sound_and_without_a_model_keys_and_screen_go_on(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    os.mkfifo(journal)  # reading it waits until the kiosk writes
    nowhere = str(tmp_path / "nowhere")
    with (
        VirtualScreen() as screen,
        kiosk(screen, "--models", nowhere, "--journal", str(journal)) as program,
    ):
        wait_for("goes on without listening", program)
        screen.press("h")
        assert '"lifted"' in journal.read_text(encoding="utf-8")
        screen.press("2")
        assert '"category.' in journal.read_text(encoding="utf-8")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_full_disk_is_said_and_the_kiosk_ends_when_asked(
    asked: signal.Signals, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with (
        VirtualScreen() as screen,
        kiosk(screen, "--models", "/nowhere", "--journal", str(in_the_way / "j")) as program,
    ):
        wait_for("goes on without listening", program)
        screen.press("h")
        wait_for("journal", program)
        program.send_signal(asked)
        assert program.wait(20) == 0
