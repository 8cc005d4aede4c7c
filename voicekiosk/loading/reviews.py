"""content/reviews.yaml: who has read and heard which text, in which words, and when."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from voicekiosk.core.types import Locale
from voicekiosk.loading.faults import ContentError, Fault
from voicekiosk.loading.parts import Part, read
from voicekiosk.loading.texts import Text, fingerprint

REVIEWS = "reviews.yaml"
_HEADER = """\
# Who, speaking the language from childhood, has read and heard a text. Written by
# `voicekiosk content import`. `text` is the fingerprint of the words that were reviewed: a text
# that was changed since counts as unreviewed. kiosk.yaml's reviewed_by speaks for a whole language.
"""


@dataclass(frozen=True)
class Review:
    """One person's word for one text in one language."""

    text: str
    """The fingerprint of what was reviewed."""
    by: str
    on: date

    def covers(self, text: Text, locale: Locale) -> bool:
        return self.text == fingerprint(text.lines[locale])


@dataclass(frozen=True)
class Reviewed:
    """What has been said about one text."""

    by_locale: Mapping[Locale, Review] = field(default_factory=dict)
    note: str = ""


def read_reviews(folder: Path, locales: Collection[Locale]) -> dict[str, Reviewed]:
    """By text id; empty while there is no file. Raises ContentError with every fault."""
    file, faults = folder / REVIEWS, list[Fault]()
    part = read(file, faults) if file.exists() else None
    found = {}
    for name, entry in part.entries().items() if part else ():
        fields = entry.section((), (*locales, "note"))
        note = fields.pop("note").text() if "note" in fields else ""
        reviews = {Locale(key): _review(value) for key, value in fields.items()}
        found[name] = Reviewed({key: r for key, r in reviews.items() if r}, note)
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return found


def _review(part: Part) -> Review | None:
    fields = part.section(("text", "by", "day"))
    if len(fields) < 3:
        return None
    try:
        on = date.fromisoformat(fields["day"].text())
    except ValueError:
        fields["day"].fault("This is no date", "Write year-month-day, as 2027-06-30")
        return None
    return Review(fields["text"].text(), fields["by"].text(), on)


def written(reviews: Mapping[str, Reviewed]) -> bytes:
    """The file that ``read_reviews`` reads."""
    lines = [_HEADER]
    for name, reviewed in reviews.items():
        if not reviewed.by_locale and not reviewed.note:
            continue
        lines.append(f"{_quoted(name)}:\n")
        for locale, r in reviewed.by_locale.items():
            lines.append(f'  {locale}: {{text: "{r.text}", by: {_quoted(r.by)}, day: {r.on}}}\n')
        if reviewed.note:
            lines.append(f"  note: {_quoted(reviewed.note)}\n")
    return "".join(lines if len(lines) > 1 else [_HEADER, "{}\n"]).encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def awaiting(
    texts: Mapping[str, Text], reviews: Mapping[str, Reviewed], locale: Locale
) -> list[str]:
    """The ids of the texts that nobody has reviewed in the words they have now."""
    return [
        name
        for name, text in texts.items()
        if not (
            (review := reviews.get(name, Reviewed()).by_locale.get(locale))
            and review.covers(text, locale)
        )
    ]
