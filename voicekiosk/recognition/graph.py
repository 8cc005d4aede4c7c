"""Compiles the phrases, the background words and a phone loop into a model folder in a cache."""

from __future__ import annotations

import hashlib
import math
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np

from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale
from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.fst import Transducer
from voicekiosk.recognition.letters_to_phones import PAUSE, pronunciations

ANYTHING = "[unk]"
"""The label of the phone loop: any sequence of sounds."""
_FORMAT = "2"
"""Part of the cache's name: raise it whenever the graph is built differently."""
_NO_SILENCE = 2.3
_INNER_SILENCE = 1.0
_RAREST = 1e-5
_BACKGROUND = {"background-ky.txt": KYRGYZ, "background-ru.txt": RUSSIAN}

Lexicon = Mapping[str, Collection[tuple[str, ...]]]


def label_of(phrase: str) -> str:
    """A Vosk grammar is a bag of words, so that a phrase of several words must be one label."""
    return phrase.replace(" ", "_")


def lexicon(phrases: Collection[tuple[str, Locale]]) -> dict[str, list[tuple[str, ...]]]:
    """How each phrase may be said, in each language it is said in."""
    said: dict[str, list[tuple[str, ...]]] = {}
    for phrase, locale in sorted(set(phrases)):
        ways = pronunciations(phrase, locale)
        if not ways:
            raise RecognitionError(
                f"nobody can say the phrase {phrase!r}: it has no letters that are spoken",
                "Write it in words, as it is said, in the content.",
            )
        known = said.setdefault(label_of(phrase), [])
        known += [way for way in ways if way not in known]
    return said


