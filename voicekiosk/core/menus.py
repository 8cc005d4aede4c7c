"""Menus by the page: five spoken choices and "more" on the handset, twelve pictures on the screen.

Every menu keeps the order of the content's files, which is the order of likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence

from voicekiosk.core.content import Category, Command, Content
from voicekiosk.core.types import OptionId

SPOKEN = 5
"""More choices in a row nobody keeps in mind; a sixth place is left for "more"."""
PICTURED = 12
"""Two categories to a page of all topics."""
MORE_KEY = "6"
MORE, ALL_TOPICS, BACK = Command.MORE.option, Command.ALL_TOPICS.option, Command.BACK.option

Keyed = tuple[tuple[str, OptionId], ...]
"""Options with the keys that choose them; an empty key where only a finger or a word does."""


def numbered(options: Sequence[OptionId]) -> Keyed:
    return tuple((str(key), option) for key, option in enumerate(options, start=1))


def unnumbered(options: Sequence[OptionId]) -> Keyed:
    return tuple(("", option) for option in options)


def spoken_page(options: Sequence[OptionId], page: int) -> Keyed:
    """At most five and "more", whose key is the same on every page."""
    if len(options) <= SPOKEN:
        return numbered(options)
    return (*numbered(_page(options, page, SPOKEN)), (MORE_KEY, MORE))


def pictured_page(options: Sequence[OptionId], page: int) -> Keyed:
    """At most twelve, then the ways back and on by a page; after the last comes the first."""
    if len(options) <= PICTURED:
        return unnumbered(options)
    turning = [BACK, MORE] if page % pages(options, PICTURED) else [MORE]
    return unnumbered([*_page(options, page, PICTURED), *turning])


def pages(options: Sequence[OptionId], size: int) -> int:
    return max(1, -(-len(options) // size))


def _page(options: Sequence[OptionId], page: int, size: int) -> Sequence[OptionId]:
    start = page % pages(options, size) * size
    return options[start : start + size]


def all_topics(content: Content, private: bool) -> tuple[OptionId, ...]:
    """Every topic; what is sensitive stands, where others look on, under one cover at the end."""
    found: list[OptionId] = []
    covers: list[OptionId] = []
    for name in content.categories:
        category = content.options[name]
        if content.is_sensitive(name) and not private:
            covers.append(name)
        elif isinstance(category, Category):
            found += category.topics
    return (*found, *covers)
