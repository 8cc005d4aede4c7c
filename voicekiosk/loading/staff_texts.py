"""content/staff.yaml: what staff read and hear, in Kyrgyz, Russian and English."""

from __future__ import annotations

import re
from pathlib import Path

from voicekiosk.core.staff import STAFF_LOCALES, Choice, Page, Place, Sound, StaffTexts, Work
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.loading.faults import ContentError, Fault
from voicekiosk.loading.parts import Part, read
from voicekiosk.loading.spoken_text import by_locale

STAFF = "staff.yaml"
ERROR_KINDS = (
    *("audio", "recognition", "synthesis", "prompt", "content", "journal", "display"),
    "other",
)
_UNTITLED = (Page.BUSY, Page.DONE, Page.CLOSED, Page.PACK)
_COUNTS = ("new.count", "changed.count", "lost.count", "stale.count", "same.count")
LABELS = tuple(
    dict.fromkeys(
        (
            *(page.value for page in Page if page not in _UNTITLED),
            *(choice.value for choice in Choice),
            *(place.value for place in Place),
            *("active", "unsigned", "unsigned_mode", "waiting.count", "until", "expired", "times"),
            *_COUNTS,
            *(KYRGYZ, RUSSIAN),
        )
    )
)
_LISTS = (Page.PACKS, Page.REVIEWS, Page.CLAIMS, Page.ERRORS)
_DONE = (Work.ACTIVATING, Work.ROLLING_BACK, Work.EXPORTING)
SAYS = (
    *("key", "pin", "wait", "wrong_pin", "no_pin", "menu", "pack", "unsigned", "clips"),
    *("review", "claim.soon", "claim.expired", "sound", "restart", "failed"),
    *(name for page in _LISTS for name in (page.value, f"no_{page.value}")),
    *(f"sound.{sound.value}" for sound in Sound),
    *(f"error.{kind}" for kind in ERROR_KINDS),
    *(work.value for work in Work),
    *(f"{work.value}.done" for work in _DONE),
)
_PLACES = re.compile(r"\{(\w*)\}")
_KNOWN = frozenset(
    ("label", "key", "seconds", "language", "waiting", "of", "until", "level", "count", "times")
)


def load_staff_texts(folder: Path) -> StaffTexts:
    """The staff texts of a content folder. Raises ContentError with every fault of the file."""
    faults: list[Fault] = []
    part = read(folder / STAFF, faults)
    fields = part.section(("reviewed_by", "labels", "says")) if part else {}
    labels = {
        name: {locale: _text(text) for locale, text in by_locale(value, STAFF_LOCALES).items()}
        for name, value in _section(fields.get("labels"), LABELS).items()
    }
    says = {
        name: {
            locale: tuple(_text(item) for item in listed.items())
            for locale, listed in by_locale(value, STAFF_LOCALES).items()
        }
        for name, value in _section(fields.get("says"), SAYS).items()
    }
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return StaffTexts(labels, says)


def _section(part: Part | None, names: tuple[str, ...]) -> dict[str, Part]:
    return part.section(names) if part else {}


def _text(part: Part) -> str:
    text = part.text()
    for name in _PLACES.findall(text):
        if name not in _KNOWN:
            part.fault(
                f"Nothing is ever put in the place of {{{name}}}",
                f"Known here: {', '.join(sorted(_KNOWN))}",
            )
    return text
