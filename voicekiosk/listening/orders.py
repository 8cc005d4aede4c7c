"""What the ear is told, from any thread: listen, stop, or learn other phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicekiosk.core.content import Content, Meaning
from voicekiosk.core.types import Locale, OptionId, Turn


@dataclass(frozen=True, slots=True)
class Order:
    """Listen and answer with this turn, or (turn None) do not listen."""

    turn: Turn | None
    offered: frozenset[OptionId] = frozenset()


@dataclass(frozen=True, slots=True)
class Learn:
    content: Content


def sayable(meanings: Mapping[str, tuple[Meaning, ...]]) -> set[tuple[str, Locale]]:
    return {(phrase, meaning.locale) for phrase, many in meanings.items() for meaning in many}
