"""Categories, topics and commands from their files: everything that can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from voicekiosk.core.activities import DayRule, Doing
from voicekiosk.core.content import (
    Action,
    Activity,
    Answer,
    Category,
    Command,
    Option,
    Shape,
    Topic,
)
from voicekiosk.core.types import Locale, OptionId, PromptId
from voicekiosk.loading import pictograms, spoken_text
from voicekiosk.loading.days_file import LARGEST_RULE, kind_of
from voicekiosk.loading.facts import Facts
from voicekiosk.loading.parts import Part
from voicekiosk.loading.telling import Links, telling_of

Sentences = Mapping[Locale, tuple[str, ...]]
KEYS = 6
"""Digits that choose: no screen can offer more."""


class Options:
    """Collects what can be chosen, and the prompts that come with it, file by file."""

    def __init__(self, locales: tuple[Locale, ...], pictures: Path, facts: Facts) -> None:
        self._locales = locales
        self._pictures = pictures
        self._facts = facts
        self._links = Links()
        self.day_rule: DayRule | None = None
        self.categories: list[OptionId] = []
        self.found: dict[OptionId, Option] = {}
        self.prompts: dict[PromptId, Sentences] = {}

    def add_category(self, part: Part) -> None:
        """One file of ``categories/``."""
        fields = part.section(
            ("id", "pictogram", "colour", "shape", "names", "phrases", "topics"), ("sensitive",)
        )
        if len(self.categories) == KEYS:
            part.fault("This is the seventh category", f"Keep {KEYS}: one for each key")
        name = _identifier(fields.get("id"))
        option = OptionId(f"category.{name}")
        listed = fields["topics"].items() if "topics" in fields else []
        topics = [self._topic(item, option) for item in listed]
        if len(listed) > KEYS:
            listed[KEYS].fault("This is the seventh topic", f"Keep {KEYS}: one for each key")
        category = Category(
            option,
            pictograms.pictogram(fields.get("pictogram"), self._pictures),
            *self._words(fields),
            colour=pictograms.colour(fields.get("colour")),
            shape=_shape(fields.get("shape")),
            topics=tuple(topic for topic in topics if topic),
            sensitive="sensitive" in fields and fields["sensitive"].truth(),
        )
        if name and self._add(category, fields["id"]):
            self.categories.append(option)

    def _topic(self, part: Part, category: OptionId) -> OptionId | None:
        fields = part.section(
            ("id", "pictogram", "names", "phrases"),
            ("invitation", "telling", "remember", "related", "sign"),
        )
        name = _identifier(fields.get("id"))
        option = OptionId(f"topic.{name}")
        told = telling_of(option, fields, part, self._facts, self._locales)
        topic = Topic(
            option,
            pictograms.pictogram(fields.get("pictogram"), self._pictures),
            *self._words(fields),
            category=category,
            telling=told.telling,
            invitation=told.invitation,
            remember=told.remember,
            related=self._links.of(option, fields.get("related")),
            sign=_sign(fields.get("sign")),
        )
        if not (name and self._add(topic, fields["id"])):
            return None
        self.prompts.update(told.prompts)
        return topic.id

    def check_links(self) -> None:
        """When all files are read: does every related topic exist?"""
        self._links.check(self.found)

    def add_activities(self, part: Part) -> None:
        """activities.yaml, when all categories are read."""
        for name, entry in part.section((), [doing.value for doing in Doing]).items():
            fields = entry.section(
                ("pictogram", "category", "names", "phrases", "related"), ("sensitive", "rule")
            )
            category = OptionId(f"category.{fields['category'].text()}") if fields else None
            if category and not isinstance(self.found.get(category), Category):
                fields["category"].fault(
                    f"No category is called {fields['category'].text()}", "Name the id of one"
                )
            option = OptionId(f"activity.{name}")
            activity = Activity(
                option,
                pictograms.pictogram(fields.get("pictogram"), self._pictures),
                *self._words(fields),
                doing=Doing(name),
                category=category or OptionId(""),
                sensitive="sensitive" in fields and fields["sensitive"].truth(),
                related=self._links.of(option, fields.get("related")),
            )
            self._add(activity, entry)
            if activity.doing is Doing.DAYS:
                self.day_rule = self._rule(fields.get("rule"), entry)

    def _rule(self, part: Part | None, activity: Part) -> DayRule | None:
        """The claim that says how many days; its number is used only while it is in force."""
        if part is None:
            activity.fault_of_name("`rule` is missing", "Name the claim that says how many days")
            return None
        fact = self._facts.by_id.get(part.text())
        if fact is None or fact.value is None:
            part.fault(
                f"No claim with a `value` is called {part.text()}", "Add `value: 90` to the claim"
            )
            return None
        if fact.value > LARGEST_RULE:
            part.fault(
                f"{fact.value} days are more than days.yaml has sentences for",
                f"The counter can tell up to {LARGEST_RULE} days: take it out of activities.yaml",
            )
        days = fact.value if self._facts.in_force(fact) else None
        return DayRule(fact.otherwise_prompt, days)

    def add_answers(self, parts: Mapping[str, Part]) -> None:
        """What may be answered to the counter of days."""
        for name, entry in parts.items():
            fields = entry.section(("pictogram", "names", "phrases"))
            kind, number = kind_of(name)
            answer = Answer(
                OptionId(f"answer.{name}"),
                pictograms.pictogram(fields.get("pictogram"), self._pictures),
                *self._words(fields),
                kind=kind,
                number=number,
            )
            self._add(answer, entry)

    def neutral(self, part: Part | None) -> OptionId | None:
        """When all files are read: the topic that covers what is sensitive."""
        hidden = [self.found[name] for name in self.categories]
        private = {c.id for c in hidden if isinstance(c, Category) and c.sensitive}
        if part is None or not part.text():
            return None
        option = self.found.get(OptionId(f"topic.{part.text()}"))
        if not isinstance(option, Topic):
            part.fault(f"No topic is called {part.text()}", "Name the id of a topic")
            return None
        if option.category in private:
            part.fault(f"{part.text()} is itself sensitive", "Name a topic that anybody may see")
            return None
        return option.id

    def add_commands(self, part: Part) -> None:
        """The ``commands`` of kiosk.yaml: each command of the dialogue, once."""
        for name, entry in part.section([command.value for command in Command]).items():
            fields = entry.section(("pictogram", "names", "phrases"))
            command = Command(name)
            action = Action(
                command.option,
                pictograms.pictogram(fields.get("pictogram"), self._pictures),
                *self._words(fields),
                command=command,
            )
            self._add(action, entry)

    def _words(
        self, fields: Mapping[str, Part]
    ) -> tuple[dict[Locale, str], dict[Locale, tuple[str, ...]]]:
        names = spoken_text.names(fields.get("names"), self._locales)
        return names, spoken_text.phrases(fields.get("phrases"), names, self._locales)

    def _add(self, option: Option, part: Part) -> bool:
        if option.id in self.found:
            part.fault(f"Another option is already called {option.id}", "Choose another id")
            return False
        self.found[option.id] = option
        self.prompts[option.name_prompt] = {
            locale: (name,) for locale, name in option.names.items()
        }
        return True


def _identifier(part: Part | None) -> str:
    name = part.text() if part else ""
    if part and name and not (name.isascii() and name.isidentifier() and name.islower()):
        part.fault(f"`{name}` is not an id", "Use small Latin letters, digits and _")
    return name


def _sign(part: Part | None) -> str:
    """A bare file name. Check asks whether it is there: without it the topic is told as well."""
    name = part.text() if part else ""
    if part and name and (Path(name).name != name or name.startswith(".")):
        part.fault(f"`{name}` is no file of content/signs", "Write its name alone: documents.mp4")
        return ""
    return name


def _shape(part: Part | None) -> Shape:
    name = part.text() if part else ""
    try:
        return Shape(name)
    except ValueError:
        if part and name:
            part.fault(f"`{name}` is not a shape", f"Choose from: {', '.join(Shape)}")
        return Shape.CIRCLE
