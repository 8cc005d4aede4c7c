"""What a topic tells: blocks of text, claims and numbers, and where to go on from there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from voicekiosk.core.activities import Doing
from voicekiosk.core.content import Activity, Option, Topic
from voicekiosk.core.types import Locale, OptionId, PromptId
from voicekiosk.loading.facts import Facts, Kind
from voicekiosk.loading.parts import Part
from voicekiosk.loading.spoken_text import by_locale, sentences, spoken

MOST_RELATED = 3
"""More names than this are forgotten before the last is said."""
BLOCKS = ("text", Kind.CLAIM.value, Kind.NUMBER.value)


@dataclass
class Told:
    """A topic's prompts on the day of the facts."""

    telling: tuple[PromptId, ...] = ()
    invitation: PromptId | None = None
    remember: PromptId | None = None
    prompts: dict[PromptId, Mapping[Locale, tuple[str, ...]]] = field(default_factory=dict)


def telling_of(
    topic: OptionId,
    fields: Mapping[str, Part],
    part: Part,
    facts: Facts,
    locales: Collection[Locale],
) -> Told:
    """Empty while nobody has written the topic's telling."""
    told = Told()
    telling = fields.get("telling")
    if telling is None:
        return told
    if telling.is_list:
        for needed in ("invitation", "remember", "related"):
            if needed not in fields:
                part.fault(f"`{needed}` is missing", f"Add a line `{needed}: ...` here")
        blocks = telling.items()
        if not blocks:
            telling.fault("Nothing is told here", "Add a block, e.g. `- text: ...`")
        prompts = [
            _block(block, PromptId(f"{topic}.telling.{place}"), told, facts, locales)
            for place, block in enumerate(blocks, start=1)
        ]
        told.telling = tuple(prompt for prompt in prompts if prompt)
    else:  # one text and nothing that can expire
        told.telling = (PromptId(f"{topic}.telling.1"),)
        told.prompts[told.telling[0]] = sentences(telling, locales)
    if "invitation" in fields:
        told.invitation = PromptId(f"{topic}.invitation")
        told.prompts[told.invitation] = {
            locale: (spoken(text, locale),)
            for locale, text in by_locale(fields["invitation"], locales).items()
        }
    if "remember" in fields:
        told.remember = PromptId(f"{topic}.remember")
        told.prompts[told.remember] = sentences(fields["remember"], locales)
    return told


def _block(
    part: Part, prompt: PromptId, told: Told, facts: Facts, locales: Collection[Locale]
) -> PromptId | None:
    before = len(part.faults)
    fields = part.section((), BLOCKS)
    if len(fields) != 1 and len(part.faults) > before:
        return None
    if len(fields) != 1:
        part.fault(
            "A block is one thing", f"Write one of: {', '.join(f'`- {b}:`' for b in BLOCKS)}"
        )
        return None
    (kind, value), *_ = fields.items()
    if kind == "text":
        told.prompts[prompt] = sentences(value, locales)
        return prompt
    name = value.text()
    fact = facts.by_id.get(name)
    if fact is None or fact.kind != kind:
        if name:
            value.fault(f"No {kind} is called {name}", f"Add it to {kind}s.yaml, or correct it")
        return None
    return facts.told(fact)


class Links:
    """Related topics, which can be checked only when all files are read."""

    def __init__(self) -> None:
        self._named: list[tuple[Part, OptionId]] = []

    def of(self, topic: OptionId, part: Part | None) -> tuple[OptionId, ...]:
        listed = part.items() if part else []
        if len(listed) > MOST_RELATED:
            listed[MOST_RELATED].fault("This is the fourth related topic", "Keep two or three")
        found: list[OptionId] = []
        for item in listed:
            kind = "activity" if item.text() in set(Doing) else "topic"
            option = OptionId(f"{kind}.{item.text()}")
            if option == topic:
                item.fault("A topic does not lead to itself", "Name another one")
            elif option in found:
                item.fault(f"{item.text()} stands here twice", "Remove one of them")
            else:
                found.append(option)
                self._named.append((item, option))
        return tuple(found)

    def check(self, options: Mapping[OptionId, Option]) -> None:
        for item, option in self._named:
            name = option.partition(".")[2]
            if name and not isinstance(options.get(option), Topic | Activity):
                item.fault(f"No topic is called {name}", "Name the id of a topic")
