"""Instruments of ``measure``: a line recorded against the clock, a screen watched, a keyboard."""

from __future__ import annotations

import ctypes
import os
import subprocess
import threading
import time
from collections import deque
from pathlib import Path

import numpy as np

from voicekiosk.ports import AudioError, DisplayError
from voicekiosk.virtual.handset import VirtualHandset
from voicekiosk.virtual.screen import VirtualScreen

RATE = 16_000
SOUND = 200
"""Sample values above this are sound; the virtual line itself is perfectly silent."""
NEAR = 5.0
"""Seconds of arrivals that tell when a sample was on the line."""
LOOK_SECONDS = 0.002


class Recorder:
    """Records a PulseAudio monitor and knows the monotonic time of every sample.

    A chunk arrives when its last sample has passed or later, never earlier: the earliest
    arrival of the last seconds, counted from its sample number, is when the line began.
    """

    def __init__(self, handset: VirtualHandset, device: str) -> None:
        self._lock = threading.Lock()
        self._heard = bytearray()
        self._arrivals: deque[tuple[float, float]] = deque()
        command = ["parec", f"--device={device}", f"--rate={RATE}", "--channels=1"]
        self._parec = subprocess.Popen(
            [*command, "--format=s16le", "--raw", "--latency-msec=20"],
            env={**os.environ, **handset.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Recorder:
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._heard:
            if self._parec.poll() is not None or time.monotonic() > deadline:
                self.close()
                raise AudioError("The line cannot be recorded", "Is PulseAudio running?")
            time.sleep(LOOK_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._parec.kill()
        self._parec.wait()
        if self._thread.is_alive():
            self._thread.join(5)

    def _read(self) -> None:
        assert self._parec.stdout is not None
        while chunk := os.read(self._parec.stdout.fileno(), 65536):
            now = time.monotonic()
            with self._lock:
                self._heard += chunk
                self._arrivals.append((now, now - len(self._heard) / 2 / RATE))
                while self._arrivals[0][0] < now - NEAR:
                    self._arrivals.popleft()

    def sounding(self, after: float) -> list[float]:
        """When samples were loud, of all that passed after a recent moment."""
        with self._lock:
            begin = min(start for _, start in self._arrivals)
            skipped = max(0, round((after - begin) * RATE))
            samples = np.frombuffer(bytes(self._heard[skipped * 2 :][: 30 * 2 * RATE]), "<i2")
        loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > SOUND)
        return [begin + (skipped + int(index)) / RATE for index in loud]

    def wait_for_sound(self, after: float, seconds: float = 20) -> float:
        """The moment of the first sound after another one."""
        deadline = time.monotonic() + seconds
        while not (loud := self.sounding(after)):
            if time.monotonic() > deadline:
                raise AudioError(f"Nothing was heard within {seconds:g} s", "Is the machine busy?")
            time.sleep(0.01)
        return loud[0]

    def wait_for_silence(self, lasting: float = 0.4, seconds: float = 60) -> None:
        begin = time.monotonic()
        while time.monotonic() < begin + lasting or self.sounding(time.monotonic() - lasting):
            if time.monotonic() > begin + seconds:
                raise AudioError(f"It was never quiet for {lasting:g} s", "")
            time.sleep(0.02)


class Keyboard:
    """One xdotool that stays: starting one for every key would be measured too."""

    def __init__(self, screen: VirtualScreen) -> None:
        self._typist = subprocess.Popen(
            ["xdotool", "-"],
            env={**os.environ, **screen.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def press(self, key: str) -> float:
        """The moment at which the key was pressed."""
        assert self._typist.stdin is not None
        now = time.monotonic()
        self._typist.stdin.write(f"key {key}\n".encode())
        self._typist.stdin.flush()
        return now

    def close(self) -> None:
        self._typist.kill()
        self._typist.communicate()


class _XImage(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.c_void_p),
        *((name, ctypes.c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth")),
        ("bytes_per_line", ctypes.c_int),
    )


class Watch:
    """Looks at a part of the screen within a millisecond or two."""

    def __init__(self, screen: VirtualScreen) -> None:
        try:
            self._x = ctypes.CDLL("libX11.so.6")
        except OSError as error:
            raise DisplayError(f"The screen cannot be watched: {error}", "Install libx11-6.") from (
                error
            )
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XGetImage.restype = ctypes.POINTER(_XImage)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(screen.display.encode()))
        if not self._display:
            raise DisplayError("The virtual screen does not answer", "")
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        # The tiles: what a choice replaces, and what no level of sound moves.
        self._part = (0, screen.height // 4, screen.width, screen.height // 3)

    def picture(self) -> bytes:
        everything = ctypes.c_ulong(0xFFFFFFFF)
        image = self._x.XGetImage(self._display, self._root, *self._part, everything, 2)
        try:
            seen = image.contents
            return ctypes.string_at(seen.data, seen.bytes_per_line * seen.height)
        finally:
            self._x.XDestroyImage(image)

    def shows_something(self) -> bool:
        picture = np.frombuffer(self.picture(), "<u4")
        return bool((picture != picture[0]).any())

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)


def kiosk_process() -> Path:
    """The folder in /proc of the kiosk that this program started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue  # it ended while we looked
        if int(parent) == os.getpid() and b"voicekiosk" in words and b"run" in words:
            return folder
    raise DisplayError("The kiosk's process cannot be found", "This needs Linux and its /proc.")
