"""Spoils good clips on purpose, each in one way, to find out what a proof finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import numpy as np

from voicekiosk.core.types import Locale
from voicekiosk.packs.proof_sound import Fault
from voicekiosk.packs.proofing import Line, rivals_among, words_of
from voicekiosk.ports import PLAYBACK_RATE
from voicekiosk.prompts import sound
from voicekiosk.prompts.sound import Samples


class Spoiled(StrEnum):
    """What was done to a clip."""

    NOTHING = "right"
    SWAPPED = "swapped with a clip about as long"
    LANGUAGE = "other language"
    WORD = "one digit or word off"
    END = "end cut off by 25 %"
    BEGINNING = "beginning cut off by 25 %"
    SILENCE = "silence"
    CLIPPED = "clipped by 12 dB"
    NOISE = "noise at 15 dB"
    SOFT = "10 dB too soft"


_TEXT = frozenset({Fault.NOT_ITS_TEXT, Fault.OTHER_TEXT, Fault.WORDS, Fault.OTHER_WORD})
_CUT = _TEXT | {Fault.BEGINNING, Fault.END, Fault.STARTS_ABRUPTLY, Fault.ENDS_ABRUPTLY}
NAMES: Mapping[Spoiled, frozenset[Fault]] = {
    Spoiled.NOTHING: frozenset(),
    Spoiled.SWAPPED: _TEXT,
    Spoiled.LANGUAGE: frozenset({Fault.OTHER_LANGUAGE}),
    Spoiled.WORD: frozenset({Fault.OTHER_WORD, Fault.OTHER_TEXT}),
    Spoiled.END: _CUT - {Fault.BEGINNING, Fault.STARTS_ABRUPTLY},
    Spoiled.BEGINNING: _CUT - {Fault.END, Fault.ENDS_ABRUPTLY},
    Spoiled.SILENCE: frozenset({Fault.SILENT}),
    Spoiled.CLIPPED: frozenset({Fault.CLIPPED}),
    Spoiled.NOISE: frozenset({Fault.NOISY}),
    Spoiled.SOFT: frozenset({Fault.TOO_SOFT}),
}
"""The faults that name what was done, not only that something is wrong."""
_CUT_SHARE = 4
_CLIP_DB, _NOISE_DB, _SOFT_DB = 12.0, 15.0, 10.0
_AS_LONG = 12


class Spoiler:
    """Writes spoiled clips into a folder; every choice is drawn from ``seed``."""

    def __init__(self, lines: Sequence[Line], folder: Path, seed: int = 1) -> None:
        self._lines = {line.spoken: line for line in lines}
        self._folder = folder
        self._luck = np.random.default_rng(seed)
        self._made = 0
        self._ways: Mapping[Spoiled, Callable[[Line, Samples], Samples | None]] = {
            Spoiled.SWAPPED: lambda line, _: self._of(self._as_long(line)),
            Spoiled.LANGUAGE: lambda line, _: self._of(self._translated(line)),
            Spoiled.WORD: lambda line, _: self._of(self._one_word_off(line)),
            Spoiled.END: lambda _, x: _again(x[: len(x) - len(x) // _CUT_SHARE]),
            Spoiled.BEGINNING: lambda _, x: _again(x[len(x) // _CUT_SHARE :]),
            Spoiled.SILENCE: lambda _, x: np.zeros_like(x),
            Spoiled.CLIPPED: lambda _, x: _clipped(x),
            Spoiled.NOISE: lambda _, x: self._noisy(x),
            Spoiled.SOFT: lambda _, x: x * 10 ** (-_SOFT_DB / 20),
        }

    def cases(self, spoiled: Spoiled, locale: Locale, count: int) -> list[Line]:
        """Up to ``count`` of one kind. Raises OSError or ValueError."""
        found: list[Line] = []
        own = [line for line in self._lines.values() if line.spoken.locale == locale]
        for at in self._luck.permutation(len(own)):
            line = own[int(at)]
            if len(found) == count:
                break
            if spoiled is Spoiled.NOTHING:
                found.append(line)
                continue
            samples = self._ways[spoiled](line, sound.decode(line.file.read_bytes()))
            if samples is not None:
                found.append(self.saved(line, samples))
        return found

    def saved(self, line: Line, samples: Samples) -> Line:
        """The same line with other sound, encoded as packs are."""
        self._made += 1
        file = self._folder / f"{self._made:05d}.opus"
        file.write_bytes(sound.encode(samples, "opus"))
        return Line(line.spoken, line.text, file, line.recorded)

    def _of(self, other: Line | None) -> Samples | None:
        return sound.decode(other.file.read_bytes()) if other else None

    def _as_long(self, line: Line) -> Line | None:
        others = [
            other
            for other in self._lines.values()
            if other.spoken.locale == line.spoken.locale and other.text != line.text
        ]
        others.sort(key=lambda other: abs(len(other.text) - len(line.text)))
        return self._one_of(others[:_AS_LONG])

    def _translated(self, line: Line) -> Line | None:
        prompt, locale = line.spoken.prompt, line.spoken.locale
        found = [x for s, x in self._lines.items() if s.prompt == prompt and s.locale != locale]
        return self._one_of(found)

    def _one_word_off(self, line: Line) -> Line | None:
        locale = line.spoken.locale
        rivals = rivals_among({s: x.text for s, x in self._lines.items() if s.locale == locale})
        return self._one_of(
            [
                other
                for other in self._lines.values()
                if other.spoken.locale == locale
                and _differ_in_one(line, other, rivals.get(locale, {}))
            ]
        )

    def _one_of(self, lines: Sequence[Line]) -> Line | None:
        return lines[int(self._luck.integers(len(lines)))] if lines else None

    def _noisy(self, samples: Samples) -> Samples:
        spoken = samples[np.abs(samples) > 0.01]
        level = float(np.sqrt((spoken**2).mean())) if len(spoken) else 0.1
        noise = self._luck.normal(0, level * 10 ** (-_NOISE_DB / 20), len(samples))
        return sound.levelled(samples + noise)


def _differ_in_one(one: Line, other: Line, rivals: Mapping[str, set[str]]) -> bool:
    own, theirs = words_of(one.text), words_of(other.text)
    apart = [(a, b) for a, b in zip(own, theirs, strict=False) if a != b]
    if len(own) != len(theirs) or len(apart) != 1:
        return False
    return apart[0][1] in rivals.get(apart[0][0], ())


def _again(samples: Samples) -> Samples:
    """As if it were built into a pack: trimmed, with soft edges, as loud as all."""
    kept, _ = sound.trimmed(samples)
    return sound.levelled(kept) if len(kept) > PLAYBACK_RATE // 20 else kept


def _clipped(samples: Samples) -> Samples:
    loud = samples * 10 ** (_CLIP_DB / 20) / max(sound.peak(samples), 1e-9)
    return sound.levelled(np.clip(loud, -1.0, 1.0))
