"""One PortAudio stream to or from a device by name, and the heartbeat that tells it lives."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from enum import Enum
from typing import Any

import sounddevice as sd  # type: ignore[import-untyped]

from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, PLAYBACK_RATE, AudioError

log = logging.getLogger(__name__)

HEARD_SECONDS = 0.1
SPOKEN_SECONDS = 0.05
"""Buffers in and out. Less underflows on a busy two-core machine; more of the one out is felt as a
slow answer."""
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
        self._stream: Any = None
        self._beat = 0.0

    @property
    def is_open(self) -> bool:
        return self._stream is not None

    @property
    def is_alive(self) -> bool:
        stream = self._stream
        if stream is None:
            return False
        return bool(stream.active) and time.monotonic() - self._beat < HEARTBEAT_SECONDS

    def open(self, wake: Callable[[], None]) -> None:
        """Open and start; ``wake`` is called when PortAudio ends the stream by itself."""
        heard = self._heard_rate
        frame = FRAME_SAMPLES * heard // FRAME_RATE
        shape = (
            {"samplerate": heard, "blocksize": frame, "latency": HEARD_SECONDS}
            if self.direction is Direction.IN
            else {"samplerate": PLAYBACK_RATE, "blocksize": 0, "latency": SPOKEN_SECONDS}
        )
        kind = sd.RawInputStream if self.direction is Direction.IN else sd.RawOutputStream
        try:
            stream = kind(
                device=self.device,
                channels=1,
                dtype="int16",
                callback=self._called,
                finished_callback=wake,
                **shape,
            )
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

    def _called(self, block: Any, frames: int, when: Any, _status: Any) -> None:
        self._beat = time.monotonic()
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
