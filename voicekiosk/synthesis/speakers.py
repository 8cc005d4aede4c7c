"""Every voice and variant this machine has, as speakers to measure listening with.

Their sound is heard by recognizers only and never given away: so the licences that keep some of
these voices out of prompt packs do not matter here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voicekiosk.core.types import Locale, Pcm, language_of
from voicekiosk.ports import SynthesisError
from voicekiosk.synthesis.espeak_driver import RATE, SYNTH_CALLBACK, UTF8, library
from voicekiosk.synthesis.rhvoice import CONFIG, DATA, LIBRARY
from voicekiosk.synthesis.speakable import refuse_unspeakable

LANGUAGES = ("ky", "ru")
VARIANTS = ("m3", "f2", "klatt2", "f4", "m7", "f5")
"""Of espeak-ng: throats unlike each other. The rest are jokes or hardly differ."""
RATES = (0.85, 1.0, 1.15)
"""Of the voice's natural rate; who says what how fast is drawn."""
_WORDS_PER_MINUTE = 155


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice; ``kind`` is its engine."""

    name: str
    language: str
    kind: str


class Speakers:
    """All of them, and how to make one speak. Raises SynthesisError when there is none."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._rate = 24_000
        self._fault: BaseException | None = None
        self._heard = SYNTH_CALLBACK(self._espeak_chunk)
        self._engine, natural = self._natural()
        robots = [
            Speaker(f"espeak-ng {language}+{variant}", language, "espeak-ng")
            for language in LANGUAGES
            for variant in VARIANTS
            if self._robot(f"{language}+{variant}")
        ]
        self.all: Sequence[Speaker] = (*natural, *robots)
        if not self.all:
            raise SynthesisError("This machine has no voice", "Install rhvoice-kyrgyz.")

    def say(self, speaker: Speaker, text: str, locale: Locale, rate: float = 1.0) -> Pcm:
        """``text`` in this voice, ``rate`` times as fast as usual."""
        if language_of(locale) != speaker.language:
            raise SynthesisError(f"{speaker.name} does not speak {locale}", "Choose another.")
        refuse_unspeakable(text, locale)
        self._chunks.clear()
        name = speaker.name.split()[1]
        if speaker.kind == "RHVoice":
            self._engine.set_params(voice_profile=name, relative_rate=rate)
            self._engine.generate(text)
        else:
            self._say_robot(name, text, rate)
        if not self._chunks:
            raise SynthesisError(f"{speaker.name} made no sound of {text!r}", "Reword it.")
        return Pcm(b"".join(self._chunks), self._rate)

    def _natural(self) -> tuple[Any, list[Speaker]]:
        data = next((d for d in DATA if d.is_dir()), None)
        try:
            ctypes.CDLL(LIBRARY)
            from rhvoice_wrapper import rhvoice_proxy  # type: ignore[import-untyped]

            engine = rhvoice_proxy.Engine(lib_path=LIBRARY)
            engine.init(
                self._rhvoice_chunk, self._set_rate, data_path=str(data), config_path=str(CONFIG)
            )
            voices = sorted((n, v["lang"].split("-")[0]) for n, v in engine.voices.items())
        except (OSError, ImportError, RuntimeError, AttributeError):
            return None, []
        return engine, [Speaker(f"RHVoice {n}", x, "RHVoice") for n, x in voices if x in LANGUAGES]

    def _robot(self, name: str) -> bool:
        """Is there such a voice? espeak-ng keeps the voice before when there is not."""
        espeak = library()
        if espeak.dll.espeak_SetVoiceByName(name.encode()):
            return False
        current = espeak.dll.espeak_GetCurrentVoice()
        spoken = (current.contents.languages or b"")[1:] if current else b""
        return spoken.split(b"-")[0].split(b"+")[0] == name.split("+")[0].encode()

    def _say_robot(self, name: str, text: str, rate: float) -> None:
        espeak, spoken = library(), text.encode()
        self._rate, self._fault = espeak.sample_rate, None
        with espeak.lock:
            espeak.dll.espeak_SetSynthCallback(self._heard)
            espeak.dll.espeak_SetVoiceByName(name.encode())
            espeak.dll.espeak_SetParameter(RATE, round(_WORDS_PER_MINUTE * rate), 0)
            espeak.dll.espeak_Synth(spoken, len(spoken) + 1, 0, 1, 0, UTF8, None, None)
        if self._fault is not None:
            raise self._fault

    def _espeak_chunk(self, samples: Any, count: int, _events: Any) -> int:
        try:
            if samples and count > 0:
                self._chunks.append(ctypes.string_at(samples, count * 2))
        except BaseException as error:
            self._fault = error
            return 1
        return 0

    def _rhvoice_chunk(self, samples: Any, count: int, _user: Any) -> int:
        self._chunks.append(ctypes.string_at(samples, count * 2))
        return 1

    def _set_rate(self, rate: int, _user: Any) -> int:
        self._rate = rate
        return 1
