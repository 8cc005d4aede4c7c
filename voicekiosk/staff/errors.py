"""The last errors of this kiosk, kept in memory for staff: nothing that anybody said is in them."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict

from voicekiosk.core.staff import ErrorLine
from voicekiosk.ports import AudioError, KioskError

KEPT = 20


class LastErrors:
    """The same trouble again is counted, not listed twice. From any thread."""

    def __init__(self, kinds: tuple[str, ...], kept: int = KEPT) -> None:
        """``kinds`` are those that there are words for; everything else is ``other``."""
        self._kinds = kinds
        self._kept = kept
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], int] = OrderedDict()

    def note(self, error: KioskError) -> None:
        detail = ". ".join(part.strip(". \n") for part in (error.what, error.mend) if part)
        with self._lock:
            key = self._kind(error), detail
            self._known[key] = self._known.pop(key, 0) + 1
            while len(self._known) > self._kept:
                self._known.popitem(last=False)

    @property
    def lines(self) -> tuple[ErrorLine, ...]:
        """The newest first."""
        with self._lock:
            known = list(self._known.items())
        return tuple(ErrorLine(kind, detail, times) for (kind, detail), times in reversed(known))

    def _kind(self, error: KioskError) -> str:
        names = (kind.__name__.removesuffix("Error").lower() for kind in type(error).__mro__)
        return next((name for name in names if name in self._kinds), "other")


class LostDevices(logging.Handler):
    """Notes a microphone or loudspeaker that was lost while the kiosk ran: what watches over the
    sound tells it to the log and to the dialogue, which goes on without it."""

    def __init__(self, errors: LastErrors) -> None:
        super().__init__(logging.WARNING)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        told = record.getMessage()
        if told.endswith(" is lost"):
            self._errors.note(AudioError(told[0].upper() + told[1:], "Plug it in again"))
