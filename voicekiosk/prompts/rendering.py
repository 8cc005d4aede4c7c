"""Speaks a prompt sentence by sentence, so that each sentence's start is known exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voicekiosk.core.types import Clip, Locale, Seconds
from voicekiosk.ports import PLAYBACK_RATE, SynthesisError, Synthesizer
from voicekiosk.prompts import sound

GAP = 0.35
"""Seconds of silence between two sentences."""


def render(sentences: Sequence[str], locale: Locale, synthesizer: Synthesizer) -> Clip:
    """Raises SynthesisError."""
    voice = synthesizer.voice(locale)
    if voice is None:
        raise SynthesisError(f"No voice speaks {locale}", "Install one, or record its prompts.")
    parts: list[sound.Samples] = []
    starts: list[Seconds] = []
    position = 0
    gap = np.zeros(int(GAP * PLAYBACK_RATE))
    for sentence in sentences:
        if parts:
            parts.append(gap)
            position += len(gap)
        spoken, _ = sound.trimmed(sound.samples_of(synthesizer.render(sentence, locale)))
        if sound.is_silent(spoken):
            raise SynthesisError(f"{voice} says nothing for {sentence!r}", "Reword it.")
        starts.append(Seconds(position / PLAYBACK_RATE))
        parts.append(spoken)
        position += len(spoken)
    if not parts:
        raise SynthesisError("There is no sentence to say", "Write one.")
    levelled = sound.levelled(np.concatenate(parts))
    return Clip(sound.pcm_of(levelled), tuple(starts), voice, recorded=False)
