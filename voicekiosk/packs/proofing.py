"""Listens to every clip of a pack: does it say its text, and can it be heard well?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Protocol

from voicekiosk.core.messages import Spoken
from voicekiosk.core.proof import Instead, Match
from voicekiosk.core.types import Locale, Pcm
from voicekiosk.packs.proof_sound import ABRUPT, Doubt, Fault, Sound, doubts, measure
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import Pack

SCORE = -0.05
"""Less, and the clip says something else. Right clips of eight voices had 0.1 to 1.2."""
WEAK = (0.2, -8.0)
"""Score and worst stretch that are both doubtful: together they are a doubt."""
STRETCH = -14.0
"""Nats; a stretch that loses more is not said. The starter packs go down to -10."""
FIRST, LAST = -9.0, -10.0
"""Nats; the same of the first and the last four sounds."""
FAINT = 0.0
"""Nats of the first or last sounds; less is doubtful where the clip begins or ends abruptly."""
OTHER_WORD = 2.0
"""Nats by which another word must be likelier than the one that is written."""
BETTER = 0.3
"""Nats a sound by which another text must beat the clip's own before it is named."""
PACE = (0.55, 1.8)
"""Of the pack's usual time for so many letters."""
_PACE_SECONDS = 0.7
_LONGEST_PATTERN = 12
_TABLE: Mapping[str, Collection[str]] = {}


class Hearing(Protocol):
    """A clip as it was heard."""

    def match(self, text: str, locale: Locale) -> Match: ...

    def instead(
        self, text: str, locale: Locale, rivals: Mapping[str, Collection[str]]
    ) -> tuple[Instead, ...]: ...

    def nearest(self, texts: Sequence[tuple[str, Locale]]) -> tuple[int, Match] | None: ...


class Ear(Protocol):
    def hear(self, pcm: Pcm) -> Hearing: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One clip to be proved."""

    spoken: Spoken
    text: str
    """As it is said: no digits, no abbreviations."""
    file: Path
    recorded: bool
    stale: bool = False
    """The content has another text by now."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found about one clip."""

    line: Line
    doubts: tuple[Doubt, ...]
    match: Match | None = None
    sound: Sound | None = None

    @property
    def gravity(self) -> tuple[int, float]:
        """Sorts the worst first."""
        gravest = min((list(Fault).index(d.fault) for d in self.doubts), default=len(Fault))
        return gravest, self.match.score if self.match else 0.0


def lines_of(
    pack: Pack,
    content: Mapping[Spoken, str],
    in_words: Callable[[str, Locale], str],
) -> list[Line]:
    """Every clip of a pack whose file lies inside it; ``content``: the texts as they are now."""
    found = []
    root = pack.folder.resolve()
    for spoken, entry in pack.entries.items():
        file = (pack.folder / entry.file).resolve()
        if not file.is_relative_to(root):
            file = root / "outside of the pack"
        now = content.get(spoken, entry.text)
        found.append(
            Line(
                spoken,
                in_words(entry.text, spoken.locale),
                file,
                entry.recorded,
                now.split() != entry.text.split(),
            )
        )
    return found


def prove(
    lines: Sequence[Line],
    ear: Ear,
    texts: Mapping[Spoken, str],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Proof]:
    """The doubtful first. ``texts``: what else may have been said by mistake, in all languages."""
    everything = {**texts, **{line.spoken: line.text for line in lines}}
    rivals = rivals_among(everything)
    found = []
    for done, line in enumerate(lines):
        progress(done, len(lines))
        found.append(_proof(line, ear, everything, rivals.get(line.spoken.locale, _TABLE)))
    progress(len(lines), len(lines))
    return sorted(_paced(found), key=lambda proof: proof.gravity)


def _proof(
    line: Line, ear: Ear, texts: Mapping[Spoken, str], rivals: Mapping[str, Collection[str]]
) -> Proof:
    stale = (Doubt(Fault.STALE),) if line.stale else ()
    try:
        samples = sound.decode(line.file.read_bytes())
    except (OSError, ValueError, MemoryError) as error:
        return Proof(line, (Doubt(Fault.UNREADABLE, str(error)), *stale))
    if sound.is_silent(samples):
        return Proof(line, (Doubt(Fault.SILENT), *stale))
    heard = measure(samples)
    # As loud as the ear is used to: a soft clip is soft, not wrong.
    hearing = ear.hear(sound.pcm_of(sound.levelled(samples)))
    match = hearing.match(line.text, line.spoken.locale)
    words = tuple(_words(line, hearing, match, texts, rivals))
    edges = tuple(_edges(line, heard, match))
    return Proof(line, (*words, *stale, *edges, *doubts(heard, line.recorded)), match, heard)


