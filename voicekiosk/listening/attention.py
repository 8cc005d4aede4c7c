"""Asks the voice detector only when its opinion could matter, and does without when it fails."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from voicekiosk.ports import VoiceDetector

log = logging.getLogger(__name__)

_STAYS_FRAMES = 25
"""Once asked, it is asked for half a second more: it hears better what it heard coming."""


class Attention:
    """A detector that sleeps while there is nothing to hear."""

    def __init__(self, detector: VoiceDetector | None) -> None:
        self._detector = detector
        self._awake = 0

    def voiced(self, frame: bytes, before: Iterable[bytes], needed: bool) -> bool | None:
        """Whether a frame holds a voice: False when nobody need know, None when nobody can.

        ``before`` are the frames that led to this one: a detector that wakes hears them first.
        """
        if self._detector is None:
            return None
        waking = needed and not self._awake
        self._awake = _STAYS_FRAMES if needed else max(self._awake - 1, 0)
        if not self._awake:
            return False
        try:
            if waking:
                self._detector.forget()
                for earlier in before:
                    self._detector.voiced(earlier)
            return self._detector.voiced(frame)
        except Exception as error:
            log.warning(
                "the voice detector failed (%s): loudness alone decides from now on",
                type(error).__name__,
            )
            self._detector = None
            return None
