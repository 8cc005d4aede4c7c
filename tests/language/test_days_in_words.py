"""The words in days.yaml are those that the language rules give for the same numbers."""

from pathlib import Path

import pytest

from voicekiosk.core.types import Locale, PromptId
from voicekiosk.language.in_words import in_words
from voicekiosk.loading import load

CONTENT = load(Path(__file__).parents[2] / "content")


@pytest.mark.parametrize("left", range(1, 90))
def test_days_left_are_bent_as_the_language_bends_them(left: int) -> None:
    for locale in CONTENT.locales:
        (sentence,) = CONTENT.prompts[PromptId(f"days.left.{left}")][locale]
        days = "күн" if locale.startswith("ky") else sentence.rstrip(".").split()[-1]
        expected = in_words(f"{left} {days}", locale)
        assert expected in sentence.lower(), locale


@pytest.mark.parametrize("day", range(1, 32))
def test_a_date_is_read_as_the_language_reads_it(day: int) -> None:
    kyrgyz, russian = (Locale(tag) for tag in ("ky-KG", "ru-KG"))
    name, month = PromptId(f"answer.day_{day}.name"), PromptId("days.month_of.3")
    said = [*CONTENT.prompts[name][kyrgyz], *CONTENT.prompts[month][kyrgyz]]
    assert " ".join(said).lower().rstrip(".") == in_words(f"{day}-март", kyrgyz)
    genitive = CONTENT.options[name.removesuffix(".name")].phrases[russian][1]  # type: ignore[index]
    assert f"{genitive} марта" == in_words(f"{day} марта", russian).replace("ё", "е")
