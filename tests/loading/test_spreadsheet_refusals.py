"""A spreadsheet comes back wrong: every cell is named, and not one byte of the content changes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.loading.returned_spreadsheet import BY_KY, KY, NOTE, ON_KY, RU, Returned
from tests.loading.small_folder import CATEGORY, CLAIMS, small_folder
from voicekiosk.loading.spreadsheet import BASE, SpreadsheetError
from voicekiosk.loading.spreadsheet_file import MEMBERS, UNPACKED


@pytest.fixture
def sent(tmp_path: Path) -> Returned:
    returned = Returned(small_folder(tmp_path), tmp_path / "texts.xlsx")
    returned.export()
    return returned


@pytest.mark.parametrize(
    ("text", "column", "value", "why"),
    [
        ("claim.limit", KY, "Бул 90 күн.", "The digits 90 cannot be read aloud safely"),
        ("claim.limit", KY, 90, "The digits 90 cannot be read aloud safely"),
        ("claim.limit", RU, "Это Visa.", "`Visa.` is in Latin letters"),
        ("claim.limit", RU, "Сpок.", "`Сpок.` mixes alphabets: Latin p for Cyrillic р"),
        ("claim.limit", RU, None, "The text is empty"),
        ("claim.limit", RU, " \n ", "The text is empty"),
        ("claim.limit", RU, "а, потом.", "`а, потом.` begins small: was it cut off at a comma?"),
        ("claim.limit", RU, "=A1", "This is a formula"),
        ("claim.limit", NOTE, "=cmd|' /C calc'!A0", "This is a formula"),
        ("topic.rules.name", RU, "Право\nЗакон", "This is one sentence, on one line"),
        ("topic.rules.phrases", RU, "закон 1", "The digits 1 cannot be read aloud safely"),
        ("topic.rules.name", "B", "мүнүшкөр", "This column is not to be changed"),
        ("topic.rules.name", BY_KY, "Айгүл", "`` is no day"),
        ("topic.rules.name", ON_KY, "2027-02-01", "`` is no name"),
    ],
)
def test_a_wrong_cell_is_named(
    sent: Returned, text: str, column: str, value: object, why: str
) -> None:
    cell = sent.write(text, column, value)
    (refused,) = sent.refused()
    assert refused[1] == why
    assert refused[0] in (cell, cell.replace(f"!{BY_KY}", f"!{ON_KY}"), cell.replace("!F", "!E"))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("вчера", "`вчера` is no day"),
        (date(2027, 3, 2), "2027-03-02 is still to come"),
        ("31.02.2027", "`31.02.2027` is no day"),
    ],
)
def test_a_day_that_cannot_be_is_named(sent: Returned, day: object, why: str) -> None:
    sent.write("claim.limit", BY_KY, "Айгүл")
    cell = sent.write("claim.limit", ON_KY, day)
    assert sent.refused() == [(cell, why)]


def test_all_cells_are_named_at_once_and_a_sound_change_beside_them_waits(sent: Returned) -> None:
    sent.write("topic.rules.name", KY, "Жобо")
    cells = [sent.write("claim.limit", KY, ""), sent.write("number.hotline.name", RU, "Line")]
    assert [cell for cell, _ in sent.refused()] == cells


def _doubled(book: Workbook) -> None:
    book["Claims"].append([cell.value for cell in book["Claims"][2]])


def _elsewhere(book: Workbook) -> None:
    book["Texts"].append([cell.value for cell in book["Claims"][2]])
    book["Claims"].delete_rows(2)


def _unknown(book: Workbook) -> None:
    book["Claims"]["A2"].value = "claim.limits"


def _nameless(book: Workbook) -> None:
    book["Claims"]["A2"].value = None


def _swapped(book: Workbook) -> None:
    for row in book["Claims"].iter_rows(min_col=3, max_col=4):
        row[0].value, row[1].value = row[1].value, row[0].value


@pytest.mark.parametrize(
    ("edit", "refused"),
    [
        (
            lambda book: book["Claims"].delete_rows(3),
            [("Claims!A3", "The row of `claim.limit.otherwise` is missing")],
        ),
        (_doubled, [("Claims!A6", "`claim.limit` stands here twice, first in Claims!A2")]),
        (_elsewhere, [("Texts!A*", "`claim.limit` belongs into the sheet Claims")]),
        (_unknown, [("Claims!A2", "No text is called `claim.limits`")]),
        (_nameless, [("Claims!A2", "The id is missing")]),
        (
            _swapped,
            [
                ("Claims!C1", "The title must be `Кыргызча`"),
                ("Claims!D1", "The title must be `Русский`"),
            ],
        ),
    ],
)
def test_rows_and_columns_stay_as_they_were(
    sent: Returned, edit: Callable[[Workbook], None], refused: list[tuple[str, str]]
) -> None:
    sent.edit(edit)
    found = [(c if c[:6] != "Texts!" else "Texts!A*", why) for c, why in sent.refused()]
    assert found[: len(refused)] == refused


def test_rows_in_another_order_and_empty_ones_are_no_fault(sent: Returned) -> None:
    def upside_down(book: Workbook) -> None:
        sheet = book["Claims"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        sheet.delete_rows(2, len(rows))
        sheet.append([])
        for row in [*rows[::-1], [None], [" "]]:
            sheet.append(row)

    sent.edit(upside_down)
    sent.write("claim.spare", RU, "Есть.")
    assert [change.after for change in sent.take_in().changes] == [("Есть.",)]


def test_the_same_text_changed_on_both_sides_is_a_conflict(sent: Returned) -> None:
    sent.content.change(CLAIMS, "Это правило меняется.", "Правило меняется.")
    cell = sent.write("claim.limit.otherwise", RU, "Оно меняется.")
    other = sent.write("claim.limit", KY, "Бул жыл.")
    assert other != cell
    why = "This was changed in the content as well, since the export"
    assert sent.refused() == [(cell, why)]
    sent.write("claim.limit.otherwise", RU, "Правило меняется.")
    assert [change.cell for change in sent.take_in().changes] == [other], "both mean the same now"


def test_a_text_that_is_gone_meanwhile_is_a_conflict_only_when_it_was_changed(
    sent: Returned,
) -> None:
    sent.content.change(CATEGORY, "      - text: {ky-KG: [Сураңыз.], ru-KG: [Спросите.]}\n", "")
    assert sent.plan().files == {}
    cell = sent.write("topic.rules.telling.4", KY, "Сурап алыңыз.")
    assert sent.refused() == [(cell, "`topic.rules.telling.4` is no longer in the content")]


def test_a_review_of_words_that_changed_meanwhile_is_refused(sent: Returned) -> None:
    sent.write("claim.limit.otherwise", BY_KY, "Айгүл")
    sent.write("claim.limit.otherwise", ON_KY, datetime(2027, 2, 1))
    sent.content.change(CLAIMS, "Бул эреже өзгөрүп турат.", "Эреже өзгөрүп турат.")
    cell = sent.cell("claim.limit.otherwise", BY_KY)
    assert sent.refused() == [(cell, "The text it speaks of was changed since")]


def _other_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("letter.txt", "Саламатсызбы")


def _bomb(file: Path) -> None:
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet9.xml", "w") as member,
    ):
        for _ in range(UNPACKED // 1_000_000 + 1):
            member.write(b"0" * 1_000_000)


def _many(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as package:
        for number in range(MEMBERS + 1):
            package.writestr(f"xl/{number}.xml", "")


def _entities(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/theme/theme9.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-500])


def _broken(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part[: len(part) // 2] if "sheet1" in name else part)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.write_bytes(b"id;ky;ru\n"), "is not a spreadsheet"),
        (lambda file: file.write_bytes(b""), "is not a spreadsheet"),
        (lambda file: file.unlink(), "cannot be read"),
        (_other_zip, "is not a spreadsheet"),
        (_bomb, "unpacks to more than any spreadsheet"),
        (_many, "unpacks to more than any spreadsheet"),
        (_entities, "of a strange kind"),
        (_cut, "is not a spreadsheet"),
        (_broken, "cannot be read"),
        (lambda file: Workbook().save(file), "has no sheet Texts"),
    ],
)
def test_what_is_no_spreadsheet_of_ours_is_refused(
    sent: Returned, spoil: Callable[[Path], None], why: str
) -> None:
    before = sent.bytes()
    spoil(sent.file)
    with pytest.raises(SpreadsheetError, match=why) as refused:
        sent.take_in()
    assert refused.value.mend
    assert sent.bytes() == before


@pytest.mark.parametrize("cell", ["A1", "B1", "D2", "D1"])
def test_a_spreadsheet_that_lost_its_memory_is_refused(sent: Returned, cell: str) -> None:
    def forget(book: Workbook) -> None:
        book[BASE][cell].value = "0"

    sent.edit(forget)
    with pytest.raises(SpreadsheetError, match="does not say of which texts"):
        sent.take_in()
