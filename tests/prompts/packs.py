"""Builds small contents and packs on disk, as a person with a microphone would."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import yaml

from voicekiosk.core.content import Content, Ladders
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, PromptId

WELCOME = PromptId("system.welcome")
NAME = PromptId("topic.documents.name")
TELLING = PromptId("topic.documents.telling")
TEXTS: dict[PromptId, dict[Locale, tuple[str, ...]]] = {
    TELLING: {
        KYRGYZ: ("Паспортуңузду алыңыз.", "Көчүрмөсүн жасаңыз."),
        RUSSIAN: ("Возьмите паспорт.", "Сделайте копию."),
    },
    NAME: {KYRGYZ: ("Документтер",), RUSSIAN: ("Документы",)},
    WELCOME: {KYRGYZ: ("Саламатсызбы!",), RUSSIAN: ("Здравствуйте!",)},
}


def content(texts: dict[PromptId, dict[Locale, tuple[str, ...]]] = TEXTS) -> Content:
    return Content("test", (KYRGYZ, RUSSIAN), (), {}, texts, Ladders((), (), (), ()))


def hum(seconds: float, level: float = 0.2, rate: int = 48_000) -> np.ndarray:
    """A voice-like sound: a person would be better, but says something different each time."""
    time = np.arange(int(seconds * rate)) / rate
    tone = sum(np.sin(2 * np.pi * 140 * k * time) / k for k in range(1, 20))
    return level * tone * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time))


def pack(folder: Path, **changes: Any) -> Path:
    """A pack with one recorded clip, system.welcome in Kyrgyz; ``changes`` go into its entry."""
    folder.mkdir(parents=True, exist_ok=True)
    silence = np.zeros(24_000)
    clip = folder / "welcome.flac"
    if not clip.exists():
        soundfile.write(clip, np.concatenate([silence, hum(1.0), silence]), 48_000)
    entry = {
        "file": "welcome.flac",
        "sha256": hashlib.sha256(clip.read_bytes()).hexdigest(),
        "text": "Саламатсызбы!",
        "recorded": True,
        "voice": "Айгүл",
    }
    manifest = {
        "format": 2,
        "id": folder.name,
        "version": "1",
        "content": "test",
        "locales": ["ky-KG"],
        "speaker": "Айгүл",
        "licence": "CC0-1.0",
        "prompts": {"ky-KG": {"system.welcome": entry | changes}},
    }
    (folder / "manifest.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True), "utf-8")
    return folder
