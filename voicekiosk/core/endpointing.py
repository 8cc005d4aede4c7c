"""Where speech begins and ends in a stream of microphone levels, and when it cannot be judged."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from voicekiosk.core.messages import Trouble
from voicekiosk.core.types import Seconds

FRAME = Seconds(0.02)
SILENCE = -96.0
"""dBFS of digital silence: nothing is quieter."""


@dataclass(frozen=True, slots=True)
class Endpointing:
    """How patient the ear is. Levels are in dBFS or dB above the noise."""

    onset: Seconds = Seconds(0.10)
    """This much sound begins an utterance; a click or a knock is shorter."""
    pre_roll: Seconds = Seconds(0.25)
    """Sound from before the onset that belongs to it. More than 0.3 s of background spoils the
    recognizer's cepstral mean."""
    trailing: Seconds = Seconds(0.4)
    """Silence that ends an utterance; a pause between the words of a phrase is shorter."""
    longest: Seconds = Seconds(8.0)
    above_noise: float = 10.0
    below_noise_margin: float = 6.0
    """Once speaking, a level this far above the noise still counts as speech."""
    faintest: float = -45.0
    """An utterance that never gets louder than this is too quiet to be judged."""
    floor: float = -65.0
    """The noise floor is never believed to be lower: else digital silence makes dust audible."""
    clipping: float = -0.3
    """A peak above this touches the ceiling."""
    clipped_share: float = 0.15
    """So many of the speech frames touching the ceiling spoil the utterance."""


class Edge(StrEnum):
    """What a frame changed."""

    STARTED = "started"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Ended:
    """An utterance is over; ``trouble`` says why it cannot be judged."""

    speech: Seconds
    trouble: Trouble | None


class Endpointer:
    """Fed one level per 20 ms frame; tells where an utterance starts and ends.

    Keeps no sound: only levels, and only of the frames it still needs.
    """

    def __init__(self, settings: Endpointing | None = None, threshold: float = SILENCE) -> None:
        self.settings = settings or Endpointing()
        self.threshold = threshold
        """Speech below this dBFS is nobody's: raised while an open loudspeaker is talking."""
        self._floor = self.settings.floor + 10
        self._said: deque[float] = deque(maxlen=round(2.0 / FRAME))
        self._recent: deque[float] = deque(maxlen=round(2.0 / FRAME))
        self._reset()

    def _reset(self) -> None:
        self._speaking = False
        self._said.clear()
        self._run = 0
        self._silent = 0
        self._spoken = 0
        self._frames = 0
        self._loudest = SILENCE
        self._clipped = 0
        self.ended: Ended | None = None

    def reset(self) -> None:
        """Forget the utterance under way, keep what is known about the noise."""
        self._reset()

    def overhear(self, level: float) -> None:
        """Learn the room's noise from a frame while nobody is listened to."""
        self._learn_noise(level)

    @property
    def speaking(self) -> bool:
        return self._speaking

    @property
    def noise(self) -> float:
        """The noise floor in dBFS."""
        return self._floor

    def hear(
        self, level: float, peak: float | None = None, voiced: bool | None = None
    ) -> Edge | None:
        """Take one frame: its level and peak in dBFS, and whether a detector calls it voiced."""
        clipped = (level if peak is None else peak) > self.settings.clipping
        return (
            self._during(level, clipped, voiced)
            if self._speaking
            else self._before(level, clipped, voiced)
        )

    def _before(self, level: float, clipped: bool, voiced: bool | None) -> Edge | None:
        s = self.settings
        loud = level > max(self._floor + s.above_noise, self.threshold) and voiced is not False
        if loud:
            self._run += 1
            self._loudest = max(self._loudest, level)
            self._clipped += clipped
        else:
            self._run = max(self._run - 2, 0)
            if self._run == 0:
                self._loudest, self._clipped = SILENCE, 0
        self._learn_noise(level)
        if self._run < round(s.onset / FRAME):
            return None
        self._speaking, self.ended = True, None
        self._spoken = self._frames = self._run
        self._silent = 0
        return Edge.STARTED

    def _during(self, level: float, clipped: bool, voiced: bool | None) -> Edge | None:
        s = self.settings
        self._frames += 1
        self._said.append(level)
        # The tail of a word is softer than its onset: a lower bar keeps it, but a bar far under
        # the loudest frame would take room echo for speech.
        bar = max(self._floor + s.below_noise_margin, self._loudest - 30)
        if level > bar and voiced is not False:
            self._spoken += 1 + self._silent
            self._silent = 0
            self._loudest = max(self._loudest, level)
            self._clipped += clipped
        else:
            self._silent += 1
        if self._frames >= round(s.longest / FRAME):
            return self._end(Trouble.TOO_LONG)
        if self._silent < round(s.trailing / FRAME):
            return None
        if self._clipped > s.clipped_share * self._spoken:
            return self._end(Trouble.TOO_LOUD)
        return self._end(Trouble.TOO_QUIET if self._loudest < s.faintest else None)

    def _end(self, trouble: Trouble | None) -> Edge:
        ended = Ended(Seconds(self._spoken * FRAME), trouble)
        if trouble is Trouble.TOO_LONG:
            # So much "speech" without a pause is a noisier room: believe it from now on.
            self._floor = max(self._floor, _quiet(self._said))
            self._recent.extend(self._said)
        self._reset()
        self.ended = ended
        return Edge.ENDED

    def _learn_noise(self, level: float) -> None:
        """Down at once, up slowly: the floor is the quiet fifth of the last two seconds."""
        self._recent.append(level)
        target = max(_quiet(self._recent), self.settings.floor)
        self._floor += (target - self._floor) * (0.2 if target < self._floor else 0.05)


def _quiet(levels: deque[float]) -> float:
    """What a fifth of the levels stay below."""
    return sorted(levels)[len(levels) // 5]
