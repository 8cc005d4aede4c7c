"""content/studio.yaml: every word of the studio in three languages, and faults with their line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voicekiosk.core.staff import STAFF_LOCALES
from voicekiosk.core.studio import Fault
from voicekiosk.loading.faults import ContentError
from voicekiosk.loading.studio_texts import load_studio_texts

CONTENT = Path(__file__).parents[2] / "content"


def test_every_fault_of_a_take_says_what_is_wrong_and_what_to_do() -> None:
    texts = load_studio_texts(CONTENT)
    for fault in Fault:
        assert all(len(texts.prompts[fault.prompt][locale]) == 2 for locale in STAFF_LOCALES)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  too_quiet:", "  to_quiet:", "`to_quiet` is not known here"),
        ("Үч, эки, бир дегенден", "3, 2, 1 дегенден", "cannot be read aloud safely"),
        ('ru-KG: "Дальше", ', "", "`ru-KG` is missing"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = tmp_path / "studio.yaml"
    shutil.copy(CONTENT / path.name, path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_studio_texts(tmp_path)
    told = [str(fault) for fault in error.value.faults]
    assert any(complaint in fault and "studio.yaml:" in fault for fault in told), told
