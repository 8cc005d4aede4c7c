"""content/collect.yaml: what is wrong with it is told with its line, before anybody is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN, PromptId
from voicekiosk.loading.collect_texts import MONTHS, load_collect_texts
from voicekiosk.loading.faults import ContentError

CONTENT = Path(__file__).parents[2] / "content"
LOCALES = (KYRGYZ, RUSSIAN)


def faults(folder: Path, old: str, new: str) -> list[str]:
    """The faults of a copy in which something was changed."""
    path = folder / "collect.yaml"
    shutil.copy(CONTENT / "collect.yaml", path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_collect_texts(folder, LOCALES, 6)
    return [str(fault) for fault in error.value.faults]


def test_every_length_of_time_is_told_in_both_languages() -> None:
    told = set()
    for months in range(1, MONTHS + 1):
        prompts = load_collect_texts(CONTENT, LOCALES, months).prompts
        told |= {prompts[PromptId("collect.kept_for")][locale] for locale in LOCALES}
    assert len(told) == 2 * MONTHS
    assert not any("{" in sentence for sentences in told for sentence in sentences)


def test_a_childs_terms_name_the_guardian() -> None:
    texts = load_collect_texts(CONTENT, LOCALES, 6)
    assert set(texts.terms(child=True)) - set(texts.terms(child=False)) == {"collect.child"}
    assert texts.terms(child=True)[-1] == "collect.question"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  too_quiet:", "  to_quiet:", "`to_quiet` is not known here"),
        ("{months} көп эмес", "көп эмес", "The length of time has no place"),
        ('"Хранится до {date}"', '"Хранится"', "no place for the date"),
        ("ru-KG: [ноль, один,", "ru-KG: [один,", "These are 9 words"),
        ("      - Здравствуйте!\n", "      - Hello\n", "`Hello` is in Latin letters"),
        ("  finish:", "  # finish:", "`finish` is missing"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    found = faults(tmp_path, old, new)
    assert any(complaint in fault for fault in found), found
    assert all("collect.yaml:" in fault for fault in found)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="The file is missing"):
        load_collect_texts(tmp_path, LOCALES, 6)
