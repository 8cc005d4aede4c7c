"""The readability report of ``voicekiosk check``: a line a language, or a table of all topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from voicekiosk.core.content import Content, Topic
from voicekiosk.core.readability import (
    CHARACTERS_A_SECOND,
    LONGEST_SENTENCE,
    Readability,
    readability,
    spoken_length,
    words_of,
)
from voicekiosk.core.types import Locale, PromptId, language_of

FREQUENT = "frequent-ru.txt"
TELLING = (30.0, 75.0)
REMEMBER = 10.0
"""Seconds: less does not answer a question, more is not kept in mind."""


@dataclass(frozen=True)
class Row:
    """A topic in a language."""

    topic: str
    locale: Locale
    found: Readability
    telling: tuple[float, float]
    """Seconds of the shortest and the longest of its wordings: its claims told, or not."""
    remember: float

    @property
    def outside(self) -> list[str]:
        low, high = self.telling
        told = []
        if low < TELLING[0] or high > TELLING[1]:
            told.append(f"telling {_span(self.telling)}")
        if self.remember > REMEMBER:
            told.append(f"remember {self.remember:.0f} s")
        return told


def summary(content: Content, folder: Path) -> list[str]:
    """One line a language."""
    rows = list(_rows(content, folder))
    return [_line(locale, [r for r in rows if r.locale == locale]) for locale in content.locales]


def table(content: Content, folder: Path) -> list[str]:
    """Every topic in every language, and below it what a writer may want to change."""
    lines = [
        f"Readability; spoken at {CHARACTERS_A_SECOND} characters a second, with claims and without"
    ]
    lines.append(
        f"{'topic':28}{'':8}{'sentences':>10}{'longest':>9}{'telling':>12}{'remember':>10}"
    )
    for row in sorted(_rows(content, folder), key=lambda row: (row.topic, row.locale)):
        lines.append(
            f"{row.topic:28}{row.locale:8}{row.found.sentences:>10}{row.found.longest:>9}"
            f"{_span(row.telling):>12}{row.remember:>8.0f} s"
        )
        lines += [f"    {note}" for note in _notes(row)]
    if not frequent(folder):
        lines.append(f"{FREQUENT} is missing: no Russian word is looked up.")
    lines.append("There is no list of frequent Kyrgyz words: only long ones are named.")
    return lines


def frequent(folder: Path) -> frozenset[str]:
    """Beginnings of frequent Russian words; empty when there is no list."""
    file = folder / FREQUENT
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _rows(content: Content, folder: Path) -> Iterator[Row]:
    roots = frequent(folder)
    for locale in content.locales:
        # What can be said to the kiosk is known to whoever stands before it.
        names = {
            word
            for option in content.options.values()
            for phrase in (*option.phrases.get(locale, ()), option.names.get(locale, ""))
            for word in words_of(phrase)
        }
        for topic in content.options.values():
            if isinstance(topic, Topic) and topic.has_telling:
                yield _row(content, topic, locale, roots, names)


def _row(
    content: Content, topic: Topic, locale: Locale, roots: Iterable[str], names: set[str]
) -> Row:
    def said(prompts: Iterable[PromptId | None]) -> list[str]:
        return [s for p in prompts if p for s in content.prompts[p].get(locale, ())]

    # A claim has two wordings and only one is told now: both must be right.
    wordings = [
        [spoken_length(said([wording])) for wording in _wordings(content, prompt)]
        for prompt in topic.telling
    ]
    told = [p for prompt in topic.telling for p in _wordings(content, prompt)]
    return Row(
        topic.id.removeprefix("topic."),
        locale,
        readability(
            said([topic.invitation, *told, topic.remember]), locale, frozenset(roots), names
        ),
        (sum(map(min, wordings)), sum(map(max, wordings))),
        spoken_length(said([topic.remember])),
    )


def _wordings(content: Content, prompt: PromptId) -> list[PromptId]:
    own = prompt.removesuffix(".otherwise")
    both = [PromptId(own), PromptId(f"{own}.otherwise")]
    return [wording for wording in both if wording in content.prompts]


def _line(locale: Locale, rows: Sequence[Row]) -> str:
    if not rows:
        return f"Readability {locale}: no topic is told."
    long = [s for row in rows for s in row.found.long_sentences]
    hard = {word for row in rows for word in row.found.hard_words}
    short = {word for row in rows for word in row.found.abbreviations}
    digits = sum(row.found.digits for row in rows)
    lengths = [length for row in rows for length in row.telling]
    outside = [f"{row.topic} ({', '.join(row.outside)})" for row in rows if row.outside]
    kind = "words of no frequent root" if language_of(locale) == "ru" else "long words"
    return (
        f"Readability {locale}: telling {min(lengths):.0f}-{max(lengths):.0f} s, median "
        f"{median(lengths):.0f} s; {len(long)} sentences of over {LONGEST_SENTENCE} words, "
        f"{len(hard)} {kind}, {len(short)} abbreviations, {digits} digits"
        + (f"; too short or too long: {', '.join(outside)}" if outside else "")
        + "."
    )


def _notes(row: Row) -> list[str]:
    notes = [f"{', '.join(row.outside)} is out of range"] if row.outside else []
    notes += [f"{len(words_of(s))} words: {s}" for s in row.found.long_sentences]
    if row.found.hard_words:
        notes.append("hard: " + ", ".join(row.found.hard_words))
    if row.found.abbreviations:
        notes.append("abbreviated: " + ", ".join(row.found.abbreviations))
    return notes


def _span(seconds: tuple[float, float]) -> str:
    low, high = (f"{s:.0f}" for s in seconds)
    return f"{low} s" if low == high else f"{low}-{high} s"
