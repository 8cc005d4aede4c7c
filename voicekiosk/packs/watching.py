"""What a running kiosk speaks with: at its start, and whenever staff switch to other packs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from voicekiosk.packs.shelf import PackShelf
from voicekiosk.packs.signing import TrustedKeys
from voicekiosk.ports import PromptError

LOOK_EVERY_SECONDS = 1.0
PROVEN_AFTER = 20
"""So many prompts were made ready: these packs work. All of them, where there are fewer."""


class PackWatch:
    """Begins with what is active, and tells when that is no longer what it was."""

    def __init__(
        self, shelf: PackShelf, keys: Path, allow_unsigned: bool, say: Callable[[str], None]
    ) -> None:
        self._shelf = shelf
        self._keys = keys
        self._allow_unsigned = allow_unsigned
        self._say = say
        self.unsigned = False
        """Clips that nobody vouches for may be heard: the screen must say so."""
        self._proving = False
        self.folders = self._begin()
        self._seen = self._chosen()

    def look(self) -> bool:
        """Whether ``folders`` are others since the last look."""
        chosen = self._chosen()
        if chosen == self._seen:
            return False
        before = self.folders
        self.folders = self._begin()
        self._seen = self._chosen()
        return self.folders != before

    def prepared(self, done: int, of: int) -> None:
        """So many prompts are ready to be spoken with ``folders``."""
        if self._proving and done >= min(of, PROVEN_AFTER):
            self._proving = False
            self._tell(self._shelf.proven)

    def stopped(self) -> None:
        """A person ended the kiosk."""
        if self._proving:
            self._tell(self._shelf.stopped)

    def _tell(self, verdict: Callable[[], None]) -> None:
        try:
            verdict()
        except PromptError as error:
            self._say(str(error))

    def _chosen(self) -> tuple[object, ...]:
        active = self._shelf.state()
        return active.generation, active.now.packs

    def _begin(self) -> tuple[Path, ...]:
        started = self._shelf.starting()
        self._proving = True
        for line in started.lines:
            self._say(line)
        self.unsigned = False
        return tuple(folder for folder in started.packs if self._vouched_for(folder))

    def _vouched_for(self, folder: Path) -> bool:
        """Keys may have been taken back since the pack was imported."""
        if folder in self._shelf.shipped:
            return True
        try:
            if TrustedKeys.read(self._keys).signer(folder):
                return True
        except PromptError as error:
            self._say(f"{error} Until then it is not played.")
            return False
        self.unsigned |= self._allow_unsigned
        if not self._allow_unsigned:
            self._say(
                f"The pack {folder.name} is signed by nobody and is not played. Get a signed one, "
                "or allow it: voicekiosk run --allow-unsigned-packs"
            )
        return self._allow_unsigned
