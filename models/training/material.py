"""Utterances cut into a few words each, with the place of every sound, and heard somewhere."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.recognition.letters_to_phones import LETTERS, PAUSE, pronunciations

from .alignment import SILENCE, Segment, Ways, align, evenly
from .features import Features, Mfcc, centred
from .kaldi_files import Model
from .network import STRIDE, answers, listen
from .speech import RATE, Samples, Utterance, load
from .surroundings import Chance, at_speed, framed, level, somewhere

HOP = RATE // 100 * STRIDE
"""Samples from one answer of the network to the next."""
_MOST_WORDS = 4
_WAYS = 8
_MARGIN = RATE // 100
_SPEECH = 30.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words cut from an utterance. ``segments`` count answers from the cut's start."""

    sound: npt.NDArray[np.int16]
    segments: tuple[Segment, ...]
    words: tuple[str, ...]
    loud: float


def spoken_words(text: str) -> list[str]:
    """The words of a text in small letters; empty when it holds what nobody can pronounce."""
    kept = "".join(c if c in LETTERS else " " if not c.isalnum() else "0" for c in text.lower())
    return [] if "0" in kept else [word for word in kept.split() if word.strip("ьъ")]


def ways_of(word: str, language: str, phones: Sequence[str]) -> Ways:
    """How a word is said in its language, in phone numbers."""
    number = {phone: at for at, phone in enumerate(phones)}
    said = pronunciations(word, RUSSIAN if language == "ru" else KYRGYZ)
    return [[number[p] for p in way if p != PAUSE] for way in said[:_WAYS]]


def pieces(
    utterances: Sequence[Utterance], model: Model, mfcc: Mfcc, seed: int, flat: bool = False
) -> list[Piece]:
    """Every utterance that can be aligned, cut; ``flat``: by ear of no model, each phone as long.

    Shows its progress; says at the end how many utterances were left out.
    """
    found: list[Piece] = []
    left = 0
    for at, utterance in enumerate(utterances):
        words = spoken_words(utterance.text)
        ways = [ways_of(word, utterance.language, model.phones) for word in words]
        try:
            sound = load(utterance.file)
        except (OSError, RuntimeError):
            ways = []
        if not ways or not all(ways):
            left += 1
            continue
        chance = np.random.default_rng([seed, zlib.crc32(utterance.file.name.encode())])
        # Silence on both sides, as the kiosk's ear leaves it: an aligner needs some to start from.
        sound = framed(sound, chance, 8 * HOP, 8 * HOP)
        cepstra = mfcc(sound)
        if flat:
            segments = _flat(sound, ways)
        else:
            segments = align(listen(model.network, centred(cepstra, model.mean)), ways)
        cut = _cut(sound, segments, words, chance)
        left += not cut
        found += cut
        if at % 50 == 49 or at + 1 == len(utterances):
            told = f"\rlooking for the sounds: {at + 1} of {len(utterances)} utterances"
            print(told, end="", file=sys.stderr, flush=True)
    print(f"; {len(found)} pieces, {left} utterances left out", file=sys.stderr)
    return found


def _flat(sound: Samples, ways: Sequence[Ways]) -> list[Segment]:
    levels = [level(sound[at : at + HOP]) for at in range(0, len(sound) - HOP, HOP)]
    loud = np.flatnonzero(np.array(levels) > max(levels) / _SPEECH)
    way = [phone for word in ways for phone in word[0]]
    total = answers(len(sound) // (RATE // 100) - 2)
    if int(loud[-1]) + 1 - int(loud[0]) < len(way):
        return []
    segments = evenly(total, int(loud[0]), int(loud[-1]) + 1, way)
    lengths = [len(word[0]) for word in ways]
    owner = iter([at for at, n in enumerate(lengths) for _ in range(n)])
    return [s if s.word < 0 else Segment(s.phone, s.start, s.end, next(owner)) for s in segments]


def _cut(
    sound: Samples, segments: Sequence[Segment], words: Sequence[str], chance: Chance
) -> list[Piece]:
    out: list[Piece] = []
    first = 0
    while segments and first < len(words):
        count = len(words) if len(words) <= 3 else int(chance.integers(1, _MOST_WORDS + 1))
        last = min(first + count, len(words)) - 1
        inside = [at for at, s in enumerate(segments) if first <= s.word <= last]
        part = segments[inside[0] : inside[-1] + 1]
        begin = max(0, part[0].start * HOP - _MARGIN)
        taken = sound[begin : part[-1].end * HOP + _MARGIN]
        shifted = tuple(
            Segment(s.phone, s.start - part[0].start, s.end - part[0].start, s.word) for s in part
        )
        if len(taken) > 3 * HOP:
            clipped = np.clip(taken, -32768, 32767).astype(np.int16)
            out.append(Piece(clipped, shifted, tuple(words[first : last + 1]), level(taken)))
        first = last + 1
    return out


def heard(
    piece: Piece,
    mean: npt.NDArray[np.float64],
    mfcc: Mfcc,
    chance: Chance,
    voices: Sequence[Samples],
    rough: float,
) -> tuple[Features, Features, list[Segment]]:
    """The same piece somewhere, and in quiet, and where its sounds are now; of equal length.

    A share ``rough`` of the pieces is heard elsewhere than in quiet.
    """
    factor = float(chance.uniform(0.87, 1.15))
    before, after = int(chance.integers(5, 22)), int(chance.integers(8, 18))
    spoken = at_speed(piece.sound.astype(np.float32), factor)
    quiet = framed(spoken, chance, before * HOP, after * HOP)
    clear = there = centred(mfcc(quiet), mean)
    if chance.random() < rough:
        there = centred(mfcc(somewhere(quiet, piece.loud, chance, voices)), mean)
    bounds = [before + round(s.start / factor) for s in piece.segments]
    bounds.append(before + round(piece.segments[-1].end / factor))
    placed = [
        Segment(s.phone, a, b) for s, a, b in zip(piece.segments, bounds, bounds[1:], strict=False)
    ]
    total = answers(len(there))
    opening, closing = Segment(SILENCE, 0, before), Segment(SILENCE, bounds[-1], total)
    return there, clear, [opening, *placed, closing]


def sequences(found: Iterable[Piece]) -> list[list[int]]:
    """Phone sequences between silences, for the bigram of phones."""
    return [[SILENCE, *(s.phone for s in piece.segments), SILENCE] for piece in found]
