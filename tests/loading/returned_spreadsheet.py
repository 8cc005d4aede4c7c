"""A content folder whose texts were sent out as a spreadsheet, and what a reviewer does to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.loading.small_folder import TODAY, SmallFolder
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.loading.many_files import put
from voicekiosk.loading.reviews import awaiting, read_reviews
from voicekiosk.loading.spreadsheet import Columns, workbook
from voicekiosk.loading.spreadsheet_file import CellsError, opened
from voicekiosk.loading.spreadsheet_import import Import, Plan
from voicekiosk.loading.texts import read_texts

LOCALES = (KYRGYZ, RUSSIAN)
KY, RU, BY_KY, ON_KY, BY_RU, ON_RU, NOTE = "CDEFGHI"


@dataclass(frozen=True)
class Returned:
    """The folder, and the file that goes to and fro."""

    content: SmallFolder
    file: Path

    def export(self) -> None:
        folder, loaded = self.content.folder, self.content.on(TODAY)
        texts, reviews = read_texts(folder, LOCALES), read_reviews(folder, LOCALES)
        self.file.write_bytes(workbook(texts, loaded.facts, reviews, LOCALES, TODAY))

    def edit(self, what: Callable[[Workbook], None]) -> None:
        book = load_workbook(self.file)
        what(book)
        book.save(self.file)

    def write(self, text: str, column: str, value: object) -> str:
        """Into the row of a text; returns the name of the cell."""
        place = self.cell(text, column)
        sheet, _, cell = place.partition("!")

        def fill(book: Workbook) -> None:
            book[sheet][cell].value = value

        self.edit(fill)
        return place

    def cell(self, text: str, column: str) -> str:
        for sheet in load_workbook(self.file):
            for row in sheet.iter_rows(max_col=1):
                if row[0].value == text and sheet.sheet_state == "visible":
                    return f"{sheet.title}!{column}{row[0].row}"
        raise AssertionError(f"no row is called {text}")

    def plan(self) -> Plan:
        folder, loaded = self.content.folder, self.content.on(TODAY)
        texts, reviews = read_texts(folder, LOCALES), read_reviews(folder, LOCALES)
        return Import(folder, loaded, texts, reviews, TODAY).plan(
            opened(self.file, Columns(LOCALES))
        )

    def take_in(self) -> Plan:
        plan = self.plan()
        put(self.content.folder, plan.files)
        return plan

    def refused(self) -> list[tuple[str, str]]:
        """Every cell that is refused, and why; nothing may have been written."""
        before = self.bytes()
        try:
            self.take_in()
        except CellsError as error:
            assert self.bytes() == before
            return [(fault.cell, fault.what) for fault in error.faults]
        return []

    def bytes(self) -> dict[str, bytes]:
        folder = self.content.folder
        return {
            str(file.relative_to(folder)): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file() and file.suffix != ".png"
        }

    def awaiting(self, locale: str) -> list[str]:
        folder = self.content.folder
        own = next(known for known in LOCALES if known == locale)
        return awaiting(read_texts(folder, LOCALES), read_reviews(folder, LOCALES), own)
