"""Listens with Vosk for a closed set of phrases, and weighs them against everything else."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import vosk  # type: ignore[import-untyped]

from voicekiosk.core.messages import Candidate, Utterance
from voicekiosk.core.types import Locale, Seconds
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, RecognitionError
from voicekiosk.recognition.evidence import Decoding, confidences, speech_span
from voicekiosk.recognition.graph import ANYTHING, background, compiled, label_of, lexicon
from voicekiosk.recognition.model_folder import verify

_ALTERNATIVES = 6
_MOST = 4
_SHORTEST = 6
"""Less than this many frames (0.12 s) of speech is no word."""
_NETWORK_FRAMES = FRAME_SAMPLES / FRAME_RATE / 0.03
"""The network answers once in 30 ms."""
_CHUNK = 4 * FRAME_SAMPLES * 2
_TAIL = bytes(FRAME_RATE // 5 * 2)


class VoskRecognizer:
    """Three decodings of the same sound at once: a phrase, any sounds, a word of daily speech.

    A phrase's own likelihood says nothing about whether it was said; only the comparison does.
    """

    def __init__(self, model: Path, cache: Path) -> None:
        verify(model)
        self._folder = model
        self._cache = cache
        self._phrases: dict[str, str] = {}
        self._decoders: tuple[Any, ...] = ()
        self._offered: frozenset[str] = frozenset()
        self._heard = bytearray()
        self._passed = 0
        vosk.SetLogLevel(-1)

    def learn(self, phrases: Collection[tuple[str, Locale]]) -> None:
        said = lexicon(phrases)
        others = background(self._folder, said)
        folder = compiled(self._folder, self._cache, said, others)
        try:
            model = vosk.Model(model_path=str(folder))
        except Exception as error:
            raise RecognitionError(
                f"the model compiled into {folder} cannot be loaded",
                "Delete that folder: it is compiled again at the next start.",
            ) from error
        unknown = [w for w in (*said, ANYTHING) if model.vosk_model_find_word(w) < 0]
        if unknown:
            raise RecognitionError(
                f"the model compiled into {folder} does not know {', '.join(unknown)}",
                "Delete that folder: it is compiled again at the next start.",
            )
        self._phrases = {label_of(phrase): phrase for phrase, _ in phrases}
        self._decoders = (
            _decoder(model, said, _ALTERNATIVES),
            _decoder(model, [ANYTHING], 1),
            _decoder(model, others or [ANYTHING], 3),
        )
        self._heard.clear()
        self._passed = 0

    def begin(self, offered: Collection[str]) -> None:
        if not self._decoders:
            raise RecognitionError(
                "the recognizer has learnt no phrases yet", "Load the content before listening."
            )
        if self._passed:
            # Only a final result makes Vosk start afresh, with no memory of the last speaker.
            for decoder in self._decoders:
                decoder.FinalResult()
        self._offered = frozenset(label_of(phrase) for phrase in offered)
        self._heard.clear()
        self._passed = 0

    def accept(self, frame: bytes) -> None:
        self._heard += frame
        if len(self._heard) - self._passed >= _CHUNK:
            self._pass(bytes(self._heard[self._passed :]))

    def finish(self) -> Utterance:
        # The network looks ahead: without a tail the last phone is never judged.
        self._pass(bytes(self._heard[self._passed :]) + _TAIL)
        span = speech_span(np.frombuffer(bytes(self._heard), "<i2"))
        found = [json.loads(decoder.FinalResult()) for decoder in self._decoders]
        self._heard.clear()
        self._passed = 0
        speech = Seconds(span * FRAME_SAMPLES / FRAME_RATE)
        if span < _SHORTEST:
            return Utterance(speech=speech)
        said, loops, words = (_single(result) for result in found)
        sure = confidences(
            said,
            max((d.likelihood for d in loops), default=None),
            max((d.likelihood for d in words), default=None),
            span * _NETWORK_FRAMES,
            self._offered,
        )
        return Utterance(
            tuple(Candidate(self._phrases[label], c) for label, c in sure[:_MOST] if c > 0.01),
            speech,
        )

    def _pass(self, sound: bytes) -> None:
        # Vosk's own endpointing is ignored: when an utterance ends is decided elsewhere.
        for decoder in self._decoders:
            decoder.AcceptWaveform(sound)
        self._passed = len(self._heard)


def _decoder(model: Any, labels: Collection[str], alternatives: int) -> Any:
    grammar = json.dumps(sorted(labels), ensure_ascii=False)
    decoder = vosk.KaldiRecognizer(model, FRAME_RATE, grammar)
    decoder.SetMaxAlternatives(alternatives)
    return decoder


def _single(result: dict[str, Any]) -> list[Decoding]:
    """The alternatives that say one label and nothing else: ``[unk] X [unk]`` is not X."""
    found: dict[str, float] = {}
    for alternative in result.get("alternatives", ()):
        label = alternative["text"].strip()
        if label and " " not in label and "confidence" in alternative:
            likelihood = float(alternative["confidence"])
            found[label] = max(likelihood, found.get(label, likelihood))
    return [Decoding(label, likelihood) for label, likelihood in found.items()]
