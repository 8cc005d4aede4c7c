"""How loudly the player plays: the visitor's step, and what the noise of the hall adds."""

from __future__ import annotations

from voicekiosk.core.dialogue import VOLUME_STEPS
from voicekiosk.core.loudness import QUIET_HALL, added
from voicekiosk.ports import Player

STEP_DB = 3.0


def gain(step: int) -> float:
    """The loudest step is 1.0; every step below is 3 dB softer."""
    return float(10 ** (-STEP_DB * (VOLUME_STEPS - 1 - step) / 20))


class Volume:
    """Follows the hall between two prompts, never within one."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._step = VOLUME_STEPS - 1
        self._added = 0.0
        self.noise = QUIET_HALL
        """dBFS at the microphone while the kiosk is silent; set from any thread."""

    def choose(self, step: int) -> None:
        self._step = step
        self._apply()

    def follow(self) -> None:
        """A prompt is about to begin."""
        self._added = added(self.noise, self._added)
        self._apply()

    def _apply(self) -> None:
        # Never above the loudest step: beyond it clips would be cut off.
        self._player.volume = min(1.0, gain(self._step) * 10 ** (self._added / 20))
