"""What a person is asked to say: the phrases recorded least so far, and words that are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from voicekiosk.core.collecting import Item, Kind
from voicekiosk.core.content import Answer, Content
from voicekiosk.core.normalising import normalise
from voicekiosk.core.types import Locale, PromptId

_PAIRS = 3
"""Every third other utterance is two words long: phrases are, too."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How much of what is wanted from one person."""

    locale: Locale
    items: int = 30
    others: float = 0.25
    """Part of the items that are no phrases of the kiosk."""
    picture_only: bool = False
    only: tuple[str, ...] = ()
    """Options whose phrases are wanted; empty for all."""


@dataclass(frozen=True, slots=True)
class Plan:
    items: tuple[Item, ...]
    prompts: Mapping[PromptId, Mapping[Locale, tuple[str, ...]]]
    """What is said for items that are no names of options."""


def plan_of(
    content: Content,
    wish: Wish,
    consent: str,
    words: Sequence[str],
    said: Mapping[tuple[str, str], int],
    chance: Random,
) -> Plan:
    """``words`` are those of which others are made, ``said`` counts (locale, transcript)."""
    locale = wish.locale
    count = round(wish.items * wish.others)
    others = _others(content, locale, words, count, chance)
    phrases = _phrases(content, wish)
    chance.shuffle(phrases)
    # Least recorded first, and among those names before other words for the same.
    phrases.sort(key=lambda item: (said.get((locale, item.transcript), 0), not _named(item)))
    chosen = [*phrases[: max(wish.items - len(others), 0)], *others]
    chance.shuffle(chosen)
    first = Item(Kind.CONSENT, normalise(consent, locale), PromptId("collect.say_yes"))
    items = (first, *chosen)
    prompts = {
        item.prompt: {locale: (item.transcript,)}
        for item in items
        if item.prompt.startswith("collect.item.")
    }
    return Plan(items, prompts)


def _named(item: Item) -> bool:
    return not item.prompt.startswith("collect.item.")


def _phrases(content: Content, wish: Wish) -> list[Item]:
    found: dict[str, Item] = {}
    told = not wish.picture_only
    for option in content.options.values():
        if wish.only and option.id not in wish.only:
            continue
        if not told and isinstance(option, Answer):  # no picture shows the fifteenth of a month
            continue
        for number, phrase in enumerate(option.phrases.get(wish.locale, ())):
            if number == 0:
                found[phrase] = Item(Kind.PHRASE, phrase, option.name_prompt, option.id, told)
            elif told and phrase not in found:  # a picture alone suggests the name only
                prompt = PromptId(f"collect.item.{phrase.replace(' ', '_')}")
                found[phrase] = Item(Kind.PHRASE, phrase, prompt, option.id)
    return list(found.values())


def _others(
    content: Content, locale: Locale, words: Sequence[str], count: int, chance: Random
) -> list[Item]:
    known = {word for phrase in content.meanings() for word in phrase.split()}
    free = [word for word in dict.fromkeys(words) if word not in known and len(word) > 3]
    chance.shuffle(free)
    items: list[Item] = []
    while len(items) < count and len(free) > 1:
        length = 2 if len(items) % _PAIRS == _PAIRS - 1 else 1
        said = " ".join(free.pop() for _ in range(length))
        prompt = PromptId(f"collect.item.{said.replace(' ', '_')}")
        items.append(Item(Kind.OTHER, said, prompt))
    return items
