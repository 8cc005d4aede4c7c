"""Builds small packs that are signed and right, and looks at a shelf from outside."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np

from tests.prompts.packs import NAME, TEXTS, WELCOME, hum
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.packs.archive import pack_up
from voicekiosk.packs.shelf import PackShelf
from voicekiosk.packs.signing import SigningKey, TrustedKeys, make_key, sign
from voicekiosk.ports import PLAYBACK_RATE
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import Entry, Manifest, Pack, write_pack

SPOKEN = (Spoken(WELCOME, KYRGYZ), Spoken(WELCOME, RUSSIAN), Spoken(NAME, KYRGYZ))


@cache
def voice(pitch: float) -> bytes:
    """Half a second by somebody, as loud as a pack must be."""
    time = np.arange(12_000) / PLAYBACK_RATE
    other = 0.05 * np.sin(2 * np.pi * pitch * time)
    return sound.encode(sound.levelled(hum(0.5, 0.2, PLAYBACK_RATE) + other), "flac")


def pack_folder(
    folder: Path,
    identity: str = "aigul",
    version: str = "1",
    *,
    pitch: float = 200,
    spoken: tuple[Spoken, ...] = SPOKEN,
    texts: dict[Spoken, str] | None = None,
    recorded: bool = True,
    speaker: str = "Айгүл",
) -> Path:
    """An unsigned pack. ``texts`` are what was read aloud where it is not what the content says."""
    entries: dict[Spoken, Entry] = {}
    for number, each in enumerate(spoken):
        encoded = voice(pitch + number)
        file = folder / str(each.locale) / f"{each.prompt}.flac"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encoded)
        said = " ".join(TEXTS.get(each.prompt, {}).get(each.locale, ("?",)))
        samples = sound.decode(encoded)
        entries[each] = Entry(
            each.prompt,
            each.locale,
            f"{each.locale}/{each.prompt}.flac",
            hashlib.sha256(encoded).hexdigest(),
            (texts or {}).get(each, said),
            recorded,
            speaker,
            loudness=sound.loudness(samples),
            duration=len(samples) / PLAYBACK_RATE,
        )
    locales = tuple(dict.fromkeys(each.locale for each in spoken))
    manifest = Manifest(identity, version, "test", locales, speaker, "Batken", "CC0-1.0", entries)
    write_pack(Pack(folder, manifest))
    return folder


class Centre:
    """A kiosk's shelf, a key it trusts, and a desk on which packs are made."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.desk, self.keys, self.root = home / "desk", home / "keys", home / "packs"
        self.desk.mkdir(parents=True, exist_ok=True)
        if not self.keys.exists():
            make_key(self.keys, "centre")
        self.shipped = pack_folder(home / "shipped" / "starter", "starter", recorded=False)

    @property
    def trusted(self) -> TrustedKeys:
        return TrustedKeys.read(self.keys)

    def shelf(self) -> PackShelf:
        """As a kiosk that starts afresh has it."""
        return PackShelf(self.root, (self.shipped,))

    def signed(
        self, identity: str, version: str = "1", pitch: float = 200, **changes: object
    ) -> Path:
        folder = self.desk / f"{identity}-{version}"
        pack_folder(folder, identity, version, pitch=pitch, **changes)  # type: ignore[arg-type]
        sign(folder, SigningKey.read(self.keys / "secret" / "centre.key"))
        return folder

    def packed(self, identity: str, version: str = "1", pitch: float = 200) -> Path:
        """One file, as it lies on a stick."""
        file = self.home / f"{identity}-{version}.vkpack"
        pack_up(self.signed(identity, version, pitch), file, lambda what, done, of: None)
        return file

    def installed(self, identity: str, version: str = "1", pitch: float = 200) -> str:
        """Imported; its full name."""
        pack = self.shelf().install(self.packed(identity, version, pitch), self.trusted)
        return pack.folder.name


def content_of(folder: Path) -> dict[str, str]:
    """Every file in a folder by its seal."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def names(shelf: PackShelf) -> list[str]:
    return [folder.name for folder in shelf.active()]


def begin_and_prove(shelf: PackShelf) -> None:
    """A kiosk starts, and prepares its clips."""
    assert shelf.starting().lines == ()
    shelf.proven()
