"""days.yaml: the answers to the counter of days, and the words its own answers are made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from voicekiosk.core.activities import Answers
from voicekiosk.core.days import MONTHS, NEEDED
from voicekiosk.core.types import Locale, PromptId
from voicekiosk.loading.parts import Part
from voicekiosk.loading.spoken_text import sentences

LARGEST_RULE = 90
"""Days for which there are sentences of what is left."""
_NAME = re.compile(rf"({'|'.join(Answers)})(?:_(\d+))?")
_NUMBERED = {
    "month_of": range(1, MONTHS + 1),
    "left": range(LARGEST_RULE),
    "digit": range(10),
}


class DaysFile:
    """The prompts of the counter, and the parts of its answers."""

    def __init__(self, locales: Collection[Locale]) -> None:
        self._locales = locales
        self.answers: dict[str, Part] = {}
        self.prompts: dict[PromptId, Mapping[Locale, tuple[str, ...]]] = {}

    def read(self, part: Part | None) -> None:
        fields = part.section(("answers", *_NUMBERED)) if part else {}
        for section, numbers in _NUMBERED.items():
            if section in fields:
                told = fields[section].section([str(number) for number in numbers])
                for number, entry in told.items():
                    prompt = PromptId(f"days.{section}.{number}")
                    self.prompts[prompt] = sentences(entry, self._locales)
        if "answers" not in fields:
            return
        self.answers = fields["answers"].entries()
        for name, entry in list(self.answers.items()):
            if not _NAME.fullmatch(name):
                entry.fault_of_name(f"`{name}` is no answer", "Write e.g. ago_2, month_3 or day_15")
                del self.answers[name]
        for name in NEEDED:
            if name not in self.answers:
                fields["answers"].fault(f"The answer {name} is missing", "Add it")


def kind_of(name: str) -> tuple[Answers, int]:
    """``day_15`` is the fifteenth day of a month."""
    found = _NAME.fullmatch(name)
    if not found:
        raise ValueError(name)
    return Answers(found.group(1)), int(found.group(2) or 0)
