"""Notices that the content has changed, or that a new day has begun, and loads it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from voicekiosk.core.content import Content
from voicekiosk.loading.faults import ContentError
from voicekiosk.loading.folder import load

LOOK_EVERY_SECONDS = 0.2
"""A look is a handful of ``stat`` calls; a file counts as written when two looks agree."""


class ContentWatch:
    """Looks at a content folder when asked to, and remembers what it looked like."""

    def __init__(
        self,
        folder: Path,
        changed: Callable[[Content], None],
        refused: Callable[[ContentError], None],
        today: Callable[[], date] = date.today,
    ) -> None:
        self._folder = folder
        self._changed = changed
        self._refused = refused
        self._today = today
        self._loaded = self._last = self._state()

    def look(self) -> None:
        """Load what has changed since the last look, once nobody is writing any more.

        Content with faults is refused as a whole: what was loaded before goes on being served.
        """
        state = self._state()
        settled, self._last = state == self._last, state
        if not settled or state == self._loaded:
            return
        self._loaded = state
        try:
            content = load(self._folder, self._today())
        except ContentError as error:
            self._refused(error)
        else:
            self._changed(content)

    def _state(self) -> tuple[object, ...]:
        files = []
        for file in sorted((*self._folder.glob("*.yaml"), *self._folder.glob("categories/*.yaml"))):
            try:
                about = file.stat()
            except OSError:  # just being replaced
                continue
            files.append((file.name, about.st_mtime_ns, about.st_size))
        return (self._today(), *files)
