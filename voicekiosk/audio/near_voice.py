"""Tells a person at the handset from what is left of the kiosk's own voice."""

from __future__ import annotations

import math
from collections import deque

from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES

_SECOND = FRAME_RATE // FRAME_SAMPLES
"""In frames."""
_TRUSTED = round(1.5 * _SECOND)
"""So much of its own voice it must have heard before it believes what it learnt from it."""
_SEEN = _SECOND // 2
_DISTINCT_DB = 8.0
"""An echo less than this above the room's noise says nothing about how well it is removed."""
_SPREAD_DB = 13.0
"""What is left of an echo is now and then this much more than usual."""
_DOUBT_DB = 8.0
"""And this much more than the filter thinks possible."""
_USUAL_DB, _AT_BEST_DB = -9.0, -9.0
"""How far below the echo it is believed to stay when nothing is known, and at the very best: the
path may change at any moment, and then less is removed."""
_NOTICED_DB = 4.0
_ASTRAY = 3
"""Frames that an expected echo made louder, not softer: the sound comes at another time now."""
_LOST = 12
"""And after so many of them it does not find back by itself."""
_FIRM = 2
_STAYS = 6
"""Frames in a row that prove a voice, and frames for which it is believed to go on."""
_QUIETEST_SHARE = 0.1
_NOISE_RISES_DB = 0.1 / _SECOND
"""Each frame while the kiosk speaks: what is left of a long prompt is not the room's noise."""


class RoomNoise:
    """The level of the quiet moments, in dB: falls at once, rises slowly while the kiosk speaks."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=3 * _SECOND)
        self.level = -65.0

    def hear(self, level: float, speaking: bool) -> None:
        self._recent.append(level)
        quiet = sorted(self._recent)[int(len(self._recent) * _QUIETEST_SHARE)]
        self.level = min(self.level + _NOISE_RISES_DB, quiet) if speaking else quiet


class NearVoice:
    """Compares what is left of each frame with the echo that was expected in it. Levels in dB.

    Right after the first start nothing is known of the echo; then only what is louder than the
    loudspeaker itself is believed to be a person. What is learnt is kept for all later prompts.
    """

    def __init__(self) -> None:
        self.noise = RoomNoise()
        self._played = deque([-100.0], maxlen=round(0.4 * _SECOND))
        self._echoes = deque([-100.0], maxlen=5)
        self._doubts = deque([-100.0], maxlen=5)
        self._left = deque([0.0], maxlen=3)
        self._removal: deque[float] = deque(maxlen=8 * _SECOND)
        self._heard_itself = 0
        self._run = self._open = 0
        self._astray = 0.0

    @property
    def is_lost(self) -> bool:
        """What is known of the echo's path is of no more use: it makes things worse."""
        return self._astray >= _LOST

    def start_again(self) -> None:
        """The path is learnt anew; until then the filter's doubt keeps the ear closed."""
        self._astray = 0.0

    def hears(self, heard: float, played: float, echo: float, left: float, doubt: float) -> bool:
        """One frame: what the microphone heard, what was played, the echo that was expected,
        what was left without it, and how much of that may still be echo. Whether a person may
        be speaking."""
        astray = self._is_astray(heard, echo, left)
        left = min(left, heard)
        self.noise.hear(left, speaking=True)
        self._played.append(played)
        self._echoes.append(echo)
        self._doubts.append(doubt)
        self._left.append(10 ** (left / 10))
        loudest, most = max(self._played), max(self._echoes)
        over_time = 10 * math.log10(sum(self._left) / len(self._left))
        self._learn(loudest, played, most, over_time)
        if self._heard_itself < _TRUSTED:
            near = loudest > -60 and heard > loudest + 8
        else:
            remains = most + max(self._usual() + _SPREAD_DB, _AT_BEST_DB)
            doubtful = max(self._doubts) + _DOUBT_DB
            near = over_time > max(remains, doubtful, self.noise.level + _NOTICED_DB)
        if astray:
            near, self._open = False, 0
        self._run = self._run + 1 if near else 0
        self._open = _STAYS if self._run >= _FIRM else max(self._open - 1, 0)
        return self._open > 0

    def _is_astray(self, heard: float, echo: float, left: float) -> bool:
        """A device stumbled: until the new delay is learnt nothing is proof of a voice."""
        astray = left > heard + 1 and echo > max(heard - 3, self.noise.level + _DISTINCT_DB)
        self._astray = self._astray + 1 if astray else max(self._astray - 0.25, 0)
        return self._astray >= _ASTRAY

    def _learn(self, loudest: float, played: float, echo: float, left: float) -> None:
        if loudest > -60 and played > loudest - 12:
            self._heard_itself += 1
            if echo > self.noise.level + _DISTINCT_DB:
                self._removal.append(left - echo)

    def _usual(self) -> float:
        """The median: whoever speaks for less than half of the time does not spoil it."""
        if len(self._removal) < _SEEN:
            return _USUAL_DB
        return sorted(self._removal)[len(self._removal) // 2]
