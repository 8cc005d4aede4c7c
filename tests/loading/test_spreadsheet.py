"""A reviewer gets the texts as a spreadsheet and sends it back: only what she changed changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.loading.returned_spreadsheet import KY, LOCALES, NOTE, RU, Returned
from tests.loading.small_folder import CATEGORY, CLAIMS, NUMBERS, TODAY, small_folder
from tests.loading.spoiling import CONTENT
from voicekiosk.core.types import OptionId
from voicekiosk.loading import load_all
from voicekiosk.loading.reviews import read_reviews
from voicekiosk.loading.spreadsheet import HOW, Columns, workbook
from voicekiosk.loading.spreadsheet_file import opened
from voicekiosk.loading.spreadsheet_import import Import
from voicekiosk.loading.texts import read_texts


@pytest.fixture
def sent(tmp_path: Path) -> Returned:
    returned = Returned(small_folder(tmp_path), tmp_path / "texts.xlsx")
    returned.export()
    return returned


def test_every_prompt_of_the_kiosk_is_in_it_and_nothing_comes_back_changed(tmp_path: Path) -> None:
    loaded, texts = load_all(CONTENT, TODAY), read_texts(CONTENT, LOCALES)
    reviews, file = read_reviews(CONTENT, LOCALES), tmp_path / "texts.xlsx"
    file.write_bytes(workbook(texts, loaded.facts, reviews, LOCALES, TODAY))
    returned = opened(file, Columns(LOCALES))
    assert len(returned.rows) == len(texts)
    numbers = {f"number.{fact.id}" for fact in loaded.facts.by_id.values() if fact.number}
    asked = {name for name, text in texts.items() if text.kind == "phrases"}
    assert loaded.content.prompts.keys() - numbers <= texts.keys() - asked
    for option in loaded.content.options:
        assert f"{option}.name" in texts
    plan = Import(CONTENT, loaded, texts, reviews, TODAY).plan(returned)
    assert plan.files == {}


def test_a_spreadsheet_program_that_saves_it_anew_changes_nothing(sent: Returned) -> None:
    def as_others_save(book: Workbook) -> None:
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if sheet.sheet_state == "visible" and isinstance(cell.value, str):
                        cell.value = cell.value.replace("\n", "\r\n") + " "

    sent.edit(as_others_save)
    assert load_workbook(sent.file)["Texts"]["C1"].value.endswith(" "), "it was touched"
    assert sent.plan().files == {}


def test_it_is_laid_out_to_be_read(sent: Returned) -> None:
    book = load_workbook(sent.file)
    assert [s.title for s in book if s.sheet_state == "visible"] == [
        *("Texts", "Claims", "Numbers", HOW),
    ]
    sheet = book["Claims"]
    assert sheet.freeze_panes == "C2"
    assert sheet.protection.sheet
    row = {cell.column_letter: cell for cell in sheet[2]}
    assert row["A"].value == "claim.limit"
    assert row["C"].value == "Бул жыл үчүн, токсон күн."
    assert (row["A"].protection.locked, row["C"].protection.locked) == (True, False)
    assert row["C"].alignment.wrap_text
    assert "source: somewhere" in row["B"].value
    assert [cell.value for cell in book["Numbers"]["A"]][1:] == [
        *("number.hotline.name", "number.hotline.otherwise"),
    ]


@pytest.mark.parametrize(
    ("text", "column", "new", "file", "old_bytes", "new_bytes"),
    [
        ("claim.limit", KY, "Токсон күн: бул жыл.", CLAIMS, '"Бул жыл үчүн, токсон күн."', None),
        ("claim.limit", RU, "Год — девяносто.", CLAIMS, "'На год, девяносто дней.'", None),
        ("claim.limit.otherwise", RU, "Оно меняется.", CLAIMS, "Это правило меняется.", None),
        (
            *("claim.limit.otherwise", RU, "Первое.\nЭто правило меняется.\nВторое: вот.", CLAIMS),
            "      - Это правило меняется.\n",
            '      - Первое.\n      - Это правило меняется.\n      - "Второе: вот."\n',
        ),
        ("claim.spare", KY, "Ооба, бар.", CLAIMS, "[Ооба.]", '["Ооба, бар."]'),
        ("claim.spare", RU, "Да.\nНет.", CLAIMS, "[Да.]", "[Да., Нет.]"),
        ("claim.spare", RU, "Нет.\nДа.", CLAIMS, "[Да.]", "[Нет., Да.]"),
        ("topic.rules.name", KY, "Жобо", CATEGORY, "ky-KG: Эрежелер", "ky-KG: Жобо"),
        ("topic.rules.phrases", RU, "порядок\nзакон", CATEGORY, "[порядок]", "[порядок, закон]"),
        ("topic.rules.telling.4", KY, "Сурап алыңыз.", CATEGORY, "[Сураңыз.]", "[Сурап алыңыз.]"),
        ("number.hotline.name", RU, "Линия", NUMBERS, "ru-KG: Горячая линия", "ru-KG: Линия"),
        ("command.yes.name", KY, "Ооба-ооба", "kiosk.yaml", "ky-KG: Ооба,", "ky-KG: Ооба-ооба,"),
        ("topic.rules.invitation", KY, "=Күн", CATEGORY, "Канча күн болот.", '"=Күн"'),
    ],
)
def test_a_changed_cell_changes_that_text_only(
    sent: Returned,
    text: str,
    column: str,
    new: str,
    file: str,
    old_bytes: str,
    new_bytes: str | None,
) -> None:
    before = sent.bytes()
    sent.write(text, column, new)
    # As a program does that keeps a leading = as text.
    sent.edit(lambda book: _as_text(book, sent.cell(text, column)))
    (change,) = sent.take_in().changes
    assert change.text.id == text
    quoted = new_bytes or f"{old_bytes[0]}{new}{old_bytes[0]}"
    if new_bytes is None and old_bytes[0] not in "'\"":
        quoted = new
    assert before[file].count(old_bytes.encode()) == 1
    expected = before[file].replace(old_bytes.encode(), quoted.encode())
    assert sent.bytes() == {**before, file: expected}
    assert sent.content.on(TODAY).content


def _as_text(book: Workbook, place: str) -> None:
    sheet, _, cell = place.partition("!")
    book[sheet][cell].data_type = "s"


def test_sentences_are_taken_out_and_put_in_and_the_comments_stay(sent: Returned) -> None:
    old = "[Күндөрдү санаңыз.], ru-KG: [Считайте дни.]}"
    lines = "\n          ky-KG: # a\n            - Бир. # first\n            # between\n"
    lines += "            - Эки.\n            - Үч. # last\n          ru-KG: [Раз., Два., Три.]\n"
    sent.content.change(CATEGORY, f"{{ky-KG: {old}", lines)
    sent.export()
    sent.write("topic.rules.telling.1", KY, "Бир.\nТөрт.\nБеш.\nҮч.")
    sent.write("topic.rules.telling.1", RU, "Три.")
    sent.take_in()
    written = (sent.content.folder / CATEGORY).read_text(encoding="utf-8")
    lines = lines.replace("- Эки.\n", "- Төрт.\n            - Беш.\n")
    assert lines.replace("[Раз., Два., Три.]", "[Три.]") in written


def test_lines_that_end_as_on_windows_still_do(sent: Returned) -> None:
    file = sent.content.folder / CLAIMS
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    sent.write("claim.limit.otherwise", RU, "Это правило меняется.\nДа.")
    sent.take_in()
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    assert "меняется.\r\n      - Да.\r\n".encode() in file.read_bytes()


def test_what_was_changed_in_the_content_meanwhile_stays(sent: Returned) -> None:
    sent.content.change(CATEGORY, "Считайте дни.", "Считайте все дни.")
    sent.write("topic.rules.telling.1", KY, "Санаңыз.")
    sent.take_in()
    content = sent.content.on(TODAY).content
    told = content.prompts[content.options[OptionId("topic.rules")].telling[0]]  # type: ignore[attr-defined]
    assert list(told.values()) == [("Санаңыз.",), ("Считайте все дни.",)]


def test_a_confirmed_claim_in_new_words_is_confirmed_no_longer(sent: Returned) -> None:
    sent.content.checked("2027-02-01", "2027-12-31")
    sent.write("claim.limit.otherwise", RU, "Оно меняется.")
    assert sent.take_in().withdrawn == []
    assert sent.content.on(TODAY).facts.by_id["limit"].check
    sent.export()
    sent.write("claim.limit", RU, "На год.")
    assert [fact.id for fact in sent.take_in().withdrawn] == ["limit"]
    assert sent.content.on(TODAY).facts.by_id["limit"].check is None


def test_a_note_is_kept(sent: Returned) -> None:
    sent.write("claim.limit", NOTE, 'Мен "жыл" дейт элем: =1+1')
    sent.edit(lambda book: _as_text(book, sent.cell("claim.limit", NOTE)))
    sent.take_in()
    sent.export()
    sheet, _, cell = sent.cell("claim.limit", NOTE).partition("!")
    assert load_workbook(sent.file)[sheet][cell].value == 'Мен "жыл" дейт элем: =1+1'
    assert sent.plan().files == {}
