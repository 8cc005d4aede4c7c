"""Picks, language by language, the best voice that this machine has."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from voicekiosk.core.types import Locale, Pcm
from voicekiosk.ports import SynthesisError, Synthesizer

LICENCES = {"RHVoice": "LGPL-2.1-or-later", "espeak-ng": "GPL-3.0-or-later (the engine)"}
"""By the first word of a voice's name."""


class BestSynthesizer:
    """A Synthesizer made of several: the first that has a voice for the language speaks."""

    def __init__(self, synthesizers: Sequence[Synthesizer]) -> None:
        self._synthesizers = tuple(synthesizers)

    def voice(self, locale: Locale) -> str | None:
        return next((v for s in self._synthesizers if (v := s.voice(locale))), None)

    def render(self, sentence: str, locale: Locale) -> Pcm:
        for synthesizer in self._synthesizers:
            if synthesizer.voice(locale):
                return synthesizer.render(sentence, locale)
        raise SynthesisError(f"No voice speaks {locale}", "Install one, or record its prompts.")


def installed_voices(natural: bool = True) -> BestSynthesizer:
    """RHVoice where it is installed (and ``natural`` voices are wanted), then espeak-ng."""
    from voicekiosk.synthesis.espeak import EspeakSynthesizer

    found: list[Synthesizer] = []
    if natural:
        from voicekiosk.synthesis.rhvoice import RHVoiceSynthesizer

        try:
            found.append(RHVoiceSynthesizer())
        except SynthesisError as absent:
            logging.getLogger(__name__).info("%s", absent)
    return BestSynthesizer([*found, EspeakSynthesizer()])
