"""The hidden signs that open the staff page: five touches in a corner, or a row of keys."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

TOUCHES, TOUCHES_WITHIN = 5, 3.0
KEYS, KEYS_WITHIN = ("*", "0", "*", "0", "#"), 4.0
OPENS_AT_ONCE = "f10"
_SAME = {"asterisk": "*", "numpadmul": "*", "hash": "#", "numpaddivide": "#"}


class Knock:
    """Fed with touches of the corner and with keys; they do what they always do as well."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._touches: deque[float] = deque(maxlen=TOUCHES)
        self._keys: deque[tuple[str, float]] = deque(maxlen=len(KEYS))

    def corner(self) -> bool:
        """Whether this touch of the corner was the fifth in time."""
        now = self._clock()
        self._touches.append(now)
        knocked = len(self._touches) == TOUCHES and now - self._touches[0] <= TOUCHES_WITHIN
        if knocked:
            self._touches.clear()
        return knocked

    def key(self, name: str) -> bool:
        """Whether this key was the last of the row in time, or opens by itself."""
        now, key = self._clock(), _SAME.get(name.lower(), name.lower())
        self._keys.append((key, now))
        row = tuple(pressed for pressed, _ in self._keys)
        knocked = row == KEYS and now - self._keys[0][1] <= KEYS_WITHIN
        if knocked:
            self._keys.clear()
        return knocked or key == OPENS_AT_ONCE
