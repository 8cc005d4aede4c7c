"""How numbers are written in both languages: the pieces all rules are made of."""

from __future__ import annotations

import re
from collections.abc import Callable

GAP = "[ \u00a0\u202f]"
"""A blank that may stand between thousands, or before a sign."""
SECOND = rf"(?:\d{{1,3}}(?:{GAP}\d{{3}})+|\d+)(?![\d/])"
"""A number behind a dash."""
NUMBER = rf"(?<![\w,.:/])(?<!\w-){SECOND}"
DASH = f"{GAP}?[-‐‑–—]{GAP}?"
LETTER = "[а-яёңөү]"
DATE = r"(?<![\d.])(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d\d)-(\d\d))(?![\d.]\d)"
TIME = r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![:\d])"
PHONE = (
    r"(?<![\d+])(?:\+\d(?:[-() \u00a0]?[-() \u00a0]?\d){6,}"
    r"|(?:0|8[- ]?\(?800)(?:[-() \u00a0]?[-() \u00a0]?\d){7,})"
)
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def rule(pattern: str, say: Callable[[re.Match[str]], str]) -> Rule:
    return re.compile(pattern, re.IGNORECASE), say


def whole(written: str) -> int:
    """The value of `1 500`."""
    return int(re.sub(GAP, "", written))


def word_before(match: re.Match[str]) -> str:
    """The word that stands immediately before, in small letters; empty when there is none."""
    found = re.search(r"([\w-]+)[ \u00a0]*$", match.string[: match.start()])
    return found[1].lower() if found else ""


def words_after(match: re.Match[str]) -> list[str]:
    """The words up to the next comma or full stop, in small letters."""
    clause = re.match(r"[ \u00a0\w-]*", match.string[match.end() :])
    return re.findall(r"[\w-]+", clause[0].lower()) if clause else []
