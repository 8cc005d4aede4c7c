"""Which recording is tried against which phrases: some say one of them, as many say none."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicekiosk.core.content import Bands, Content, Meaning
from voicekiosk.core.types import Locale, OptionId
from voicekiosk.evaluation.corpus import Recording
from voicekiosk.ports import KioskError

SIZES = (15, 60)
"""A screen of pictures, and all that a large content offers."""
WANTED = 300
"""Recordings of phrases for each size of menu, unless told otherwise."""
_LONGEST_PHRASE = 4
"""Words; nobody puts a sentence on a menu."""
_CHUNK = 30
_CYRILLIC = frozenset("абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя ")


@dataclass(frozen=True, slots=True)
class Trial:
    """One recording, and the options that would be right; empty for an imposter."""

    recording: int
    """Index into the corpus."""
    targets: tuple[OptionId, ...] = ()

    @property
    def inside(self) -> bool:
        return bool(self.targets)


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be understood, and who tries."""

    name: str
    """Menus of one name are scored together."""
    meanings: Mapping[str, tuple[Meaning, ...]]
    offered: tuple[str, ...]
    """Phrases that the screen shows."""
    bands: Bands
    trials: tuple[Trial, ...]

    @property
    def phrases(self) -> set[tuple[str, Locale]]:
        return {(p, meaning.locale) for p, many in self.meanings.items() for meaning in many}


def against_content(recordings: Sequence[Recording], content: Content) -> list[Menu]:
    """Every recording against everything the kiosk knows; nothing when no one says a phrase."""
    meanings = content.meanings()
    trials = [
        Trial(at, _targets(recording, meanings.get(recording.text, ())))
        for at, recording in enumerate(recordings)
    ]
    if not any(trial.inside for trial in trials):
        return []
    # In pieces, so that several processes can share the work.
    return [
        Menu("content", meanings, (), content.bands, tuple(trials[at : at + _CHUNK]))
        for at in range(0, len(trials), _CHUNK)
    ]


def random_menus(
    recordings: Sequence[Recording],
    size: int,
    count: int | None = None,
    bands: Bands | None = None,
    seed: int = 1,
) -> list[Menu]:
    """``count`` menus of ``size`` phrases, each tried by as many imposters as phrases.

    Raises KioskError when the corpus has not twice as many different phrases.
    """
    said: dict[str, list[int]] = {}
    for at, recording in enumerate(recordings):
        said.setdefault(recording.text, []).append(at)
    texts = sorted(said)
    sayable = [text for text in texts if _menu_phrase(text)]
    if not enough(recordings, size):
        raise KioskError(
            f"a menu of {size} needs {2 * size} different transcripts, {size} of them of at most "
            f"{_LONGEST_PHRASE} words; there are {len(texts)} and {len(sayable)}",
            f"Choose --menu {min(len(texts) // 2, len(sayable))} or less, or add recordings.",
        )
    luck = random.Random(f"{seed} {size}")
    menus = []
    for _ in range(count or max(-(-WANTED // size), 1)):
        phrases = luck.sample(sayable, size)
        inside = set(phrases)
        others = luck.sample([text for text in texts if text not in inside], size)
        picked = [luck.choice(said[text]) for text in phrases]
        meanings = {
            text: (Meaning(OptionId(text), recordings[at].locale),)
            for text, at in zip(phrases, picked, strict=True)
        }
        trials = [
            Trial(at, (OptionId(text),)) for text, at in zip(phrases, picked, strict=True)
        ] + [Trial(luck.choice(said[text])) for text in others]
        name = f"{size} phrases"
        menus.append(Menu(name, meanings, tuple(phrases), bands or Bands(), tuple(trials)))
    return menus


def enough(recordings: Sequence[Recording], size: int) -> bool:
    """Can menus of this size be drawn, and as many imposters from outside?"""
    texts = {recording.text for recording in recordings}
    return len(texts) >= 2 * size and sum(map(_menu_phrase, texts)) >= size


def _menu_phrase(text: str) -> bool:
    return len(text.split()) <= _LONGEST_PHRASE and set(text) <= _CYRILLIC


def _targets(recording: Recording, meanings: Sequence[Meaning]) -> tuple[OptionId, ...]:
    own = [m.option for m in meanings if m.locale == recording.locale]
    return tuple(dict.fromkeys(own or [m.option for m in meanings]))