def background(model: Path, phrases: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    """Frequent words that are no phrase: speech that is one of these is not for the kiosk."""
    taken = {way for ways in phrases.values() for way in ways}
    said: dict[str, list[tuple[str, ...]]] = {}
    for name, locale in _BACKGROUND.items():
        file = model / name
        for word in file.read_text("utf-8").split() if file.exists() else []:
            ways = [way for way in pronunciations(word, locale)[:4] if way not in taken]
            # A word that sounds like a phrase would argue against that phrase.
            if word not in phrases and ways:
                said.setdefault(word, []).extend(w for w in ways if w not in said[word])
    return said


def compiled(model: Path, cache: Path, phrases: Lexicon, others: Lexicon) -> Path:
    """The folder of a model that knows these words, compiled unless it was before."""
    digest = hashlib.sha256(_FORMAT.encode())
    for file in sorted(p for p in model.rglob("*") if p.is_file()):
        digest.update(file.relative_to(model).as_posix().encode() + file.read_bytes())
    digest.update(repr(sorted((w, sorted(p)) for w, p in phrases.items())).encode())
    digest.update(repr(sorted((w, sorted(p)) for w, p in others.items())).encode())
    ready = cache / f"{model.name}-{digest.hexdigest()[:16]}"
    if (ready / "graph" / "HCLr.fst").exists():
        return ready
    try:
        cache.mkdir(parents=True, exist_ok=True)
        # Built aside and renamed: a power cut never leaves half a model under the final name.
        with tempfile.TemporaryDirectory(dir=cache, prefix=".compiling-") as aside:
            draft = Path(aside) / "model"
            draft.mkdir()
            for part in ("am", "conf"):
                shutil.copytree(model / part, draft / part)
            _write(draft, {**others, **phrases})
            try:
                draft.rename(ready)
            except OSError:
                if not ready.exists():  # another process was faster: its work is the same
                    raise
    except OSError as error:
        raise RecognitionError(
            f"the recognition model cannot be compiled into {cache} ({error.strerror})",
            "Make the folder writable for the kiosk's user and free some space.",
        ) from error
    return ready


def _write(folder: Path, words: Lexicon) -> None:
    phones = _phones(folder)
    bigram = np.load(folder / "am" / "phone_bigram.npy")
    names = ["<eps>", ANYTHING, *sorted(words)]
    graph = folder / "graph"
    graph.mkdir()
    _words_graph(phones, bigram, words, names).write(graph / "HCLr.fst")
    grammar = Transducer()
    only = grammar.state(final=0.0)
    for number in range(1, len(names)):
        grammar.arc(only, number, number, math.log(len(names)), only)
    grammar.write(graph / "Gr.fst")
    table = "".join(f"{name} {number}\n" for number, name in enumerate(names))
    (graph / "words.txt").write_text(table, "utf-8")
    # Vosk wants to know a disambiguation symbol: any id above the transition ids will do.
    (graph / "disambig_tid.int").write_text(f"{2 * len(phones) + 1}\n")


def _phones(folder: Path) -> dict[str, int]:
    lines = (folder / "am" / "phones.txt").read_text("utf-8").splitlines()
    return {name: int(number) for name, number in (line.split()[:2] for line in lines if line)}


def _words_graph(
    phones: dict[str, int], bigram: np.ndarray, words: Lexicon, names: list[str]
) -> Transducer:
    graph = Transducer()
    # One label and no second: else whatever babbles around a word becomes one more word.
    start, hub, silence = graph.state(), graph.state(_NO_SILENCE), graph.state(0.0)
    over = graph.state(0.0)

    def enter(phone: str) -> int:
        return 2 * phones[phone]

    def stay(phone: str) -> int:
        return 2 * phones[phone] - 1

    def sounding(phone: str) -> int:
        state = graph.state()
        graph.arc(state, stay(phone), 0, 0.0, state)
        return state

    for quiet in (silence, over):
        graph.arc(quiet, stay("SIL"), 0, 0.0, quiet)
    graph.arc(start, enter("SIL"), 0, 0.0, silence)
    graph.arc(hub, enter("SIL"), 0, 0.0, over)
    sources = ((start, _NO_SILENCE), (silence, 0.0))
    number = {name: at for at, name in enumerate(names)}
    for word, ways in sorted(words.items()):
        # Ways of saying one word share their ends, so that ten variants stay small.
        before: dict[tuple[str, ...], int] = {(): hub}

        def rest(way: tuple[str, ...], before: dict[tuple[str, ...], int] = before) -> int:
            if way not in before:
                before[way] = state = graph.state()
                after = rest(way[1:], before)
                phone = "SIL" if way[0] == PAUSE else way[0]
                inside = sounding(phone)
                graph.arc(state, enter(phone), 0, _INNER_SILENCE * (phone == "SIL"), inside)
                graph.arc(inside, 0, 0, 0.0, after)
                if way[0] == PAUSE:
                    graph.arc(state, 0, 0, 0.0, after)
            return before[way]

        for way in dict.fromkeys(ways):
            first = sounding(way[0])
            graph.arc(first, 0, 0, 0.0, rest(way[1:]))
            for source, cost in sources:
                graph.arc(source, enter(way[0]), number[word], cost, first)
    _loop(graph, phones, bigram, sources, hub, {p: sounding(p) for p in phones if p != "SIL"})
    return graph


def _loop(
    graph: Transducer,
    phones: dict[str, int],
    bigram: np.ndarray,
    sources: tuple[tuple[int, float], ...],
    hub: int,
    states: dict[str, int],
) -> None:
    """Any phone after any other or a pause, as often as they follow each other in Kyrgyz."""

    def cost(left: str, right: str) -> float:
        return -math.log(max(float(bigram[phones[left] - 1, phones[right] - 1]), _RAREST))

    pause = graph.state()
    graph.arc(pause, 2 * phones["SIL"] - 1, 0, 0.0, pause)
    for phone, state in states.items():
        graph.arc(state, 2 * phones["SIL"], 0, cost(phone, "SIL"), pause)
        graph.arc(pause, 2 * phones[phone], 0, cost("SIL", phone), state)
        for source, opening in sources:
            graph.arc(source, 2 * phones[phone], 1, cost("SIL", phone) + opening, state)
        for following, to in states.items():
            graph.arc(state, 2 * phones[following], 0, cost(phone, following), to)
        graph.arc(state, 0, 0, cost(phone, "SIL"), hub)
