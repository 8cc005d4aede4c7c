"""The microphone port over sounddevice: frames of 20 ms for as long as it is open."""

from __future__ import annotations

from collections.abc import Callable

from voicekiosk.audio.stream import Direction, SoundStream
from voicekiosk.audio.supervisor import SUPERVISOR, StreamSupervisor
from voicekiosk.ports import FRAME_RATE


class SoundMicrophone:
    """A microphone by device name, or the system's default one. It stays open: speech that
    begins while a stream is being opened would be lost."""

    def __init__(
        self,
        device: str | None = None,
        supervisor: StreamSupervisor = SUPERVISOR,
        rate: int = FRAME_RATE,
    ):
        """``rate`` is more than the ear needs where a voice is recorded to be played."""
        self._device = device
        self._rate = rate
        self._supervisor = supervisor
        self._stream: SoundStream | None = None

    def open(self, on_frame: Callable[[bytes], None], on_change: Callable[[bool], None]) -> None:
        self.close()
        stream = SoundStream(
            Direction.IN, self._device, on_frame, on_change, lambda: False, self._rate
        )
        self._supervisor.adopt(stream)
        self._stream = stream

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            self._supervisor.dismiss(stream)
