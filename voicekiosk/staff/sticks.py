"""USB sticks: which are in, what packs lie on them, and where one can be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".vkpack"
LOOK_EVERY_SECONDS = 1.0
_MEDIA = ("/media/*", "/media/*/*", "/run/media/*/*", "/mnt/usb*")
_MOST = 200
"""Names that are looked at in one folder: a stick full of photographs must not hold us up."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is in at one moment."""

    sticks: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()


def mounted() -> tuple[Path, ...]:
    """Removable media as desktops and automounters put them."""
    places = (place for pattern in _MEDIA for place in Path("/").glob(pattern.lstrip("/")))
    return tuple(sorted(place for place in places if os.path.ismount(place)))


class StickWatch:
    """Looked at every second: no service has to tell of a stick, and none can forget to."""

    def __init__(
        self, folder: Path | None = None, media: Callable[[], Iterable[Path]] = mounted
    ) -> None:
        """``folder`` stands for a stick that is in while the folder exists."""
        self._folder = folder
        self._media = media
        self._known = Found()

    @property
    def found(self) -> Found:
        return self._known

    def look(self) -> bool:
        """Whether packs came that were not there before."""
        sticks = tuple(stick for stick in self._places() if _is_folder(stick))
        packs = tuple(pack for stick in sticks for pack in _packs(stick))
        before, self._known = self._known, Found(sticks, packs)
        return bool(set(packs) - set(before.packs))

    def _places(self) -> Iterable[Path]:
        return (self._folder,) if self._folder else self._media()


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except OSError:
        return False


def _packs(stick: Path) -> list[Path]:
    """Packs on the stick and in its folders, one deep; whatever cannot be read is passed over."""
    found: list[Path] = []
    for entry in _entries(stick):
        if entry.name.startswith("."):
            continue
        if _is_pack(entry):
            found.append(Path(entry.path))
        elif _is_plain_folder(entry):
            found += [Path(e.path) for e in _entries(Path(entry.path)) if _is_pack(e)]
    return sorted(found)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    entries: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as scanned:
            for entry in scanned:
                entries.append(entry)
                if len(entries) >= _MOST:
                    break
    except OSError:  # pulled out while we look
        return []
    return entries


def _is_pack(entry: os.DirEntry[str]) -> bool:
    """A plain file: a link could lead anywhere on this machine."""
    named = entry.name.lower().endswith(SUFFIX) and not entry.name.startswith(".")
    try:
        return named and entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _is_plain_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
