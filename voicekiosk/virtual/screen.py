"""A screen that only the machine sees: Xvfb, for servers, demonstrations and tests."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from pathlib import Path

from voicekiosk.ports import DisplayError
from voicekiosk.virtual.mortality import mortal

START_SECONDS = 20.0


class VirtualScreen:
    """An X display on a free number; ``environment`` leads programs to it."""

    def __init__(self, width: int = 1280, height: int = 800) -> None:
        self.width = width
        self.height = height
        self._server: subprocess.Popen[bytes] | None = None
        self.display = ""

    def __enter__(self) -> VirtualScreen:
        if shutil.which("Xvfb") is None:
            raise DisplayError(
                "There is no screen, and no Xvfb to stand in for it",
                "Connect a screen, or: apt-get install xvfb",
            )
        reading, writing = os.pipe()
        try:
            self._server = subprocess.Popen(
                mortal(
                    *("Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-noreset"),
                    *("-screen", "0", f"{self.width}x{self.height}x24"),
                ),
                pass_fds=[writing],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            os.close(writing)
            number = b""
            while not number.endswith(b"\n"):
                ready, _, _ = select.select([reading], [], [], START_SECONDS)
                more = os.read(reading, 16) if ready else b""
                if not more:
                    self.close()
                    raise DisplayError("Xvfb does not start", "Run Xvfb by hand to see why")
                number += more
        finally:
            os.close(reading)
        self.display = f":{number.decode().strip()}"
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    @property
    def environment(self) -> dict[str, str]:
        # Whoever starts it may have asked SDL for no screen at all, or for another kind.
        return {"DISPLAY": self.display, "SDL_VIDEODRIVER": "x11"}

    def press(self, key: str) -> None:
        """Press and release a key by its X name, e.g. ``1`` or ``BackSpace``."""
        self._xdotool("key", key)

    def touch(self, x: int, y: int) -> None:
        """A finger: it arrives, rests a moment and is lifted."""
        arrive = ("mousemove", str(x), str(y), "sleep", "0.05")
        self._xdotool(*arrive, "mousedown", "1", "sleep", "0.1", "mouseup", "1")

    def screenshot(self, path: Path) -> None:
        subprocess.run(
            ["import", "-window", "root", str(path)],
            env={**os.environ, **self.environment},
            timeout=30,
            check=True,
            stdin=subprocess.DEVNULL,
        )

    def _xdotool(self, *words: str) -> None:
        subprocess.run(
            ["xdotool", *words],
            env={**os.environ, **self.environment},
            timeout=30,
            check=True,
            stdin=subprocess.DEVNULL,
        )
