"""content/collect.yaml: what people are told who lend their voice, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.core.collecting import Choice, Verdict
from voicekiosk.core.types import Locale, PromptId
from voicekiosk.loading.faults import ContentError, Fault
from voicekiosk.loading.parts import Part, read
from voicekiosk.loading.spoken_text import by_locale, sentences, spoken

COLLECT = "collect.yaml"
MONTHS = 24
"""Nothing is kept longer."""
_PROMPTS = (
    *("terms", "kept_for", "child", "rights", "question", "say_yes", "first", "say", "picture"),
    *("judge", "skipped", "lost", "leaving", "refused", "nobody", "thanks", "number"),
    *("withdrawn", "failed"),
    *(verdict.value for verdict in Verdict if verdict is not Verdict.GOOD),
)


@dataclass(frozen=True)
class CollectTexts:
    """Every text of a collection, for both its languages."""

    labels: Mapping[str, Mapping[Locale, str]]
    """By choice, and ``until`` with the place of a {date}."""
    consent: Mapping[Locale, str]
    reviewed_by: Mapping[Locale, str | None]
    prompts: Mapping[PromptId, Mapping[Locale, tuple[str, ...]]]

    def terms(self, child: bool) -> tuple[PromptId, ...]:
        """What is heard before anybody can agree, in this order."""
        names = ("terms", "kept_for", *(("child",) if child else ()), "rights", "question")
        return tuple(PromptId(f"collect.{name}") for name in names)


def load_collect_texts(folder: Path, locales: tuple[Locale, ...], months: int) -> CollectTexts:
    """The texts of a content folder, for recordings that are kept ``months`` (1 to 24) months.

    Raises ContentError with every fault of the file.
    """
    faults: list[Fault] = []
    part = read(folder / COLLECT, faults)
    fields = (
        part.section(
            ("reviewed_by", "labels", "prompts", "consent", "digits", "months"),
        )
        if part
        else {}
    )
    read_section = _Sections(fields, locales)
    prompts = read_section.prompts(months)
    texts = CollectTexts(
        labels=read_section.labels(),
        consent={
            locale: spoken(value, locale)
            for locale, value in by_locale(fields.get("consent"), locales).items()
        },
        reviewed_by={
            locale: None if value.is_null else value.text()
            for locale, value in by_locale(fields.get("reviewed_by"), locales).items()
        },
        prompts=prompts,
    )
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return texts


class _Sections:
    def __init__(self, fields: Mapping[str, Part], locales: tuple[Locale, ...]) -> None:
        self._fields = fields
        self._locales = locales

    def labels(self) -> dict[str, dict[Locale, str]]:
        if "labels" not in self._fields:
            return {}
        named = self._fields["labels"].section([*(choice.value for choice in Choice), "until"])
        found = {
            name: {locale: text.text() for locale, text in by_locale(value, self._locales).items()}
            for name, value in named.items()
        }
        for locale, text in found.get("until", {}).items():
            if text.count("{date}") != 1:
                named["until"].fault(
                    f"The {locale} text has no place for the date", "Write {date} in it once"
                )
        return found

    def prompts(self, months: int) -> dict[PromptId, dict[Locale, tuple[str, ...]]]:
        lengths = self._counted("months", MONTHS)
        digits = self._counted("digits", 10)
        if "prompts" not in self._fields:
            return {}
        found: dict[PromptId, dict[Locale, tuple[str, ...]]] = {}
        for name, value in self._fields["prompts"].section(_PROMPTS).items():
            if name == "kept_for":
                found[PromptId("collect.kept_for")] = self._kept_for(value, lengths, months)
            else:
                found[PromptId(f"collect.{name}")] = sentences(value, self._locales)
        for digit in range(10):
            found[PromptId(f"collect.digit.{digit}")] = {
                locale: (words[digit],) for locale, words in digits.items() if len(words) == 10
            }
        return found

    def _kept_for(
        self, part: Part, lengths: Mapping[Locale, list[str]], months: int
    ) -> dict[Locale, tuple[str, ...]]:
        told = {}
        for locale, listed in by_locale(part, self._locales).items():
            written = [item.text() for item in listed.items()]
            if sum(text.count("{months}") for text in written) != 1:
                listed.fault("The length of time has no place here", "Write {months} in it once")
            words = lengths.get(locale) or ["..."] * MONTHS
            length = words[min(max(months, 1), len(words)) - 1]
            told[locale] = tuple(text.replace("{months}", length) for text in written)
        return told

    def _counted(self, name: str, count: int) -> dict[Locale, list[str]]:
        found = {}
        for locale, listed in by_locale(self._fields.get(name), self._locales).items():
            found[locale] = [spoken(item, locale) for item in listed.items()]
            if len(found[locale]) != count:
                listed.fault(f"These are {len(found[locale])} words", f"Write {count}")
        return found
