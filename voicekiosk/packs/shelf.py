"""The shelf of imported packs: installed, swapped in one move, and always one step back.

installed/<id>-<version>-<8 digits of its manifest's sha256>/  never changed once it is there
incoming/                                                      what is still being checked
active.yaml                                                    decides; replaced all at once
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.packs.active import Active, read_active
from voicekiosk.packs.archive import pack_up, unpack
from voicekiosk.packs.checking import check
from voicekiosk.packs.durable import Disk, locked
from voicekiosk.packs.fetching import Progress, fetch
from voicekiosk.packs.seals import clip_damage, damage, is_pack, names, place_name
from voicekiosk.packs.signing import TrustedKeys
from voicekiosk.packs.switching import Switch, mended, vanished
from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import Pack, read_pack

PATIENCE_SECONDS = 120.0
"""For another import to end."""


def quiet(what: str, done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Started:
    """What the kiosk begins to speak with, and what staff must be told about it."""

    packs: tuple[Path, ...]
    lines: tuple[str, ...] = ()


class PackShelf:
    """May be used by several processes at once. What only looks raises nothing; the rest raises
    PromptError, and has then changed nothing."""

    def __init__(self, root: Path, shipped: Sequence[Path] = (), disk: Disk | None = None) -> None:
        self.root = root
        self.shipped = tuple(shipped)
        self._disk = disk or Disk()
        self._installed, self._incoming = root / "installed", root / "incoming"
        self._switch = Switch(root, self._disk)

    # Looking

    def installed(self) -> tuple[Pack, ...]:
        packs = []
        for folder in self._folders():
            with suppress(PromptError):  # ``faults`` tells
                packs.append(read_pack(folder))
        return tuple(packs)

    def state(self) -> Active:
        """What was chosen; the shipped packs alone when active.yaml is broken."""
        return self._switch.state()

    def active(self) -> tuple[Path, ...]:
        """The folders of the active packs that are there, then those of the shipped ones."""
        folders = (self._installed / name for name in self.state().now.packs)
        return (*(folder for folder in folders if is_pack(folder)), *self.shipped)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the shelf, each with its mend."""
        found: list[PromptError] = []
        try:
            chosen = read_active(self.root).now.packs
        except PromptError as error:
            found.append(error)
            chosen = ()
        found += [vanished(name) for name in chosen if not is_pack(self._installed / name)]
        for folder in self._folders():
            try:
                read_pack(folder)
            except PromptError as error:
                found.append(error)
        return tuple(str(error) for error in found)

    def find(self, name: str) -> Path:
        """The folder of a pack by its full name, its id and version, or its id."""
        folders = (*self._folders(), *self.shipped)
        found = [f for f in folders if f.name == name] or [f for f in folders if name in names(f)]
        if len(found) == 1:
            return found[0]
        known = ", ".join(folder.name for folder in found or folders) or "none"
        if found:
            raise PromptError(f"{len(found)} packs are called {name}", f"Name one of {known}.")
        raise PromptError(f"There is no pack {name!r} on this kiosk", f"There are: {known}.")

    def ahead(self, pack: Pack) -> tuple[str, ...]:
        """What to activate so that this pack speaks first, instead of its other versions."""
        others = (f for f in self.active() if f not in self.shipped)
        return (pack.folder.name, *(f.name for f in others if pack.id not in names(f)))

    # Changing

    def install(
        self,
        source: Path,
        trusted: TrustedKeys,
        *,
        allow_unsigned: bool = False,
        progress: Progress = quiet,
    ) -> Pack:
        """Copy a pack, check the copy, and put it beside the others. It does not speak yet."""
        with self._changing(progress):
            here = Path(tempfile.mkdtemp(dir=self._incoming))
            try:
                folder = self._bring(source, here, progress)
                pack = check(folder, trusted, allow_unsigned=allow_unsigned, progress=progress).pack
                place = self._installed / place_name(pack)
                if place.is_dir():
                    if not damage(place):
                        return read_pack(place)
                    self._disk.move(place, here / "damaged")
                self._disk.settle(folder)
                self._disk.move(folder, place)
                return read_pack(place)
            finally:
                self._disk.clear(here)

    def _bring(self, source: Path, here: Path, progress: Progress) -> Path:
        """A stick may be pulled out, or changed while it is read: only the copy is looked at."""
        if source.is_dir():
            folder = here / (source.name or "stick")
            self._disk.mkdir(folder)
            fetch(source, folder, self._disk, progress)
        else:
            copy, folder = here / source.name, here / f"{source.stem} unpacked"
            fetch(source, copy, self._disk, progress)
            self._disk.mkdir(folder)
            unpack(copy, folder, progress)
            self._disk.unlink(copy)
        return folder

    def activate(self, chosen: Sequence[str], progress: Progress = quiet) -> tuple[Pack, ...]:
        """Speak with these packs in this order, then the shipped ones. None: the shipped alone.

        Every clip is compared with its seal once more before.
        """
        with self._changing(progress):
            folders = [self.find(name) for name in dict.fromkeys(chosen)]
            folders = [folder for folder in folders if folder not in self.shipped]
            for done, folder in enumerate(folders):
                progress("checking", done, len(folders))
                if faults := damage(folder):
                    raise PromptError(_some(faults), "Import this pack again.")
            progress("checking", len(folders), len(folders))
            wanted = tuple(folder.name for folder in folders)
            self._switch.to(wanted)
            return tuple(read_pack(folder) for folder in folders)

    def rollback(self) -> tuple[str, ...]:
        """One step back; a second time goes forth again. Returns what is active then."""
        return self._switch.back()

    def remove(self, name: str) -> str:
        """Take a pack off the shelf. Returns its full name."""
        with self._changing(quiet):
            folder = self.find(name)
            if folder in self.shipped:
                raise PromptError(f"{name} came with the kiosk", "It stays; others go first.")
            active = self.state()
            if folder.name in active.now.packs:
                raise PromptError(f"The kiosk speaks with {name}", "Activate others first.")
            if active.before and folder.name in active.before.packs:
                raise PromptError(
                    f"{name} is needed for the step back", "Activate something else once more."
                )
            gone = Path(tempfile.mkdtemp(dir=self._incoming))
            self._disk.move(folder, gone / folder.name)
            self._disk.clear(gone)
            return folder.name

    def export(self, name: str, file: Path, progress: Progress = quiet) -> None:
        """One file that travels."""
        folder = self.find(name)
        faults = clip_damage(read_pack(folder)) if folder in self.shipped else damage(folder)
        if faults:
            raise PromptError(_some(faults), "Import this pack again before it travels on.")
        pack_up(folder, file, progress)

    # The kiosk's own

    def starting(self) -> Started:
        """The kiosk begins to speak with what is active.

        Packs that were begun with and never proven, or that cannot be read, are taken back.
        """
        lines: list[str] = []
        if self.root.is_dir():
            with suppress(PromptError, OSError), locked(self.root / "lock", 0):
                self._sweep()
            lines += self.faults()
            try:
                lines += self._switch.begin()
            except PromptError as error:  # neither a broken file nor a full disk is silence
                lines.append(str(error))
        return Started(self.active(), tuple(dict.fromkeys(lines)))

    def proven(self) -> None:
        """The kiosk has prepared clips with what it began with: that is kept."""
        self._switch.proven()

    def stopped(self) -> None:
        """A person ended the kiosk: what was not proven has not failed either."""
        self._switch.stopped()

    # Within

    def _folders(self) -> tuple[Path, ...]:
        try:
            return tuple(sorted(f for f in self._installed.iterdir() if f.is_dir()))
        except OSError:
            return ()

    @contextmanager
    def _changing(self, progress: Progress) -> Iterator[None]:
        """Alone with the packs; what an import left behind when it was cut off is gone."""
        with mended(self.root):
            for folder in (self._installed, self._incoming):
                self._disk.make(folder)
            waiting = "waiting: somebody else is changing the packs"
            with locked(self.root / "lock", PATIENCE_SECONDS, lambda: progress(waiting, 0, 1)):
                self._sweep()
                yield

    def _sweep(self) -> None:
        for left in sorted(self._incoming.iterdir()) if self._incoming.is_dir() else ():
            self._disk.clear(left)


def _some(faults: Sequence[str]) -> str:
    more = f" (and {len(faults) - 1} faults more)" if len(faults) > 1 else ""
    return f"{faults[0]}{more}. What the kiosk speaks with has not changed"
