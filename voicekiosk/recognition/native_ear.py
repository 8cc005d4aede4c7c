"""Any plain Vosk model as a second ear: a grammar of the shortlist against all it knows besides."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import vosk  # type: ignore[import-untyped]

from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, RecognitionError
from voicekiosk.recognition.evidence import speech_span
from voicekiosk.recognition.graph import ANYTHING
from voicekiosk.recognition.native_probe import check_native
from voicekiosk.recognition.second_ear import Lexicon, Opinion

_ALTERNATIVES = 8
_MOST_WORDS = 60
"""Background words: three hundred took half a second for some utterances, sixty a twentieth."""
_NETWORK_FRAMES = FRAME_SAMPLES / FRAME_RATE / 0.03
_TAIL = bytes(FRAME_RATE // 5 * 2)
"""The network looks ahead: without a tail the last phone is never judged."""


class NativeEar:
    """Decodes an utterance twice: as one of the shortlist, and as anything else it knows.

    The folder must have been looked at before (``native_probe.known_words``): libvosk ends the
    whole process over some broken ones. Raises RecognitionError.
    """

    def __init__(self, model: Path) -> None:
        check_native(model)
        self.name = model.name
        self.unknown: Mapping[str, Sequence[str]] = {}
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(model_path=str(model))
        except Exception as error:
            raise RecognitionError(
                f"Vosk cannot load the model {model.name}",
                f"voicekiosk models remove {model.name}, and add it again.",
            ) from error
        self._texts: dict[str, str] = {}
        self._against: Any = None

    def knows(self, word: str) -> bool:
        return int(self._model.vosk_model_find_word(word)) >= 0

    def learn(self, lexicon: Lexicon, others: Lexicon) -> None:
        """How labels are said is the model's own affair: it has its own dictionary."""
        unknown: dict[str, Sequence[str]] = {}
        self._texts = {}
        for label in lexicon:
            words = label.split("_")
            strange = [w for w in words if not self.knows(w)]
            if self.knows(label):
                self._texts[label] = label
            elif strange:
                unknown[label] = strange
            else:
                self._texts[label] = " ".join(words)
        self.unknown = unknown
        said = {word for text in self._texts.values() for word in text.split()}
        known = [w for w in dict.fromkeys(others) if w not in said and self.knows(w)]
        against = known[:_MOST_WORDS] + [ANYTHING] * self.knows(ANYTHING)
        self._against = self._decoder(against, 1) if against else None

    def judge(self, samples: npt.NDArray[np.int16], labels: Sequence[str]) -> Opinion:
        asked = {label: self._texts[label] for label in labels if label in self._texts}
        span = speech_span(samples)
        if not asked or not span:
            return Opinion()
        sound = samples.astype("<i2").tobytes() + _TAIL
        found = _heard(self._decoder(asked.values(), _ALTERNATIVES), sound)
        likelihoods = {label: found[text] for label, text in asked.items() if text in found}
        if not likelihoods:
            return Opinion()
        # The best of anything else is a word, or sounds: whichever, it argues against all labels.
        against = _heard(self._against, sound) if self._against else {}
        other = max(against.values(), default=None)
        return Opinion(likelihoods, other, other, max(1, round(span * _NETWORK_FRAMES)))

    def _decoder(self, texts: Collection[str], alternatives: int) -> Any:
        grammar = json.dumps(sorted(set(texts)), ensure_ascii=False)
        decoder = vosk.KaldiRecognizer(self._model, FRAME_RATE, grammar)
        decoder.SetMaxAlternatives(alternatives)
        return decoder


def _heard(decoder: Any, sound: bytes) -> dict[str, float]:
    """What may have been said, and how likely; Vosk calls the likelihood ``confidence``."""
    decoder.AcceptWaveform(sound)
    found: dict[str, float] = {}
    for alternative in json.loads(decoder.FinalResult()).get("alternatives", ()):
        text = alternative["text"].strip()
        if text and "confidence" in alternative:
            nats = float(alternative["confidence"])
            found[text] = max(nats, found.get(text, nats))
    return found
