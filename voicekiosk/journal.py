"""The journal: counts what happens as JSON lines, and never a word that was said."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from voicekiosk.core.messages import Record
from voicekiosk.ports import JournalError

LARGEST = 1_000_000
"""Bytes of one journal; one older journal of the same size is kept beside it."""


def _now() -> datetime:
    return datetime.now(UTC)


class FileJournal:
    """Appends to one file of at most ``largest`` bytes."""

    def __init__(
        self, path: Path, largest: int = LARGEST, now: Callable[[], datetime] = _now
    ) -> None:
        self._path = path
        self._largest = largest
        self._now = now
        self._writing = threading.Lock()

    def record(self, entry: Record) -> None:
        # The hour, not the moment: enough for counting, too little to find a person by.
        line = {"hour": self._now().strftime("%Y-%m-%dT%H"), "what": entry.what}
        known = {"option": entry.option, "means": entry.means, "band": entry.band}
        line |= {name: str(value) for name, value in known.items() if value is not None}
        encoded = (json.dumps(line) + "\n").encode()
        with self._writing:
            try:
                self._append(encoded)
            except OSError as error:
                raise JournalError(
                    f"The journal {self._path} cannot be written: {error.strerror}",
                    "The kiosk goes on without it; free the disk or make the folder writable",
                ) from error

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size + len(line) > self._largest:
            self._path.replace(self._path.with_name(self._path.name + ".1"))
        # One write of one line: a power cut leaves at most the last line torn.
        journal = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(journal, line)
        finally:
            os.close(journal)


class NoJournal:
    """Keeps nothing: for typing and for demonstrations."""

    def record(self, entry: Record) -> None: ...
