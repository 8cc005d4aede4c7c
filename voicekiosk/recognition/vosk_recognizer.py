"""Listens with Vosk for a closed set of phrases, and weighs them against everything else."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import vosk  # type: ignore[import-untyped]

from voicekiosk.core.messages import Candidate, Utterance
from voicekiosk.core.types import Locale, Seconds
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, RecognitionError
from voicekiosk.recognition.calibration import calibration
from voicekiosk.recognition.evidence import (
    Decoding,
    Evidence,
    Vocabulary,
    confidences,
    measured,
    speech_span,
)
from voicekiosk.recognition.graph import ANYTHING, background, compiled, label_of, lexicon
from voicekiosk.recognition.letters_to_phones import PAUSE
from voicekiosk.recognition.model_folder import verify
from voicekiosk.recognition.second_ear import SecondEar

_ALTERNATIVES = 6
_MOST = 4
_SHORTEST = 6
"""Less than this many frames (0.12 s) of speech is no word."""
_NETWORK_FRAMES = FRAME_SAMPLES / FRAME_RATE / 0.03
"""The network answers once in 30 ms."""
_CHUNK = 4 * FRAME_SAMPLES * 2
_TAIL = bytes(FRAME_RATE // 5 * 2)
_DOUBTFUL = (0.02, 0.98)
"""Outside of it a second ear would change nothing that is done."""
_AGREES, _DISAGREES = 4.0, 0.25
"""Odds for and against, from a native model that names a phrase of the shortlist: assumed, since
none could be had to measure with; it never lifts a phrase that our own ears refuse."""


class VoskRecognizer:
    """Three decodings of the same sound at once: a phrase, any sounds, a word of daily speech.

    A phrase's own likelihood says nothing about whether it was said; only the comparison does.
    Where it leaves doubt, the second ears are asked about the shortlist: the first of them is
    part of the calibration, the others (native models) agree or disagree.
    """

    def __init__(self, model: Path, cache: Path, second: Sequence[SecondEar] = ()) -> None:
        verify(model)
        self._folder = model
        self._cache = cache
        self._second = tuple(second)
        self._calibration = calibration(model)
        self._phrases: dict[str, str] = {}
        self._vocabulary = Vocabulary({}, {})
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
        self._vocabulary = Vocabulary(
            {label: sum(phone != PAUSE for phone in ways[0]) for label, ways in said.items()},
            {label_of(phrase): locale for phrase, locale in sorted(phrases, reverse=True)},
        )
        self._decoders = (
            _decoder(model, said, _ALTERNATIVES),
            _decoder(model, [ANYTHING], 1),
            _decoder(model, others or [ANYTHING], 3),
        )
        for ear in self._second:
            ear.learn(said, others)
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
        self._offered = frozenset(map(label_of, offered)) & self._phrases.keys()
        self._heard.clear()
        self._passed = 0

    def accept(self, frame: bytes) -> None:
        self._heard += frame
        if len(self._heard) - self._passed >= _CHUNK:
            self._pass(bytes(self._heard[self._passed :]))

    def finish(self) -> Utterance:
        sound = np.frombuffer(bytes(self._heard), "<i2")
        evidence = self._evidence(sound)
        speech = Seconds(speech_span(sound) * FRAME_SAMPLES / FRAME_RATE)
        if evidence is None:
            return Utterance(speech=speech)
        sure = self._confidences(evidence)
        if self._second and any(_DOUBTFUL[0] < c < _DOUBTFUL[1] for _, c in sure[:1]):
            sure = self._asked_again(evidence, sure, sound)
        return Utterance(
            tuple(Candidate(self._phrases[label], c) for label, c in sure[:_MOST] if c > 0.01),
            speech,
        )

    def evidence(self) -> Evidence | None:
        """Ends the utterance as ``finish`` does and gives what confidence is calibrated on: all
        decodings and the second ear's opinion; None when there was no speech."""
        sound = np.frombuffer(bytes(self._heard), "<i2")
        found = self._evidence(sound)
        if found is None or not self._second or not found.phrases:
            return found
        shortlist = [d.label for d in found.phrases[:_MOST]]
        return found.heard_again(self._second[0].judge(sound, shortlist))

    @property
    def vocabulary(self) -> Vocabulary:
        return self._vocabulary

    def _evidence(self, sound: np.ndarray) -> Evidence | None:
        # The network looks ahead: without a tail the last phone is never judged.
        self._pass(bytes(self._heard[self._passed :]) + _TAIL)
        span, clearance = measured(sound)
        found = [json.loads(decoder.FinalResult()) for decoder in self._decoders]
        self._heard.clear()
        self._passed = 0
        if span < _SHORTEST:
            return None
        said, loops, words = found
        return Evidence(
            _single(said),
            _best(loops),
            _best(words, self._phrases),
            span * _NETWORK_FRAMES,
            clearance,
        )

    def _confidences(self, evidence: Evidence) -> list[tuple[str, float]]:
        return confidences(evidence, self._calibration, self._vocabulary, self._offered)

    def _asked_again(
        self, evidence: Evidence, sure: list[tuple[str, float]], sound: np.ndarray
    ) -> list[tuple[str, float]]:
        shortlist = [label for label, _ in sure[:_MOST]]
        again = self._confidences(evidence.heard_again(self._second[0].judge(sound, shortlist)))
        for ear in self._second[1:]:
            opinion = ear.judge(sound, shortlist)
            if opinion.best is None:
                continue  # it knows none of the words, or heard none of them
            again = [(label, _weighed(c, label == opinion.best)) for label, c in again]
        return sorted(again, key=lambda pair: -pair[1])

    def _pass(self, sound: bytes) -> None:
        # Vosk's own endpointing is ignored: when an utterance ends is decided elsewhere.
        for decoder in self._decoders:
            decoder.AcceptWaveform(sound)
        self._passed = len(self._heard)


def _weighed(confidence: float, agrees: bool) -> float:
    odds = confidence / max(1 - confidence, 1e-6) * (_AGREES if agrees else _DISAGREES)
    return odds / (1 + odds)


def _decoder(model: Any, labels: Collection[str], alternatives: int) -> Any:
    grammar = json.dumps(sorted(labels), ensure_ascii=False)
    decoder = vosk.KaldiRecognizer(model, FRAME_RATE, grammar)
    decoder.SetMaxAlternatives(alternatives)
    return decoder


def _alternatives(result: dict[str, Any]) -> list[tuple[str, float]]:
    """Vosk calls the log-likelihood of a path ``confidence``."""
    return [
        (alternative["text"].strip(), float(alternative["confidence"]))
        for alternative in result.get("alternatives", ())
        if "confidence" in alternative
    ]


def _single(result: dict[str, Any]) -> tuple[Decoding, ...]:
    """The alternatives that say one label and nothing else: ``[unk] X [unk]`` is not X."""
    found: dict[str, float] = {}
    for label, likelihood in _alternatives(result):
        if label and " " not in label:
            found[label] = max(likelihood, found.get(label, likelihood))
    ordered = sorted(found.items(), key=lambda pair: -pair[1])
    return tuple(Decoding(label, likelihood) for label, likelihood in ordered)


def _best(result: dict[str, Any], phrases: Collection[str] = ()) -> float | None:
    """The best path of any number of words, unless together they say a phrase."""
    return max(
        (nats for text, nats in _alternatives(result) if text and label_of(text) not in phrases),
        default=None,
    )
