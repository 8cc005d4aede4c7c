"""Where speech begins, pauses and ends in a stream of sound levels, and when it is no use."""

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
    latest_voice: Seconds = Seconds(0.3)
    """A detector may take this long to call a sound a voice; what came before it is kept."""
    lull: Seconds = Seconds(0.10)
    """After this much silence it is worth finding out what was said: the answer is there when
    the silence has lasted."""
    early: Seconds = Seconds(0.16)
    """After this much silence a phrase that is certain and complete may be taken as said."""
    trailing: Seconds = Seconds(0.3)
    """After this much silence a complete phrase that is likely may be taken as said."""
    longest_pause: Seconds = Seconds(0.44)
    """Silence that ends any utterance; a pause between the words of a phrase is shorter."""
    longest: Seconds = Seconds(8.0)
    above_noise: float = 10.0
    """What stands out from the noise when no detector tells a voice from a door."""
    above_voices: float = 4.0
    """What stands out from the louder moments of the noise when a detector hears a voice."""
    below_noise_margin: float = 6.0
    """Once speaking, a level this far above the noise still counts as speech."""
    resuming: float = 3.0
    """What ends a silence stands out this much more: a crowd has loud moments, too."""
    fading: float = 22.0
    """Once speaking, a level this far below the loudest frame is echo or breath."""
    audible: float = -55.0
    """Nothing below this dBFS begins an utterance."""
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
    LULLED = "lulled"
    """Silent for ``lull``: most often a stop consonant or the end."""
    HUSHED = "hushed"
    """Silent for ``early``: perhaps a pause in a word, perhaps the end."""
    PAUSED = "paused"
    """Silent for ``trailing``: perhaps a pause between words, perhaps the end."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Ended:
    """An utterance is over; ``trouble`` says why it cannot be judged."""

    speech: Seconds
    trouble: Trouble | None
    clearance: float
    """How far the loudest moment stood above the louder moments of the noise, in dB."""


class Endpointer:
    """Fed one level per 20 ms frame; tells where an utterance starts, pauses and ends.

    Keeps no sound: only levels, and only of the frames it still needs.
    """

    def __init__(self, settings: Endpointing | None = None, threshold: float = SILENCE) -> None:
        self.settings = settings or Endpointing()
        self.threshold = threshold
        """Speech below this dBFS is nobody's: raised while an open loudspeaker is talking."""
        self._edges = {
            round(self.settings.lull / FRAME): Edge.LULLED,
            round(self.settings.early / FRAME): Edge.HUSHED,
            round(self.settings.trailing / FRAME): Edge.PAUSED,
        }
        self._floor = self.settings.floor + 10
        self._spread = 1.0
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
    def silent(self) -> bool:
        """Whether the last frame of the utterance under way held no speech."""
        return self._silent > 0

    @property
    def began(self) -> int:
        """How many frames before the onset was noticed it may have happened."""
        most = round(self.settings.latest_voice / FRAME)
        return min(self._run, most) + round(self.settings.pre_roll / FRAME)

    @property
    def noise(self) -> float:
        """The noise floor in dBFS."""
        return self._floor

    def worth_a_look(self, level: float) -> bool:
        """Whether a detector's opinion could matter: in silence it need not work."""
        noise = self._floor + self._spread + self.settings.above_voices / 2
        quietest = max(noise, self.settings.audible - 5, self.threshold - 5)
        return self._speaking or level > quietest

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

    @property
    def trouble(self) -> Trouble | None:
        """Why what was said so far could not be judged."""
        if self._clipped > self.settings.clipped_share * self._spoken:
            return Trouble.TOO_LOUD
        return Trouble.TOO_QUIET if self._loudest < self.settings.faintest else None

    def end(self) -> Ended:
        """Take what was said so far as the whole utterance."""
        return self._end(self.trouble)

    def _before(self, level: float, clipped: bool, voiced: bool | None) -> Edge | None:
        s = self.settings
        bar = (
            self._floor + s.above_noise
            if voiced is None
            else self._floor + self._spread + s.above_voices
        )
        if level > max(bar, s.audible, self.threshold):
            self._run += 1
            self._loudest = max(self._loudest, level)
            self._clipped += clipped
        else:
            self._run = max(self._run - 2, 0)
            if self._run == 0:
                self._loudest, self._clipped = SILENCE, 0
        self._learn_noise(level)
        if self._run < round(s.onset / FRAME) or voiced is False:
            return None
        self._speaking, self.ended = True, None
        # A fan that was switched on a minute ago has run, but has not spoken.
        self._spoken = self._frames = min(self._run, round(s.latest_voice / FRAME))
        self._silent = 0
        return Edge.STARTED

    def _during(self, level: float, clipped: bool, voiced: bool | None) -> Edge | None:
        s = self.settings
        self._frames += 1
        self._said.append(level)
        # The tail of a word is softer than its onset: a lower bar keeps it, but a bar far under
        # the loudest frame would take room echo for speech.
        margin = s.below_noise_margin if voiced is None else self._spread + 1
        if self._silent >= 3:
            margin += s.resuming
        bar = max(self._floor + margin, self._loudest - s.fading)
        if level > bar and voiced is not False:
            self._spoken += 1 + self._silent
            self._silent = 0
            self._loudest = max(self._loudest, level)
            self._clipped += clipped
        else:
            self._silent += 1
        if self._frames >= round(s.longest / FRAME):
            return self._end_too_long()
        if self._silent >= round(s.longest_pause / FRAME):
            self.end()
            return Edge.ENDED
        return self._edges.get(self._silent)

    def _end_too_long(self) -> Edge:
        # So much "speech" without a pause is a noisier room: believe it from now on.
        self._floor = max(self._floor, _share(self._said, 0.2))
        self._recent.extend(self._said)
        self._end(Trouble.TOO_LONG)
        return Edge.ENDED

    def _end(self, trouble: Trouble | None) -> Ended:
        clearance = self._loudest - self._floor - self._spread
        ended = Ended(Seconds(self._spoken * FRAME), trouble, clearance)
        self._reset()
        self.ended = ended
        return ended

    def _learn_noise(self, level: float) -> None:
        """Down at once, up slowly: the floor is the quiet fifth of the last two seconds."""
        self._recent.append(level)
        target = max(_share(self._recent, 0.2), self.settings.floor)
        self._floor += (target - self._floor) * (0.2 if target < self._floor else 0.05)
        # Hiss stays within a decibel; a hall full of people rises and falls by ten.
        spread = min(max(_share(self._recent, 0.85) - target, 1.0), 8.0)
        self._spread += (spread - self._spread) * 0.05


def _share(levels: deque[float], share: float) -> float:
    """What this share of the levels stay below."""
    return sorted(levels)[int((len(levels) - 1) * share)]
