"""What is said when a text holds something that could be read in two ways, or in none."""

from __future__ import annotations

from voicekiosk.ports import KioskError


class UnsayableError(KioskError):
    """A piece of a text has no certain reading; the mend says how to write it."""


def two_readings(piece: str, mend: str) -> UnsayableError:
    return UnsayableError(f"`{piece}` can be read in more than one way", mend)
