"""What is wrong with the content, where, and how to mend it: all of it at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from voicekiosk.core.types import Locale
from voicekiosk.ports import KioskError


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend; ``line`` and ``column`` count from 1."""

    file: Path
    line: int
    column: int
    what: str
    mend: str
    digits_in: tuple[str, Locale] | None = field(default=None, compare=False)
    """A text that holds digits, and its language: whoever shows the fault may write it in words."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}. {self.mend}"


class ContentError(KioskError):
    """The content cannot be used; ``faults`` lists everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        listed = "\n".join(str(fault) for fault in faults)
        super().__init__(f"The content has {count}:\n{listed}", "")
        self.faults = faults
