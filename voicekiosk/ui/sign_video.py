"""Plays a topic's clip in sign language: pictures at their time, no sound, never in the way."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av

log = logging.getLogger(__name__)

MOST_BYTES = 200_000_000
WIDEST = 640
"""Pixels: a signing person is followed at this size; larger clips are made smaller."""
_SLOWEST = 5.0
"""Frames a second below which a clip would be a row of still pictures."""


@dataclass(frozen=True, slots=True)
class Frame:
    width: int
    height: int
    pixels: bytes
    """RGB, 8 bits each, the top row first."""


def fault_of(file: Path) -> str | None:
    """Why a clip cannot be shown; None when it can."""
    try:
        if file.stat().st_size > MOST_BYTES:
            return f"{file.name} has more than {MOST_BYTES // 1_000_000} MB"
        with av.open(str(file)) as clip:
            rate = clip.streams.video[0].average_rate
            if not rate or rate < _SLOWEST:
                return f"{file.name} has fewer than {_SLOWEST:.0f} pictures a second"
            next(clip.decode(video=0))
    except (OSError, IndexError, StopIteration, ValueError, av.FFmpegError) as error:
        return f"{file.name} cannot be shown: {error or type(error).__name__}"
    return None


class SignVideo:
    """One clip, from its start to its last picture, on a thread of its own.

    ``on_frame`` is called there as each picture is due. A clip that breaks ends where it breaks.
    """

    def __init__(self, file: Path, on_frame: Callable[[Frame], None]) -> None:
        self.file = file
        self._on_frame = on_frame
        self._ending = threading.Event()
        self._going = threading.Event()
        self._going.set()
        self._thread = threading.Thread(target=self._run, name="sign", daemon=True)
        self._thread.start()

    def hold(self, held: bool) -> None:
        """Stand still with the voice, and go on with it."""
        if held:
            self._going.clear()
        else:
            self._going.set()

    def close(self) -> None:
        self._ending.set()
        self._going.set()
        if self._thread is not threading.current_thread():
            self._thread.join(2)

    def _run(self) -> None:
        if fault := fault_of(self.file):
            log.warning("%s; the topic is shown without it", fault)
            return
        try:
            self._play()
        except (OSError, ValueError, av.FFmpegError) as error:
            log.warning("%s breaks off: %s", self.file.name, error)

    def _play(self) -> None:
        began = time.monotonic()
        with av.open(str(self.file)) as clip:
            clip.streams.video[0].thread_type = "NONE"  # the voice comes first
            for picture in clip.decode(video=0):
                due = began + float(picture.time or 0.0)
                if self._ending.wait(max(0.0, due - time.monotonic())):
                    return
                if not self._going.is_set():
                    stood = time.monotonic()
                    self._going.wait()
                    began += time.monotonic() - stood
                if self._ending.is_set():
                    return
                self._on_frame(_shrunk(picture))


def _shrunk(picture: av.VideoFrame) -> Frame:
    part = min(1.0, WIDEST / picture.width)
    width, height = round(picture.width * part / 2) * 2, round(picture.height * part / 2) * 2
    pixels = picture.reformat(width=width, height=height, format="rgb24").to_ndarray()
    return Frame(width, height, pixels.tobytes())
