"""content/studio.yaml: what staff read and hear in the recording studio."""

from __future__ import annotations

from pathlib import Path

from voicekiosk.core.staff import ENGLISH, STAFF_LOCALES
from voicekiosk.core.studio import Choice, Fault, StudioTexts
from voicekiosk.core.studio_screen import Lamp
from voicekiosk.core.types import Locale, PromptId
from voicekiosk.loading.faults import ContentError
from voicekiosk.loading.faults import Fault as TextFault
from voicekiosk.loading.parts import Part, read
from voicekiosk.loading.spoken_text import by_locale, spoken

STUDIO = "studio.yaml"
_LAMPS = (Lamp.LISTEN, Lamp.COUNT, Lamp.RECORD, Lamp.REPLAY, Lamp.GOOD)
LABELS = (
    *("begin", "again", "finish", "lamp.kept"),
    *(choice.value for choice in Choice),
    *(f"lamp.{lamp.value}" for lamp in _LAMPS),
)
PROMPTS = (
    *("welcome", "lost", "failed", "finished", "left_out"),
    *(fault.value for fault in Fault),
)


def load_studio_texts(folder: Path) -> StudioTexts:
    """The studio's texts of a content folder. Raises ContentError with every fault of the file."""
    faults: list[TextFault] = []
    whole = read(folder / STUDIO, faults)
    top = whole.section(("reviewed_by", "labels", "prompts")) if whole else {}
    labels = top["labels"].section(LABELS) if "labels" in top else {}
    prompts = top["prompts"].section(PROMPTS) if "prompts" in top else {}
    texts = StudioTexts(
        {name: _by_language(part) for name, part in labels.items()},
        {PromptId(f"studio.{name}"): _sentences(part) for name, part in prompts.items()},
    )
    if faults:
        raise ContentError(tuple(sorted(faults)))
    return texts


def _by_language(part: Part) -> dict[Locale, str]:
    return {locale: text.text() for locale, text in by_locale(part, STAFF_LOCALES).items()}


def _sentences(part: Part) -> dict[Locale, tuple[str, ...]]:
    """English is shown only: digits would not hurt in it, nor its letters."""
    return {
        locale: tuple(
            item.text() if locale == ENGLISH else spoken(item, locale) for item in listed.items()
        )
        for locale, listed in by_locale(part, STAFF_LOCALES).items()
    }
