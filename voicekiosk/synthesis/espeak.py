"""espeak-ng through pyttsx3: robotic, tiny, speaks Kyrgyz and Russian on every machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pyttsx3  # type: ignore[import-untyped]

from voicekiosk.core.types import Locale, Pcm, language_of
from voicekiosk.ports import SynthesisError
from voicekiosk.synthesis import espeak_driver
from voicekiosk.synthesis.speakable import never, refuse_unspeakable

LANGUAGES = ("ky", "ru")
WORDS_PER_MINUTE = 140
"""Slower than usual: most visitors hear a synthetic voice for the first time."""


class _Desk:
    """The one pyttsx3 engine and the one thread it lives on; it deadlocks when shared."""

    def __init__(self) -> None:
        espeak_driver.register()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="espeak")
        self._faults: list[BaseException] = []
        self._engine = self._thread.submit(self._start).result()

    def _start(self) -> pyttsx3.Engine:
        engine = pyttsx3.init(espeak_driver.NAME)
        engine.connect("error", lambda exception, **_: self._faults.append(exception))
        return engine

    def render(self, sentence: str, language: str, cancelled: Callable[[], bool]) -> Pcm:
        return self._thread.submit(self._render, sentence, language, cancelled).result()

    def _render(self, sentence: str, language: str, cancelled: Callable[[], bool]) -> Pcm:
        chunks: list[bytes] = []
        self._faults.clear()
        self._engine.setProperty("voice", language)
        self._engine.setProperty("rate", WORDS_PER_MINUTE)
        self._engine.setProperty("sink", chunks.append)
        self._engine.setProperty("cancelled", cancelled)
        self._engine.say(sentence)
        self._engine.runAndWait()
        if self._faults:
            raise SynthesisError(f"espeak-ng failed: {self._faults[0]}", "Check the installation.")
        return Pcm(b"".join(chunks), self._engine.getProperty("sample_rate"))


_desk: _Desk | None = None
_desk_lock = threading.Lock()


def _shared_desk() -> _Desk:
    global _desk
    with _desk_lock:
        if _desk is None:
            _desk = _Desk()
        return _desk


class EspeakSynthesizer:
    """A Synthesizer; safe to call from any thread. espeak-ng loads at the first rendering."""

    def voice(self, locale: Locale) -> str | None:
        language = language_of(locale)
        return f"espeak-ng {language}" if language in LANGUAGES else None

    def render(self, sentence: str, locale: Locale, cancelled: Callable[[], bool] = never) -> Pcm:
        if self.voice(locale) is None:
            raise SynthesisError(f"espeak-ng has no voice for {locale}", "Record its prompts.")
        refuse_unspeakable(sentence, locale)
        pcm = _shared_desk().render(sentence, language_of(locale), cancelled)
        if cancelled():
            raise SynthesisError("The rendering was cancelled", "")
        if not pcm.samples:
            raise SynthesisError(f"espeak-ng made no sound of {sentence!r}", "Reword it.")
        return pcm