def _edges(line: Line, heard: Sound, match: Match) -> Iterator[Doubt]:
    """Some voices begin and end abruptly and nothing is missing: then all sounds are heard well."""
    if heard.opening > ABRUPT and match.first < FAINT:
        yield Doubt(Fault.STARTS_ABRUPTLY)
    # A vowel that is cut short is heard well all the same; of a person it is worth a look.
    if heard.closing > ABRUPT and (line.recorded or match.last < FAINT):
        yield Doubt(Fault.ENDS_ABRUPTLY)


def _words(
    line: Line,
    hearing: Hearing,
    match: Match,
    texts: Mapping[Spoken, str],
    rivals: Mapping[str, Collection[str]],
) -> Iterator[Doubt]:
    locale = line.spoken.locale
    # All of them together are likelier, so that each is as good as all.
    other = [i for i in hearing.instead(line.text, locale, rivals) if i.nats > OTHER_WORD]
    weak = match.score < WEAK[0] and match.worst < WEAK[1]
    if match.score < SCORE or match.worst < STRETCH or weak:
        if better := _other_text(line, hearing, match, texts):
            yield better
        elif match.score < SCORE:
            yield Doubt(Fault.NOT_ITS_TEXT)
        elif not other:
            yield Doubt(Fault.WORDS, match.where)
    if other and match.score >= SCORE:
        yield Doubt(Fault.OTHER_WORD, _instead(other))
    elif match.first < FIRST:
        yield Doubt(Fault.BEGINNING, match.where)
    elif match.last < LAST:
        yield Doubt(Fault.END, match.where)


def _instead(found: Sequence[Instead]) -> str:
    return ", ".join(f"{each.heard} ≠ {each.written}" for each in found)


def _other_text(
    line: Line, hearing: Hearing, match: Match, texts: Mapping[Spoken, str]
) -> Doubt | None:
    others = [s for s, text in texts.items() if text.split() != line.text.split()]
    # The same prompt in another language is what is mixed up most easily.
    for translated in (s for s in others if s.prompt == line.spoken.prompt):
        if _better(hearing.match(texts[translated], translated.locale), match):
            return Doubt(Fault.OTHER_LANGUAGE, translated.locale)
    nearest = hearing.nearest([(texts[s], s.locale) for s in others])
    if nearest is None or not _better(nearest[1], match):
        return None
    best = others[nearest[0]]
    if best.locale != line.spoken.locale:
        return Doubt(Fault.OTHER_LANGUAGE, f"{best.locale}, {texts[best]} ({best.prompt})")
    return Doubt(Fault.OTHER_TEXT, f"{texts[best]} ({best.prompt})")


def _better(other: Match, own: Match) -> bool:
    return other.score > max(own.score + BETTER, SCORE) and other.worst > STRETCH


def rivals_among(texts: Mapping[Spoken, str]) -> dict[Locale, dict[str, set[str]]]:
    """For each language, words that may stand in one another's place: texts alike but for one
    word, as in ``12 days are left`` and ``13 days are left``."""
    seen: defaultdict[tuple[Locale, object], set[str]] = defaultdict(set)
    for spoken, text in texts.items():
        words = words_of(text)
        for at, word in enumerate(words[:_LONGEST_PATTERN]):
            around = (tuple(words[:at]), tuple(words[at + 1 :]))
            # Words that stand alone have nothing in common but the number in their prompt's name.
            pattern = around if len(words) > 1 else re.sub(r"\d+", "#", spoken.prompt)
            seen[spoken.locale, pattern].add(word)
    found: dict[Locale, dict[str, set[str]]] = {}
    for (locale, _), words_there in seen.items():
        if len(words_there) > 1:
            table = found.setdefault(locale, {})
            for word in words_there:
                table.setdefault(word, set()).update(words_there - {word})
    return found


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _paced(proofs: Sequence[Proof]) -> Iterator[Proof]:
    """Who takes much longer or shorter for a text than usual in this pack."""
    rates: defaultdict[Locale, list[float]] = defaultdict(list)
    for proof in proofs:
        if proof.match and not proof.doubts:
            rates[proof.line.spoken.locale].append(proof.match.seconds / len(proof.line.text))
    for proof in proofs:
        usual = rates.get(proof.line.spoken.locale)
        if not proof.match or not usual or proof.match.seconds <= 0:
            yield proof
            continue
        expected = median(usual) * len(proof.line.text)
        share = proof.match.seconds / expected
        slow = share > PACE[1] and proof.match.seconds > expected + _PACE_SECONDS
        fast = share < PACE[0] and proof.match.seconds < expected - _PACE_SECONDS
        extra = Doubt(Fault.TOO_SLOW if slow else Fault.TOO_FAST, f"{share:.1f}")
        yield replace(proof, doubts=(*proof.doubts, extra)) if slow or fast else proof
