"""Watches the sound streams of the process and brings them back after a device was lost."""

from __future__ import annotations

import logging
import threading

from voicekiosk.audio.stream import SoundStream, forget_devices
from voicekiosk.ports import AudioError

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
FIRST_RETRY_SECONDS = 0.2
LAST_RETRY_SECONDS = 3.0


class StreamSupervisor:
    """All streams share one PortAudio, so that bringing one back has to close the others."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._streams: list[SoundStream] = []
        self._lost: set[SoundStream] = set()
        self._wake = threading.Event()
        self._watcher: threading.Thread | None = None

    def adopt(self, stream: SoundStream) -> None:
        """Open a stream and keep it alive from now on. Raises AudioError."""
        with self._lock:
            try:
                stream.open(self._wake.set)
            except AudioError:
                # The device may have come after PortAudio had counted them.
                if self._streams:
                    raise
                forget_devices()
                stream.open(self._wake.set)
            self._streams.append(stream)
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, name="sound", daemon=True)
                self._watcher.start()

    def dismiss(self, stream: SoundStream) -> None:
        """Close a stream for good; harmless when it is not open."""
        with self._lock:
            if stream in self._streams:
                self._streams.remove(stream)
            self._lost.discard(stream)
            stream.close()

    def _watch(self) -> None:
        pause = FIRST_RETRY_SECONDS
        while True:
            self._wake.wait(pause if self._lost else LOOK_SECONDS)
            self._wake.clear()
            with self._lock:
                gone = [s for s in self._streams if s not in self._lost and not s.is_alive]
                self._lost.update(gone)
            for stream in gone:
                log.warning("the %s is lost", stream.direction.value)
                stream.on_change(False)
            self._steady()
            if gone:
                pause = FIRST_RETRY_SECONDS
            if not self._lost:
                continue
            for stream, back in self._reopen():
                log.warning("the %s is %s", stream.direction.value, "back" if back else "lost")
                stream.on_change(back)
            # A watcher that hurries after a device that stays away only burns the processor.
            pause = min(pause * 2, LAST_RETRY_SECONDS) if self._lost else FIRST_RETRY_SECONDS

    def _steady(self) -> None:
        """Whoever tears the sound gets a longer buffer, between two prompts."""
        with self._lock:
            for stream in self._streams:
                if not stream.is_alive or stream.busy() or not stream.stumbles:
                    continue
                try:
                    stream.lengthen(self._wake.set)
                except AudioError as fault:  # the next look finds it lost
                    log.debug("%s", fault)
                    continue
                milliseconds = round(stream.buffer_seconds * 1000)
                name = stream.direction.value
                log.warning("the %s stumbled: its buffer is now %d ms", name, milliseconds)

    def _reopen(self) -> list[tuple[SoundStream, bool]]:
        """One attempt; says which streams changed, and whether they live now."""
        changes: list[tuple[SoundStream, bool]] = []
        with self._lock:
            survivors = [s for s in self._streams if s not in self._lost]
            for stream in self._lost:
                stream.close()
            if any(s.busy() for s in survivors):
                return []  # a visitor is being told something: try when that has ended
            for stream in survivors:
                stream.close()
            forget_devices()
            for stream in self._streams:
                try:
                    stream.open(self._wake.set)
                except AudioError as fault:
                    log.debug("%s", fault)
                    if stream not in self._lost:
                        self._lost.add(stream)
                        changes.append((stream, False))
                    continue
                if stream in self._lost:
                    self._lost.discard(stream)
                    changes.append((stream, True))
            self._wake.clear()  # closing what we closed ourselves is no news
        return changes


SUPERVISOR = StreamSupervisor()
"""PortAudio is one per process, and so is who may re-initialise it."""
