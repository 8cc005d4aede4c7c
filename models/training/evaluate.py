"""Sets models side by side: same menus, same sound, plain Vosk, the kiosk's own graph."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import vosk  # type: ignore[import-untyped]

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.recognition.evidence import speech_span
from voicekiosk.recognition.graph import ANYTHING, background, compiled, label_of, lexicon

from .material import spoken_words
from .speech import RATE, Samples, Utterance, load, manifest
from .surroundings import babble, framed, in_room, level, through_line, white, with_noise

PLACES = ("quiet", "white:10", "babble:10", "line")
_ANSWERS_PER_SPAN = 2 / 3
"""Speech is counted in frames of 20 ms, the network answers every 30 ms."""
_UNHEARD = 40.0
_OTHERS = 400


@dataclass(frozen=True, slots=True)
class Trial:
    """One clip against one menu: what the menu held, what was heard, how surely."""

    offered: bool
    right: bool
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """Shares of the offered clips; ``accepted`` at 5 and 2 % of the others accepted."""

    trials: int
    right: float
    accepted: tuple[float, float]


class Judge:
    """A model that knows all phrases of a set, and remembers what it answered."""

    def __init__(self, folder: Path, cache: Path, utterances: Sequence[Utterance]) -> None:
        phrases = [(u.text, RUSSIAN if u.language == "ru" else KYRGYZ) for u in utterances]
        said = lexicon(phrases)
        others = background(folder, said) or background(Path(__file__).parents[1] / "vosk-ky", said)
        # The kiosk's whole list would take most of the time and tell models apart no better.
        kept = random.Random(1).sample(sorted(others), min(_OTHERS, len(others)))
        others = {word: others[word] for word in kept}
        self._model = vosk.Model(model_path=str(compiled(folder, cache, said, others)))
        self._others = sorted(others)
        self._apart: dict[int, tuple[float | None, float | None]] = {}

    def __call__(self, sound: bytes, key: int, menu: Sequence[str]) -> tuple[str, float]:
        """The label heard and by how much it beats any sounds and any other word, in nats."""
        heard = self._best(sound, [label_of(phrase) for phrase in menu])
        if key not in self._apart:
            loop, word = self._best(sound, [ANYTHING]), self._best(sound, self._others)
            self._apart[key] = loop and loop[1], word and word[1]
        if heard is None:
            return "", -1e3
        loop_score, word_score = self._apart[key]
        against = heard[1] - _UNHEARD if loop_score is None else loop_score
        other = against if word_score is None else word_score
        return heard[0], (heard[1] - against) + (heard[1] - other)

    def _best(self, sound: bytes, labels: Sequence[str]) -> tuple[str, float] | None:
        grammar = json.dumps(list(labels), ensure_ascii=False)
        decoder = vosk.KaldiRecognizer(self._model, RATE, grammar)
        decoder.SetMaxAlternatives(4)
        decoder.AcceptWaveform(sound)
        for found in json.loads(decoder.FinalResult())["alternatives"]:
            text = found["text"].strip()
            if text and " " not in text and "confidence" in found:
                return text, float(found["confidence"])
        return None


def placed(clip: Samples, key: int, place: str, voices: Sequence[Samples]) -> bytes:
    """The clip as it arrives at ``place``: quiet, white:10, babble:5, line, hall."""
    chance = np.random.default_rng(key)
    sound = framed(clip, chance, RATE // 4, 2 * RATE // 5)
    kind, _, decibels = place.partition(":")
    if kind == "white":
        sound = with_noise(sound, white(len(sound), chance), float(decibels), level(clip))
    elif kind == "babble":
        sound = with_noise(sound, babble(len(sound), chance, voices), float(decibels), level(clip))
    elif kind == "line":
        sound = through_line(sound)
    elif kind == "hall":
        sound = in_room(sound, chance, 0.8, 0.6)
    elif kind != "quiet":
        raise ValueError(f"{place!r} is no place: {', '.join(PLACES)} or hall")
    return np.clip(sound, -32768, 32767).astype("<i2").tobytes()


def compare(
    models: Sequence[Path], utterances: Sequence[Utterance], place: str, size: int, trials: int
) -> list[Result]:
    """One result for each model; the menus, the clips and the noise are the same for all."""
    utterances = [u for u in utterances if spoken_words(u.text)]
    by_text: dict[str, list[int]] = {}
    for at, utterance in enumerate(utterances):
        by_text.setdefault(utterance.text, []).append(at)
    size = min(size, len(by_text) // 2)
    chance = random.Random(1)
    plan: list[tuple[list[str], int, bool]] = []
    while len(plan) < 2 * trials:
        drawn = chance.sample(sorted(by_text), 2 * size)
        menu = drawn[:size]
        plan += [(menu, chance.choice(by_text[t]), at < size) for at, t in enumerate(drawn)]
    clips = {at: load(utterances[at].file) for at in sorted({at for _, at, _ in plan})}
    voices = [clip for clip in clips.values() if len(clip) > RATE // 3][:60]
    spans = {at: speech_span(clip.astype(np.int16)) for at, clip in clips.items()}
    key = {at: zlib.crc32(utterances[at].file.name.encode()) for at in clips}
    heard = {at: placed(clip, key[at], place, voices) for at, clip in clips.items()}
    results = []
    with tempfile.TemporaryDirectory() as cache:
        for model in models:
            judge = Judge(model, Path(cache), utterances)
            made = []
            for menu, at, offered in plan:
                label, nats = judge(heard[at], at, menu)
                answers = max(spans[at], 1) * _ANSWERS_PER_SPAN
                right = label == label_of(utterances[at].text)
                made.append(Trial(offered, right, nats / answers))
            results.append(_result(made))
    return results


def _result(made: Sequence[Trial]) -> Result:
    others = [t.score for t in made if not t.offered]
    offered = [t for t in made if t.offered]
    bars = [float(np.quantile(others, 1 - share)) for share in (0.05, 0.02)]
    at_five, at_two = (sum(t.right and t.score > bar for t in offered) for bar in bars)
    count = len(offered)
    right = sum(t.right for t in offered) / count
    return Result(count, right, (at_five / count, at_two / count))


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m models.training.evaluate",
        description="Compare models on folders of recordings with manifest.tsv.",
        epilog="Example: python -m models.training.evaluate models/vosk-ky /tmp/new "
        "--on recordings/ --sizes 15 60",
    )
    parser.add_argument("models", nargs="+", type=Path, help="model folders")
    parser.add_argument("--on", nargs="+", type=Path, required=True, help="folders of recordings")
    parser.add_argument("--places", nargs="+", default=PLACES, help="quiet white:10 babble:5 line")
    parser.add_argument("--sizes", nargs="+", type=int, default=[15, 60], help="phrases on offer")
    parser.add_argument("--trials", type=int, default=120, help="clips offered; as many are not")
    parser.add_argument("--json", type=Path, help="write every figure there as well")
    options = parser.parse_args()
    vosk.SetLogLevel(-1)
    rows = []
    print("right / right and accepted at 5 % / at 2 % of other speech accepted")
    for folder in options.on:
        utterances = manifest(folder)
        for size in options.sizes:
            for place in options.places:
                found = compare(options.models, utterances, place, size, options.trials)
                told = f"{folder.name:12} {size:3} phrases {place:10} n={found[0].trials:4}"
                for model, result in zip(options.models, found, strict=True):
                    five, two = result.accepted
                    told += f" | {model.name}: {result.right:.3f} / {five:.3f} / {two:.3f}"
                    row = {"set": folder.name, "phrases": size, "place": place}
                    row |= {"model": str(model), "n": result.trials, "right": result.right}
                    rows.append(row | {"accepted_at_5": five, "accepted_at_2": two})
                print(told, flush=True)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")
        print(f"every figure is in {options.json}", file=sys.stderr)


if __name__ == "__main__":
    main()
