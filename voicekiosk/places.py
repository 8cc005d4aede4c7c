"""Where everything lies: what comes with the kiosk, and what it keeps of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_state_path

import voicekiosk
from voicekiosk.packs.shelf import PackShelf


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything lies."""

    content: Path
    models: Path
    audio_prompts: Path
    cache: Path
    journal: Path
    shelf: Path
    """Where imported packs lie."""
    keys: Path
    """Whose packs are trusted."""

    @property
    def pictograms(self) -> Path:
        return self.content / "pictograms"

    @property
    def pack_shelf(self) -> PackShelf:
        return PackShelf(self.shelf, self.shipped)

    @property
    def packs(self) -> tuple[Path, ...]:
        """What the kiosk speaks with: imported and activated packs first."""
        return self.pack_shelf.active()

    @property
    def shipped(self) -> tuple[Path, ...]:
        if not self.audio_prompts.is_dir():
            return ()
        folders = self.audio_prompts.iterdir()
        return tuple(sorted(f for f in folders if (f / "manifest.yaml").is_file()))


def places(
    content: Path | None = None,
    models: Path | None = None,
    audio_prompts: Path | None = None,
    journal: Path | None = None,
) -> Places:
    """The folders beside the package, or the given ones; caches where the system keeps them."""
    home = Path(voicekiosk.__file__).resolve().parent.parent
    state = Path(os.environ.get("VOICEKIOSK_STATE") or user_state_path("voicekiosk"))
    config = Path(os.environ.get("VOICEKIOSK_CONFIG") or user_config_path("voicekiosk"))
    return Places(
        content=content or home / "content",
        models=models or home / "models",
        audio_prompts=audio_prompts or home / "audio_prompts",
        cache=user_cache_path("voicekiosk"),
        journal=journal or state / "journal.jsonl",
        shelf=state / "packs",
        keys=config / "keys",
    )


def unsigned_allowed() -> bool:
    """Whether packs that nobody signed may be imported and played here."""
    return os.environ.get("VOICEKIOSK_UNSIGNED") == "1"
