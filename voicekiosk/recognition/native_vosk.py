"""A native Vosk model as it comes, listening the way Vosk's own documentation tells to."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import vosk  # type: ignore[import-untyped]

from voicekiosk.core.messages import Candidate, Utterance
from voicekiosk.core.types import Locale, Seconds
from voicekiosk.ports import FRAME_RATE, RecognitionError
from voicekiosk.recognition.native_probe import check_native

_UNKNOWN = "[unk]"


class NativeVosk:
    """The phrases and ``[unk]`` as a grammar; how sure it is, is Vosk's own ``conf``.

    To compare with, not to serve visitors: ``conf`` says how clear the words were against each
    other, not whether anybody said them.
    """

    def __init__(self, model: Path) -> None:
        check_native(model)
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(model_path=str(model))
        except Exception as error:
            raise RecognitionError(
                f"Vosk cannot load the model in {model}", "Unpack its archive again."
            ) from error
        self._phrases: frozenset[str] = frozenset()
        self._decoder: Any = None
        self._used = False
        self._said: list[dict[str, Any]] = []
        self._unknown: tuple[str, ...] = ()

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """Words of the phrases that the model does not know: those phrases are never heard."""
        return self._unknown

    def learn(self, phrases: Collection[tuple[str, Locale]]) -> None:
        texts = {phrase for phrase, _ in phrases}
        words = {word for text in texts for word in text.split()}
        strange = {w for w in words if self._model.vosk_model_find_word(w) < 0}
        self._unknown = tuple(sorted(strange))
        self._phrases = frozenset(text for text in texts if not strange & set(text.split()))
        if not self._phrases:
            raise RecognitionError(
                f"the model knows not one of {len(texts)} phrases whole "
                f"(it lacks {', '.join(self._unknown[:5])})",
                "Use a model of the language that is spoken.",
            )
        grammar = json.dumps([*sorted(self._phrases), _UNKNOWN], ensure_ascii=False)
        self._decoder = vosk.KaldiRecognizer(self._model, FRAME_RATE, grammar)
        self._decoder.SetWords(True)
        self._used = False

    def begin(self, offered: Collection[str]) -> None:
        """``offered`` changes nothing: a grammar of Vosk has no weights."""
        if self._decoder is None:
            raise RecognitionError("no phrases were learnt yet", "Learn some before listening.")
        if self._used:
            self._decoder.FinalResult()
        self._used = True
        self._said = []

    def accept(self, frame: bytes) -> None:
        # Vosk may find the end of an utterance by itself; what it found until then counts.
        if self._decoder.AcceptWaveform(frame):
            self._said += json.loads(self._decoder.Result()).get("result", [])

    def finish(self) -> Utterance:
        said = self._said + json.loads(self._decoder.FinalResult()).get("result", [])
        self._used = False
        words = [word for word in said if word["word"] != "<eps>"]
        text = " ".join(word["word"] for word in words)
        if text not in self._phrases:
            return Utterance()
        sure = sum(float(word["conf"]) for word in words) / len(words)
        speech = Seconds(float(words[-1]["end"]) - float(words[0]["start"]))
        return Utterance((Candidate(text, min(max(sure, 0.0), 1.0)),), speech)
