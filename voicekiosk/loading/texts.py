"""Every text that the kiosk says or understands, by id, and where it stands in its file."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from voicekiosk.core.types import Locale
from voicekiosk.loading.faults import ContentError, Fault
from voicekiosk.loading.parts import read

OTHERS = {"collect.yaml", "reviews.yaml", "staff.yaml"}
"""Not said to visitors: what people are told who lend their voice, what staff read, who reviewed
what."""
_PREFIXES = {"claims": "claim", "numbers": "number", "activities": "activity", "kiosk": "command"}
_KEYS = {"names": "name", "questions": "question", "outcomes": "outcome"}
_SILENT = {"says", "text", "commands"}
Key = str | int


class Sheet(StrEnum):
    """The three kinds of texts, as a spreadsheet names them."""

    TEXTS = "Texts"
    CLAIMS = "Claims"
    NUMBERS = "Numbers"


@dataclass(frozen=True)
class Text:
    """One prompt, name or list of phrases, in all languages."""

    id: str
    kind: str
    """The last word that says what it is: name, phrases, invitation, telling, says ..."""
    file: Path
    """Relative to the content folder."""
    path: tuple[Key, ...]
    """Keys and places (from 0) that lead to it in its file."""
    lines: Mapping[Locale, tuple[str, ...]]
    """One sentence or phrase each."""
    lists: Collection[Locale]
    """The languages in which it may have more than one line."""

    @property
    def sheet(self) -> Sheet:
        known = {"claims.yaml": Sheet.CLAIMS, "numbers.yaml": Sheet.NUMBERS}
        return known.get(self.file.name, Sheet.TEXTS)


def fingerprint(lines: Sequence[str]) -> str:
    """The same for texts that are the same to a reader: 16 hexadecimal digits."""
    return hashlib.sha256("\n".join(tidy("\n".join(lines))).encode()).hexdigest()[:16]


def tidy(text: str) -> tuple[str, ...]:
    """Lines without the blanks and the taken-apart letters that other programs leave."""
    whole = unicodedata.normalize("NFC", text)
    return tuple(line for raw in whole.splitlines() if (line := " ".join(raw.split())))


def read_texts(folder: Path, locales: Collection[Locale]) -> dict[str, Text]:
    """All of them, in the order of the menu. Raises ContentError when a file cannot be read.

    The content must be sound: ask ``load_all`` first.
    """
    faults: list[Fault] = []
    found: dict[str, Text] = {}
    first = sorted((folder / "categories").glob("*.yaml"))
    for file in (*first, *sorted(folder.glob("*.yaml"))):
        part = None if file.name in OTHERS else read(file, faults)
        for path, words, node in _walk(part.node, (), (), set(locales)) if part else ():
            if words[:1] == ("reviewed_by",):
                continue
            text = _text(file.relative_to(folder), path, words, node)
            if not any(text.lines.values()):  # no other words, in no language
                continue
            if text.id in found:
                where = node.start_mark
                what = f"Another text is already called {text.id}"
                faults.append(Fault(file, where.line + 1, where.column + 1, what, "Rename one"))
            found[text.id] = text
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return found


def _walk(
    node: yaml.Node, path: tuple[Key, ...], words: tuple[str, ...], locales: set[Locale]
) -> Iterator[tuple[tuple[Key, ...], tuple[str, ...], yaml.MappingNode]]:
    """Every mapping from languages to texts; ``words`` name its way with ids instead of places."""
    if isinstance(node, yaml.MappingNode):
        if node.value and {key.value for key, _ in node.value} <= locales:
            yield path, words, node
            return
        root = _id(node) if not path else None  # a category file names itself
        for key, value in node.value:
            before = (*words, root) if root and key.value != "topics" else words
            yield from _walk(value, (*path, key.value), (*before, key.value), locales)
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            name = _id(value) or str(place + 1)
            yield from _walk(value, (*path, place), (*words, name), locales)


def _id(node: yaml.Node) -> str | None:
    entries = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((str(value.value) for key, value in entries if key.value == "id"), None)


def _text(
    file: Path, path: tuple[Key, ...], words: tuple[str, ...], node: yaml.MappingNode
) -> Text:
    kind = next(word for word in reversed(words) if word != "text" and not word.isdigit())
    if file.parent.name == "categories":
        named = ("topic", *words[1:]) if words[0] == "topics" else ("category", *words)
    elif words[0] == "answers":  # of the counter of days
        named = ("answer", *words[1:])
    elif file.name == "prompts.yaml":
        named, kind = words, "prompt"
    else:
        named = (_PREFIXES.get(file.stem, file.stem), *words)
    if named[-1] == "telling":  # one text that is no list of blocks
        named = (*named, "1")
    if file.stem == "selfcheck":  # questions.ID.question
        kind = {"questions": "question", "outcomes": "outcome"}.get(words[0], words[0])
        named = named[:3]
    return Text(
        id=".".join(_KEYS.get(word, word) for word in named if word not in _SILENT),
        kind=_KEYS.get(kind, kind),
        file=file,
        path=path,
        lines={Locale(key.value): _lines(value) for key, value in node.value},
        lists={Locale(key.value) for key, v in node.value if isinstance(v, yaml.SequenceNode)},
    )


def _lines(node: yaml.Node) -> tuple[str, ...]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(str(item.value) for item in items)
