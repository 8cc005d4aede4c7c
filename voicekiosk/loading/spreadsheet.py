"""All texts into a spreadsheet for people who do not code: a row each, languages side by side."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from voicekiosk.core.types import Locale
from voicekiosk.loading.facts import Facts
from voicekiosk.loading.reviews import Reviewed
from voicekiosk.loading.spreadsheet_words import HOW_TO, KINDS, TITLES
from voicekiosk.loading.texts import Sheet, Text, tidy
from voicekiosk.ports import KioskError

HOW = "How to"
BASE = "exported"
"""The hidden sheet that remembers every cell as it was, so that an import knows what changed."""
MARK = "voicekiosk texts 1"
_GREY = PatternFill("solid", fgColor="E8E8E8")
_TOP = Alignment(wrap_text=True, vertical="top")


class SpreadsheetError(KioskError):
    """The texts do not go into this spreadsheet, or this one is not theirs."""


@dataclass(frozen=True)
class Columns:
    """id, what it is, one for each language, reviewer and day of each, a note."""

    locales: tuple[Locale, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        short = [locale[:2] for locale in self.locales]
        return (
            TITLES["id"],
            TITLES["what"],
            *(TITLES[locale] for locale in self.locales),
            *(f"{TITLES[key]} ({name})" for name in short for key in ("by", "on")),
            TITLES["note"],
        )

    def text(self, locale: Locale) -> int:
        """The place of a language's text, from 0."""
        return 2 + self.locales.index(locale)

    def reviewer(self, locale: Locale) -> int:
        """The place of a reviewer; the day is in the next column."""
        return 2 + len(self.locales) + 2 * self.locales.index(locale)

    @property
    def note(self) -> int:
        return len(self.titles) - 1


def cell_mark(value: str) -> str:
    """What a cell held, too short to read."""
    return hashlib.sha256("\n".join(tidy(value)).encode()).hexdigest()[:16]


def seal(rows: list[list[str]]) -> str:
    """The mark of all marks: a file of which it differs was put together by hand."""
    return cell_mark("\n".join(" ".join(row) for row in rows))


def row_of(
    text: Text, what: str, reviewed: Reviewed, locales: tuple[Locale, ...]
) -> tuple[str, ...]:
    """A text's cells. A review of other words than today's is not shown."""
    reviews = [reviewed.by_locale.get(locale) for locale in locales]
    fresh = [
        r if r and r.covers(text, at) else None for at, r in zip(locales, reviews, strict=True)
    ]
    return (
        text.id,
        what,
        *("\n".join(text.lines[locale]) for locale in locales),
        *(cell for r in fresh for cell in ((r.by, str(r.on)) if r else ("", ""))),
        reviewed.note,
    )


def what_it_is(text: Text, texts: Mapping[str, Text], facts: Facts, locale: Locale) -> str:
    """To whom it belongs, what it is in three languages, and for claims the source."""
    owner = texts.get(".".join([*text.id.split(".")[:2], "name"]))
    lines = [] if owner is None or text.id == owner.id else [owner.lines[locale][0] + ":"]
    lines.append(" · ".join(KINDS.get(text.kind, (text.kind,))))
    fact = facts.by_id.get(text.id.split(".")[1]) if text.sheet is not Sheet.TEXTS else None
    if fact and text.kind in ("says", "before", "name"):
        lines += [f"{fact.number}" if fact.number else "", f"source: {fact.source}"]
        lines += [f"look at: {fact.watch}" if fact.watch else ""]
    return "\n".join(line for line in lines if line)


def workbook(
    texts: Mapping[str, Text],
    facts: Facts,
    reviews: Mapping[str, Reviewed],
    locales: tuple[Locale, ...],
    today: date,
) -> bytes:
    """The whole file. Raises SpreadsheetError when a text cannot stand in a cell."""
    columns, book = Columns(locales), Workbook()
    marks: list[list[str]] = []
    for place, kind in enumerate(Sheet):
        sheet = book.create_sheet(kind.value, place)
        _frame(sheet, columns)
        ours = [text for text in texts.values() if text.sheet is kind]
        for row, text in enumerate(ours, start=2):
            what = what_it_is(text, texts, facts, locales[-1])
            cells = row_of(text, what, reviews.get(text.id, Reviewed()), locales)
            _fill(sheet, row, cells)
            marks.append([text.id, kind.value, str(row), *(cell_mark(cell) for cell in cells[1:])])
    _explain(book.create_sheet(HOW))
    book.remove(book["Sheet"])
    base = book.create_sheet(BASE)
    base.sheet_state = "veryHidden"
    for entry in [[MARK, seal(marks), str(today), *locales], *marks]:
        base.append(entry)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _frame(sheet: Worksheet, columns: Columns) -> None:
    widths = [30, 34, *(60 for _ in columns.locales), *(18, 14) * len(columns.locales), 40]
    for place, (title, width) in enumerate(zip(columns.titles, widths, strict=True), start=1):
        cell = sheet.cell(1, place, title)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _GREY, _TOP
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # these are allowed
    sheet.protection.formatCells = False
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _fill(sheet: Worksheet, row: int, cells: tuple[str, ...]) -> None:
    for place, value in enumerate(cells, start=1):
        cell = sheet.cell(row, place)
        try:
            cell.value = value or None
        except IllegalCharacterError as error:
            raise SpreadsheetError(
                f"{cells[0]} holds a sign that no spreadsheet can: {value!r}", "Remove it"
            ) from error
        if value:
            cell.data_type = "s"  # what begins with = is text as well
        cell.number_format, cell.alignment = "@", _TOP
        cell.protection = Protection(locked=place <= 2)
        if place <= 2:
            cell.fill = _GREY
    # No program makes a row high enough by itself for a file it did not write.
    heights = [sum(1 + len(line) // 58 for line in value.split("\n")) for value in cells[1:4]]
    sheet.row_dimensions[row].height = 15 * max(heights)


def _explain(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 110
    for paragraph in HOW_TO:
        for line in paragraph:
            sheet.append([line])
            sheet.cell(sheet.max_row, 1).alignment = _TOP
            sheet.cell(sheet.max_row, 1).font = Font(bold=line == paragraph[0])
        sheet.append([None])
