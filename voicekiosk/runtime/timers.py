"""What is due one day: named letters to oneself, on a clock that tests can turn."""

from __future__ import annotations

from collections.abc import Callable

from voicekiosk.core.messages import Event

Letter = Event | Callable[[], None]
"""What lies in the inbox: an event, or something the owner thread is asked to do."""


class Timers:
    """One letter to a name: a new one replaces the old. Used by the owner thread only."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._due: dict[str, tuple[float, Letter]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._due

    def set(self, name: str, seconds: float, letter: Letter) -> None:
        self._due[name] = (self.clock() + seconds, letter)

    def cancel(self, name: str) -> tuple[float, Letter] | None:
        """Take it out; gives the seconds that were left, and the letter."""
        found = self._due.pop(name, None)
        return (found[0] - self.clock(), found[1]) if found else None

    def clear(self) -> None:
        self._due.clear()

    def pop_due(self) -> Letter | None:
        now = self.clock()
        due = [(when, name) for name, (when, _) in self._due.items() if when <= now]
        return self._due.pop(min(due)[1])[1] if due else None

    def patience(self) -> float | None:
        """How long nothing is due; None when nothing ever is."""
        times = [when for when, _ in self._due.values()]
        return max(0.0, min(times) - self.clock()) if times else None
