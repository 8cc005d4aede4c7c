"""One PortAudio stream to or from a device by name, and the heartbeat that tells it lives."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Any

import sounddevice as sd  # type: ignore[import-untyped]

from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, PLAYBACK_RATE, AudioError

log = logging.getLogger(__name__)

HEARD_SECONDS = (0.1,)
SPOKEN_SECONDS = (0.05, 0.1)
"""Buffers in and out. A short one out is a quick answer; a machine too slow for it tears the sound,
and gets the next one. With 0.2 it took 0.22 s from a key to silence: longer than it may."""
STUMBLES = 5
STUMBLING_SECONDS = 20.0
"""So many underflows within so long are no accident. Two kiosks on two cores: 5 and 6 in 20 s with
the first buffer, 7 and 12 in 100 s with the second."""
HEARTBEAT_SECONDS = 1.5
"""A stream that asks for nothing this long is dead, whatever PortAudio says of it."""


class Direction(Enum):
    IN = "microphone"
    OUT = "loudspeaker"


class SoundStream:
    """A stream that can be opened again after its device was lost."""

    def __init__(
        self,
        direction: Direction,
        device: str | None,
        on_block: Callable[..., None],
        on_change: Callable[[bool], None],
        busy: Callable[[], bool],
        heard_rate: int = FRAME_RATE,
    ) -> None:
        self.direction = direction
        self.device = device
        self.on_change = on_change
        self.busy = busy
        """True while re-initialising PortAudio would cut something a visitor hears."""
        self._on_block = on_block
        self._heard_rate = heard_rate
        self._buffers = list(HEARD_SECONDS if direction is Direction.IN else SPOKEN_SECONDS)
        self._stumbled: deque[float] = deque(maxlen=STUMBLES)
        self._lengthening = False
        self._stream: Any = None
        self._beat = 0.0

    @property
    def buffer_seconds(self) -> float:
        return self._buffers[0]

    @property
    def is_open(self) -> bool:
        return self._stream is not None or self._lengthening

    @property
    def is_alive(self) -> bool:
        stream = self._stream
        if stream is None:
            return False
        return bool(stream.active) and time.monotonic() - self._beat < HEARTBEAT_SECONDS

    @property
    def stumbles(self) -> bool:
        """It tears the sound again and again, and a longer buffer is left to try."""
        often = len(self._stumbled) == STUMBLES
        recent = often and time.monotonic() - self._stumbled[0] < STUMBLING_SECONDS
        return recent and len(self._buffers) > 1

    def lengthen(self, wake: Callable[[], None]) -> None:
        """Open with the next buffer; what is begun meanwhile is heard then. Raises AudioError."""
        self._lengthening = True
        try:
            self.close()
            del self._buffers[0]
            self.open(wake)
        finally:
            self._lengthening = False

    def open(self, wake: Callable[[], None]) -> None:
        """Open and start; ``wake`` is called when PortAudio ends the stream by itself."""
        heard = self._heard_rate
        kind, rate, block = (
            (sd.RawInputStream, heard, FRAME_SAMPLES * heard // FRAME_RATE)
            if self.direction is Direction.IN
            else (sd.RawOutputStream, PLAYBACK_RATE, 0)
        )
        try:
            stream = kind(
                device=self.device,
                samplerate=rate,
                blocksize=block,
                latency=self.buffer_seconds,
                channels=1,
                dtype="int16",
                callback=self._called,
                finished_callback=wake,
            )
            self._stumbled.clear()
            self._beat = time.monotonic()
            stream.start()
        except (sd.PortAudioError, ValueError) as fault:
            raise AudioError(
                f"No {self.direction.value} can be opened"
                + (f" under the name {self.device!r}" if self.device else "")
                + f" ({str(fault).splitlines()[0]})",
                f"Plug it in, or choose one of: {device_names(self.direction) or 'none is seen'}",
            ) from fault
        self._stream = stream

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        try:
            stream.close(ignore_errors=True)
        except sd.PortAudioError as fault:  # its device is gone: nothing is left to close
            log.debug("closing the %s: %s", self.direction.value, fault)

    def _called(self, block: Any, frames: int, when: Any, status: Any) -> None:
        self._beat = time.monotonic()
        if status.output_underflow:
            self._stumbled.append(self._beat)
        if self.direction is Direction.IN:
            self._on_block(bytes(block))
        else:
            ahead = when.outputBufferDacTime - when.currentTime
            self._on_block(block, frames, min(max(ahead, 0.0), 0.5))


def device_names(direction: Direction) -> str:
    """The devices that can be named in the configuration, for a person to read."""
    side = "max_input_channels" if direction is Direction.IN else "max_output_channels"
    return ", ".join(repr(d["name"]) for d in sd.query_devices() if d[side] > 0)


def forget_devices() -> None:
    """Look at the devices anew: PortAudio counts them only once. Ends every stream."""
    sd._terminate()
    sd._initialize()
