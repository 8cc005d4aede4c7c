"""Screen and loudspeaker in the hands of staff, while no visitor is here."""

from __future__ import annotations

from collections.abc import Callable

from voicekiosk.core import messages as m

_DEVICES = (m.MicrophoneLost, m.MicrophoneRestored, m.SpeakerLost, m.SpeakerRestored)
_HOOK = (m.HookLifted, m.HookReplaced)


class Loan:
    """Used by the owner thread only."""

    def __init__(self) -> None:
        self._lent = False
        self._hook: m.Event | None = None
        self.wanted: Callable[[], None] | None = None
        """Who waits for the visit to end."""

    def begin(self) -> None:
        """Nobody is here: whoever waits is told, and from now on visitors' events are kept."""
        if self.wanted is not None:
            lent, self.wanted, self._lent = self.wanted, None, True
            lent()

    def keeps(self, event: m.Event) -> bool:
        """Whether this event must not reach the dialogue now."""
        if not self._lent or isinstance(event, _DEVICES):
            return False
        if isinstance(event, _HOOK):
            self._hook = event
        return True

    def end(self) -> tuple[m.Event, ...]:
        """Visitors again; where the handset went meanwhile is to be told now."""
        hook, self._hook, self.wanted, self._lent = self._hook, None, None, False
        return (hook,) if hook else ()
