"""Renders words in every synthetic voice of the machine: speech to train on and to measure with."""

from __future__ import annotations

import argparse
import ctypes
import io
import subprocess
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import soundfile  # type: ignore[import-untyped]

from .speech import RATE, Samples, at_rate

RHVOICE = Path("/usr/share/RHVoice")
FREE = {"ky": ("azamat", "nazgul"), "ru": ("anna", "irina", "aleksandr")}
"""RHVoice voices under LGPL-2.1-or-later: the other Russian ones forbid derivatives or trade."""


class RHVoice:
    """Every voice that is installed; the kiosk's own adapter offers only the best one."""

    def __init__(self) -> None:
        ctypes.CDLL("libRHVoice.so.5")
        from rhvoice_wrapper import rhvoice_proxy  # type: ignore[import-untyped]

        self._parts: list[bytes] = []
        self._rate = 24_000
        self._engine: Any = rhvoice_proxy.Engine(lib_path="libRHVoice.so.5")
        self._engine.init(
            self._on_sound, self._on_rate, data_path=str(RHVOICE), config_path="/etc/RHVoice"
        )

    def _on_sound(self, samples: Any, count: int, _user: Any) -> int:
        self._parts.append(ctypes.string_at(samples, count * 2))
        return 1

    def _on_rate(self, rate: int, _user: Any) -> int:
        self._rate = rate
        return 1

    def say(self, text: str, voice: str, rate: float = 1.0, pitch: float = 1.0) -> Samples:
        self._parts.clear()
        self._engine.set_params(voice_profile=voice, relative_rate=rate, relative_pitch=pitch)
        self._engine.generate(text)
        sound = np.frombuffer(b"".join(self._parts), "<i2").astype(np.float32)
        return at_rate(sound, self._rate)


def espeak(text: str, voice: str, words_per_minute: int = 150, pitch: int = 50) -> Samples:
    """One espeak-ng voice with a variant, such as ``ky+f4``."""
    command = ["espeak-ng", "-v", voice, "-s", str(words_per_minute), "-p", str(pitch), "--stdout"]
    wav = subprocess.run([*command, text], capture_output=True, check=True).stdout
    sound, rate = soundfile.read(io.BytesIO(wav), dtype="int16")
    return at_rate(sound.astype(np.float32), rate)


def render(texts: Iterable[str], voices: Iterable[str], folder: Path, share: float = 1.0) -> int:
    """A folder of FLAC files with its manifest; a voice is ``rhvoice:azamat`` or ``espeak:ky+f4``.

    Each voice says a ``share`` of the texts, another share each, at speeds and pitches of its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts, voices = list(texts), list(voices)
    rhvoice = RHVoice() if any(v.startswith("rhvoice:") for v in voices) else None
    lines = ["file\ttranscript\tspeaker\tlanguage"]
    for at, voice in enumerate(voices):
        engine, name = voice.split(":")
        language = name[:2] if engine == "espeak" else _language(name)
        for text in texts:
            chance = np.random.default_rng(zlib.crc32(f"{voice}/{text}".encode()))
            if chance.random() >= share:
                continue
            if rhvoice is not None and engine == "rhvoice":
                rate, pitch = chance.uniform(0.8, 1.25), chance.uniform(0.85, 1.18)
                sound = rhvoice.say(text, name, float(rate), float(pitch))
            else:
                speed, height = int(chance.integers(120, 190)), int(chance.integers(30, 70))
                sound = espeak(text, name, speed, height)
            if len(sound) < RATE // 10:
                continue
            file = f"{voice.replace(':', '-').replace('+', '-')}-{len(lines):06}.flac"
            soundfile.write(folder / file, np.clip(sound, -32768, 32767).astype("<i2"), RATE)
            lines.append(f"{file}\t{text}\t{voice}\t{language}")
        print(
            f"\r{at + 1} of {len(voices)} voices, {len(lines) - 1} clips", end="", file=sys.stderr
        )
    print(file=sys.stderr)
    (folder / "manifest.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return len(lines) - 1


def _language(voice: str) -> str:
    return next((language for language, names in FREE.items() if voice in names), "ru")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m models.training.voices",
        description="Render every line of a text file in some voices.",
        epilog="Example: python -m models.training.voices words-ky.txt /tmp/spoken "
        "rhvoice:azamat espeak:ky+f4",
    )
    parser.add_argument("texts", type=Path, help="a UTF-8 file, one word or phrase a line")
    parser.add_argument("folder", type=Path, help="where the clips and manifest.tsv go")
    parser.add_argument("voices", nargs="+", help="rhvoice:NAME or espeak:LANGUAGE+VARIANT")
    parser.add_argument("--share", type=float, default=1.0, help="part of the texts a voice says")
    options = parser.parse_args()
    texts = [line.strip() for line in options.texts.read_text("utf-8").splitlines() if line.strip()]
    print(render(texts, options.voices, options.folder, options.share), "clips")


if __name__ == "__main__":
    main()
