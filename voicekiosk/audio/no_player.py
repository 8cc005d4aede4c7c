"""What stands for the player on a machine without any sound system."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voicekiosk.core.types import Clip
from voicekiosk.ports import AudioError


class NoPlayer:
    """Stands where no loudspeaker can ever be, so that the screen goes on alone."""

    volume = 1.0

    def __init__(self, why: Exception) -> None:
        self._why = why

    def open(self, on_change: Callable[[bool], None]) -> None:
        raise AudioError(
            f"There is no sound system: {self._why}",
            "Install PortAudio (libportaudio2); until then everything is shown and not said",
        )

    def play(
        self,
        clips: Sequence[Clip],
        on_sentence: Callable[[int, int], None],
        on_end: Callable[[], None],
    ) -> None:
        self.open(lambda _: None)

    def hold(self, held: bool) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...
