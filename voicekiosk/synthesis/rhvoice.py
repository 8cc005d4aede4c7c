"""RHVoice: the natural Kyrgyz and Russian voices, where the machine has them installed."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voicekiosk.core.types import Locale, Pcm, language_of
from voicekiosk.ports import SynthesisError
from voicekiosk.synthesis.speakable import never, refuse_unspeakable

LIBRARY = "libRHVoice.so.5"
DATA = (Path("/usr/share/RHVoice"), Path("/usr/local/share/RHVoice"))
CONFIG = Path("/etc/RHVoice")
VOICES = {"ky": ("nazgul", "azamat"), "ru": ("anna", "irina", "aleksandr")}
"""Best first, and only those whose licence lets their sound be given to the public: all are
LGPL-2.1-or-later. The other Russian voices are non-commercial or share-alike."""
SPEED = 0.9
"""A little slower than natural: visitors hear each prompt once, often in a noisy hall."""


class RHVoiceSynthesizer:
    """A Synthesizer; one sentence at a time, from any thread."""

    def __init__(self, library: str = LIBRARY, data: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._chunks: list[bytes] = []
        self._rate = 24_000
        self._cancelled: Callable[[], bool] = never
        data = data or next((d for d in DATA if d.is_dir()), None)
        if data is None:
            raise SynthesisError("RHVoice's voices are not installed", "Install rhvoice-kyrgyz.")
        try:
            ctypes.CDLL(library)
            from rhvoice_wrapper import rhvoice_proxy  # type: ignore[import-untyped]

            self._engine: Any = rhvoice_proxy.Engine(lib_path=library)
            self._engine.init(
                self._on_chunk, self._on_rate, data_path=str(data), config_path=str(CONFIG)
            )
            installed = self._engine.voices
        except (OSError, ImportError, RuntimeError, AttributeError) as error:
            raise SynthesisError(f"RHVoice cannot start: {error}", "Install librhvoice5.") from None
        # The engine says which language a voice speaks: no text goes to a voice of another one.
        self._voices = {
            language: voice
            for language, choices in VOICES.items()
            for voice in reversed(choices)
            if voice in installed and installed[voice]["lang"].startswith(language)
        }
        if not self._voices:
            raise SynthesisError("RHVoice has no voice to use", "Install rhvoice-kyrgyz.")

    def _on_chunk(self, samples: Any, count: int, _user: Any) -> int:
        if self._cancelled():
            return 0
        self._chunks.append(ctypes.string_at(samples, count * 2))
        return 1

    def _on_rate(self, rate: int, _user: Any) -> int:
        self._rate = rate
        return 1

    def voice(self, locale: Locale) -> str | None:
        name = self._voices.get(language_of(locale))
        return f"RHVoice {name}" if name else None

    def render(self, sentence: str, locale: Locale, cancelled: Callable[[], bool] = never) -> Pcm:
        name = self._voices.get(language_of(locale))
        if name is None:
            raise SynthesisError(f"RHVoice has no voice for {locale}", "Install one.")
        refuse_unspeakable(sentence, locale)
        with self._lock:
            self._chunks, self._cancelled = [], cancelled
            self._engine.set_params(voice_profile=name, relative_rate=SPEED)
            try:
                self._engine.generate(sentence)
            except RuntimeError as error:
                raise SynthesisError(f"RHVoice failed: {error}", "Reword it.") from error
            pcm = Pcm(b"".join(self._chunks), self._rate)
        if cancelled():
            raise SynthesisError("The rendering was cancelled", "")
        if not pcm.samples:
            raise SynthesisError(f"RHVoice made no sound of {sentence!r}", "Reword it.")
        return pcm
