"""A copy of the real content with one thing spoiled in it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.loading import ContentError, Fault, load

CONTENT = Path(__file__).parents[2] / "content"
KIOSK = "kiosk.yaml"
PROMPTS = "prompts.yaml"
WORK = "categories/4-work.yaml"
HELP = "categories/6-help.yaml"


@dataclass(frozen=True)
class Copy:
    """A content folder of one's own."""

    folder: Path

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}: choose another place to spoil"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def faults(self) -> tuple[Fault, ...]:
        """What the loader finds; no fault is no faults."""
        try:
            load(self.folder)
        except ContentError as error:
            return error.faults
        return ()

    def only_fault(self) -> Fault:
        (fault,) = self.faults()
        return fault

    def place_of(self, file: str, text: str) -> tuple[int, int]:
        """Line and column, from 1, where a text first stands in a file."""
        before, found, _ = (self.folder / file).read_text(encoding="utf-8").partition(text)
        assert found
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def copy_into(folder: Path) -> Copy:
    shutil.copytree(CONTENT, folder / "content")
    return Copy(folder / "content")
