"""What can keep a collection from being opened, written or cleared."""

from __future__ import annotations

from voicekiosk.ports import KioskError


class CollectError(KioskError):
    """Nothing can be recorded, or what was recorded cannot be removed."""
