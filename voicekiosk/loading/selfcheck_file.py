"""selfcheck.yaml: the questions, which answer is a bad sign, and what is told at the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from voicekiosk.core.activities import Question, SelfCheck
from voicekiosk.core.types import Locale, PromptId
from voicekiosk.loading.parts import Part
from voicekiosk.loading.spoken_text import by_locale, sentences, spoken

OUTCOMES = ("none", "some", "many")
"""From no worrying answer on, from the first limit on, from the second."""
INTRO = PromptId("selfcheck.intro")


class SelfCheckFile:
    """The self-check as far as it could be read, and its prompts."""

    def __init__(self, locales: Collection[Locale]) -> None:
        self._locales = locales
        self.found: SelfCheck | None = None
        self.prompts: dict[PromptId, Mapping[Locale, tuple[str, ...]]] = {}

    def read(self, part: Part | None) -> None:
        fields = part.section(("intro", "questions", "limits", "outcomes")) if part else {}
        self.prompts[INTRO] = sentences(fields.get("intro"), self._locales)
        listed = fields["questions"].items() if "questions" in fields else []
        questions = [question for item in listed if (question := self._question(item))]
        if "questions" in fields and not listed:
            fields["questions"].fault("Nothing is asked here", "Add a question")
        least = self._limits(fields.get("limits"), len(listed))
        told = fields["outcomes"].section(OUTCOMES) if "outcomes" in fields else {}
        for name in told:
            self.prompts[_outcome(name)] = sentences(told[name], self._locales)
        pairs = tuple((at, _outcome(name)) for at, name in zip(least, OUTCOMES, strict=True))
        self.found = SelfCheck(INTRO, tuple(questions), pairs)

    def _question(self, part: Part) -> Question | None:
        fields = part.section(("id", "question", "worrying"), ("indicator",))
        if len(fields) < 3:
            return None
        prompt = PromptId(f"selfcheck.question.{fields['id'].text()}")
        if prompt in self.prompts:
            fields["id"].fault(f"Another question is called {fields['id'].text()}", "Rename one")
        asked = by_locale(fields["question"], self._locales)
        self.prompts[prompt] = {locale: (spoken(text, locale),) for locale, text in asked.items()}
        worrying = fields["worrying"].text()
        if worrying not in ("yes", "no"):
            fields["worrying"].fault(
                "This names the answer that is a bad sign", 'Write "yes" or "no", in quotes'
            )
        return Question(prompt, worrying == "yes")

    def _limits(self, part: Part | None, count: int) -> tuple[int, int, int]:
        fields = part.section(OUTCOMES[1:]) if part else {}
        some, many = (
            int(fields[name].number(1, max(count, 1)) or 1) if name in fields else 1
            for name in OUTCOMES[1:]
        )
        if part and many <= some:
            part.fault("`many` must be above `some`", "Write a larger number")
        return 0, some, many


def _outcome(name: str) -> PromptId:
    return PromptId(f"selfcheck.outcome.{name}")
