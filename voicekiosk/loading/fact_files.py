"""claims.yaml and numbers.yaml, with every fault in them."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from voicekiosk.core.types import Locale
from voicekiosk.loading.digits import BETWEEN, spoken_twice
from voicekiosk.loading.facts import Check, Fact, Kind, Sentences
from voicekiosk.loading.faults import Fault
from voicekiosk.loading.parts import Part
from voicekiosk.loading.spoken_text import names, sentences

CHECK_KEYS = {
    Kind.CLAIM: ("checked_on", "checked_by", "valid_until"),
    Kind.NUMBER: ("verified_on", "verified_by", "valid_until"),
}
"""The day, the name and the last day, as each file calls them."""
LEAST_DIGITS = 2
LARGEST_VALUE = 1000


class FactFiles:
    """Collects facts file by file; ``doubts`` may be the machine's clock and stop nobody."""

    def __init__(self, locales: Collection[Locale], today: date | None) -> None:
        self._locales = locales
        self._today = today
        self.found: dict[str, Fact] = {}
        self.doubts: list[Fault] = []

    def add_claims(self, part: Part) -> None:
        for name, entry in part.entries().items():
            keys = ("says", "otherwise", "source", "seen_on", *CHECK_KEYS[Kind.CLAIM])
            fields = entry.section(keys, ("watch", "value"))
            says = sentences(fields.get("says"), self._locales)
            value = fields["value"].number(1, LARGEST_VALUE) if "value" in fields else None
            self._add(name, Kind.CLAIM, entry, fields, says, value=int(value) if value else None)

    def add_numbers(self, part: Part) -> None:
        for name, entry in part.entries().items():
            details = ("country", "languages", "hours", "cost")
            keys = ("number", "names", "otherwise", "source", "seen_on", *CHECK_KEYS[Kind.NUMBER])
            fields = entry.section((*keys, *details), ("before", "watch"))
            number = _digits(fields.get("number"))
            called = names(fields.get("names"), self._locales)
            before = sentences(fields.get("before"), self._locales)
            says = {
                locale: (
                    *(before.get(locale) or (f"{called.get(locale, '')}.",)),
                    *spoken_twice(number, locale),
                )
                for locale in self._locales
            }
            known = {key: _detail(fields[key]) for key in details if key in fields}
            told = {key: value for key, value in known.items() if value}
            self._add(name, Kind.NUMBER, entry, fields, says, number, told)

    def _add(
        self,
        name: str,
        kind: Kind,
        entry: Part,
        fields: dict[str, Part],
        says: Sentences,
        number: str = "",
        details: dict[str, str] | None = None,
        value: int | None = None,
    ) -> None:
        if not (name.isascii() and name.isidentifier() and name.islower()):
            entry.fault_of_name(f"`{name}` is not an id", "Use small Latin letters, digits and _")
        if name in self.found:
            entry.fault_of_name(f"Something else is already called {name}", "Choose another id")
            return
        self.found[name] = Fact(
            name,
            kind,
            says,
            sentences(fields.get("otherwise"), self._locales),
            source=_free(fields.get("source")) or "",
            seen_on=self._seen(fields.get("seen_on")),
            check=self._check(kind, fields, entry),
            watch=(_free(fields.get("watch")) or "").strip(),
            number=number,
            details=details or {},
            value=value,
        )

    def _check(self, kind: Kind, fields: dict[str, Part], entry: Part) -> Check | None:
        keys = CHECK_KEYS[kind]
        given = {key: fields[key] for key in keys if key in fields and not fields[key].is_null}
        if not given:
            return None
        missing = [key for key in keys if key not in given]
        if missing:
            first = next(iter(given))
            given[first].fault_of_name(
                f"`{first}` stands without {' and '.join(f'`{key}`' for key in missing)}",
                "A check has a day, a name and a last day: fill in all three, or write null",
            )
            return None
        on, until = self._day(given[keys[0]], past=True), self._day(given[keys[2]])
        by = given[keys[1]].text()
        if by and not any(letter.isalpha() for letter in by):
            given[keys[1]].fault(f"`{by}` is no name", "Write who looked at the source")
        if on and until and until < on:
            given[keys[2]].fault(
                f"It would end on {until}, before it was checked", "Write a later day"
            )
        return Check(on, by, until) if on and until and by else None

    def _day(self, part: Part, *, past: bool = False) -> date | None:
        text = part.text()
        try:
            day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
        except ValueError:
            day = None
        if day is None and text:
            part.fault(f"`{text}` is no date", "Write year-month-day, e.g. 2026-11-24")
        if day and past:
            self._doubt_future(part, day)
        return day

    def _seen(self, part: Part | None) -> str | None:
        text = _free(part)
        if part is None or text is None:
            return None
        if not re.fullmatch(r"\d{4}(-\d\d)?", text):
            day = self._day(part, past=True)
            return day.isoformat() if day else None
        return text

    def _doubt_future(self, part: Part, day: date) -> None:
        if self._today and day > self._today:
            mark = part.node.start_mark
            self.doubts.append(
                Fault(
                    part.file,
                    mark.line + 1,
                    mark.column + 1,
                    f"{day} is still to come: today is {self._today}",
                    "Correct this day, or the date of this machine",
                )
            )


def _free(part: Part | None) -> str | None:
    """A text that nobody speaks; None when it is null."""
    return None if part is None or part.is_null else part.text()


def _detail(part: Part) -> str | None:
    if part.is_null or not part.is_list:
        return _free(part)
    return ", ".join(item.text() for item in part.items())


def _digits(part: Part | None) -> str:
    """The number as it is shown: digits, a leading plus, and spaces or dashes between."""
    text = part.text().strip() if part else ""
    digits = sum(character in "0123456789" for character in text)
    if part and text:
        if set(text.removeprefix("+")) - set("0123456789" + BETWEEN):
            part.fault(f"`{text}` is no telephone number", 'Write digits only: "0 312 62 00 00"')
            return ""
        if digits < LEAST_DIGITS:
            part.fault(f"`{text}` is too short to be called", "Write all its digits")
    return text
