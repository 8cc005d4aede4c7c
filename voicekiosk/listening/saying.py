"""One utterance under way: decoded while it is said, and asked about before it is surely over."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from voicekiosk.core.messages import Utterance
from voicekiosk.ports import Recognizer

_LONGEST_FRAMES = 200
"""Who has spoken for longer (4 s) is not answering with a phrase: that may wait for the end."""
_MOST_TRIES = 4
"""Each time the visitor goes on all is decoded anew; haste must not cost more than it saves."""


_CLEARLY_FRAMES = 7
"""So much more (0.14 s) than what began it proves a voice, where echo may have begun it."""


class Saying:
    """Keeps the frames of the utterance, so that asking too early loses nothing."""

    def __init__(
        self, recognizer: Recognizer, offered: Collection[str], frames: Iterable[bytes]
    ) -> None:
        self._recognizer = recognizer
        self._offered = offered
        self._frames = list(frames)
        self._verdict: Utterance | None = None
        self._tries = 0
        self._voiced = 0
        self.announced = False
        """Whether it was told that somebody speaks."""
        self._hear_again()

    def accept(self, frame: bytes, silent: bool) -> None:
        """Go on hearing. What was judged stays judged until something more is said."""
        self._frames.append(frame)
        self._voiced += not silent
        if self._verdict is None:
            self._recognizer.accept(frame)
        elif not silent:
            self._hear_again()

    @property
    def clearly_a_voice(self) -> bool:
        return self._voiced >= _CLEARLY_FRAMES

    @property
    def worth_a_try(self) -> bool:
        """Whether to ask before it is over: what was asked already costs nothing."""
        hasty = len(self._frames) <= _LONGEST_FRAMES and self._tries < _MOST_TRIES
        return hasty or self._verdict is not None

    def judged(self) -> Utterance:
        """What was said so far. Raises RecognitionError."""
        if self._verdict is None:
            self._tries += 1
            self._verdict = self._recognizer.finish()
        return self._verdict

    def last(self, count: int) -> list[bytes]:
        return self._frames[-count:]

    def _hear_again(self) -> None:
        self._verdict = None
        self._recognizer.begin(self._offered)
        for frame in self._frames:
            self._recognizer.accept(frame)
