"""A visitor who says it again when not understood, as people do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from voicekiosk.virtual.visit import Visit, VisitError

TRIES = 3
PATIENCE_SECONDS = 8.0


def speak_until(guest: Visit, spoken: Path, **known: str) -> dict[str, str]:
    """Say a recording until the journal has a line like this, three times at most; that line.

    A busy machine tears gaps into what is said. How often the first try is understood is measured
    (``voicekiosk measure listening``), not told in a story. Raises VisitError.
    """
    before = len(guest.journal())
    for _ in range(TRIES - 1):
        guest.handset.speak_file(spoken)
        with suppress(VisitError):
            return guest.wait_for_line(after=before, seconds=PATIENCE_SECONDS, **known)
    guest.handset.speak_file(spoken)
    return guest.wait_for_line(after=before, **known)
