"""PocketSphinx with its English model and Cyrillic spelt in English sounds: the usual makeshift.

It is here to be compared with. A phone loop decoded beside the phrases is how PocketSphinx users
tell speech that is none of the phrases.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from voicekiosk.core.messages import Candidate, Utterance
from voicekiosk.core.types import Locale, Seconds
from voicekiosk.ports import FRAME_RATE, RecognitionError

_SOUNDS: dict[str, tuple[str, ...]] = {
    "а": ("AA",),
    "б": ("B",),
    "в": ("V",),
    "г": ("G",),
    "д": ("D",),
    "е": ("Y", "EH"),
    "ё": ("Y", "AO"),
    "ж": ("ZH",),
    "з": ("Z",),
    "и": ("IY",),
    "й": ("Y",),
    "к": ("K",),
    "л": ("L",),
    "м": ("M",),
    "н": ("N",),
    "ң": ("NG",),
    "о": ("AO",),
    "ө": ("ER",),
    "п": ("P",),
    "р": ("R",),
    "с": ("S",),
    "т": ("T",),
    "у": ("UW",),
    "ү": ("Y", "UW"),
    "ф": ("F",),
    "х": ("HH",),
    "ц": ("T", "S"),
    "ч": ("CH",),
    "ш": ("SH",),
    "щ": ("SH",),
    "ы": ("IH",),
    "э": ("EH",),
    "ю": ("Y", "UW"),
    "я": ("Y", "AA"),
}
_VOWELS = frozenset("аоуыэеиөүяюё")
_FRAMES = FRAME_RATE // 160
"""PocketSphinx scores once in 10 ms."""

_SEARCH: dict[str, Any] = {
    "lw": 1.0,
    "wip": 1.0,
    "bestpath": False,
    "compallsen": True,
    "topn": 8,
    "beam": 1e-60,
    "pbeam": 1e-60,
    "wbeam": 1e-45,
    "remove_noise": True,
}
"""Wide and unweighted, so that phrases and phone loop can be compared. With the settings it comes
with, 83 % were right instead of 90 %, and 4 % instead of 40 % at 5 % false accepts (90 + 90 human
Russian trials): the peer is shown at its best."""


class SphinxEnglish:
    """A grammar of the phrases; how sure it is, is how far they beat any sequence of sounds."""

    def __init__(self) -> None:
        try:
            from pocketsphinx import Decoder, get_model_path  # type: ignore[import-untyped]
        except ImportError as error:
            raise RecognitionError(
                "PocketSphinx is not installed", "pip install 'pocketsphinx>=5,<6'"
            ) from error
        self._decoder_of = Decoder
        self._model = Path(get_model_path("en-us"))
        self._labels: dict[str, str] = {}
        self._phrases: Any = None
        self._loop: Any = None
        self._heard = 0

    def learn(self, phrases: Collection[tuple[str, Locale]]) -> None:
        self._labels = {f"p{n}": text for n, text in enumerate(sorted({p for p, _ in phrases}))}
        spelt = {label: sounds(text) for label, text in self._labels.items()}
        silent = [self._labels[label] for label, said in spelt.items() if not said]
        if silent:
            raise RecognitionError(
                f"nobody can say the phrase {silent[0]!r}", "Write it in Cyrillic letters."
            )
        with tempfile.TemporaryDirectory() as folder:
            lexicon = Path(folder) / "phrases.dict"
            lexicon.write_text(
                "".join(f"{label} {' '.join(said)}\n" for label, said in spelt.items()), "utf-8"
            )
            self._phrases = self._decoder(dict=str(lexicon))
            self._phrases.add_jsgf_string(
                "phrases", f"#JSGF V1.0; grammar g; public <p> = {' | '.join(spelt)};"
            )
            self._phrases.activate_search("phrases")
            if self._loop is None:
                self._loop = self._decoder(
                    allphone=str(self._model / "en-us-phone.lm.bin"), allphone_ci=True
                )

    def _decoder(self, **settings: Any) -> Any:
        return self._decoder_of(
            hmm=str(self._model / "en-us"), lm=None, loglevel="FATAL", **_SEARCH, **settings
        )

    def begin(self, offered: Collection[str]) -> None:
        """``offered`` changes nothing."""
        if self._phrases is None:
            raise RecognitionError("no phrases were learnt yet", "Learn some before listening.")
        self._heard = 0
        for decoder in (self._phrases, self._loop):
            decoder.start_utt()

    def accept(self, frame: bytes) -> None:
        self._heard += len(frame)
        for decoder in (self._phrases, self._loop):
            decoder.process_raw(frame)

    def finish(self) -> Utterance:
        for decoder in (self._phrases, self._loop):
            decoder.end_utt()
        best, anything = self._phrases.hyp(), self._loop.hyp()
        if best is None or best.hypstr not in self._labels:
            return Utterance()
        seconds = self._heard / 2 / FRAME_RATE
        against = anything.score if anything is not None else best.score
        ratio = (_nats(best.score) - _nats(against)) / max(seconds * _FRAMES, 1)
        sure = 1 / (1 + math.exp(-ratio))
        return Utterance((Candidate(self._labels[best.hypstr], sure),), Seconds(seconds))


def _nats(score: float) -> float:
    """PocketSphinx scales its logarithms down by 1024."""
    return math.log(score) * 1024 if score > 0 else -1e6


def sounds(text: str) -> list[str]:
    """A phrase in the English model's phones, letter by letter."""
    said: list[str] = []
    before = ""
    for letter in text.lower():
        spelt = _SOUNDS.get(letter, ())
        if letter in "еёюя" and before and before not in _VOWELS | {"ь", "ъ", " "}:
            spelt = spelt[1:]  # after a consonant it only softens: пять, лето
        if letter == before and letter in _VOWELS:
            spelt = ()  # a long vowel is one phone: English has no length
        said += spelt
        before = letter
    return said
