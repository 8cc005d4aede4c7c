"""Opens a spreadsheet that anybody may have sent: only cells of text come out, or a refusal."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook

from voicekiosk.core.types import Locale
from voicekiosk.loading.spreadsheet import BASE, MARK, Columns, SpreadsheetError, seal
from voicekiosk.loading.texts import Sheet

LARGEST, UNPACKED, MEMBERS = 20_000_000, 80_000_000, 500
"""Bytes of the file, bytes of all it holds, and of how many parts."""
ROWS, LONGEST = 20_000, 32_767
"""Rows of a sheet and letters of a cell."""
ANEW = "Export the texts anew and copy your changes over"


@dataclass(frozen=True, order=True)
class CellFault:
    """What is wrong with one cell, and how to mend it."""

    cell: str
    """As the program shows it: ``Texts!C17``."""
    what: str
    mend: str
    digits_in: tuple[str, Locale] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.cell}: {self.what}. {self.mend}"


class CellsError(SpreadsheetError):
    """The cells that are refused, all of them at once."""

    def __init__(self, file: Path, faults: list[CellFault]) -> None:
        self.faults = tuple(faults)
        listed = "\n".join(str(fault) for fault in faults)
        count = "1 cell" if len(faults) == 1 else f"{len(faults)} cells"
        super().__init__(f"{file} is not imported because of {count}", listed)


@dataclass(frozen=True)
class Row:
    """One text as it is in the spreadsheet."""

    sheet: str
    row: int
    cells: tuple[str, ...]

    def name(self, column: int) -> str:
        """Of a cell, its column counted from 0."""
        return cell_name(self.sheet, self.row, column)


@dataclass(frozen=True)
class Exported:
    """Where a text stood when it was exported, and the marks of its cells but the id."""

    sheet: str
    row: int
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """A spreadsheet that came back."""

    file: Path
    rows: tuple[Row, ...]
    exported: dict[str, Exported]
    on: str
    """The day of its export."""


def cell_name(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{get_column_letter(column + 1)}{row}"


def opened(file: Path, columns: Columns) -> Sent:
    """Everything in it. Raises SpreadsheetError, or CellsError for what is not plain text."""
    _check_package(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that we do not look at
            book = load_workbook(file)
    except Exception as error:  # openpyxl lets out whatever a broken file makes of it
        raise SpreadsheetError(f"{file} cannot be read: {error}", _SAVE) from error
    missing = [name for name in (*Sheet, BASE) if name not in book.sheetnames]
    if missing:
        raise SpreadsheetError(
            f"{file} has no sheet {missing[0]}: it is not from voicekiosk content export", ANEW
        )
    faults: list[CellFault] = []
    rows = [row for sheet in Sheet for row in _rows(book, sheet.value, columns, faults)]
    if faults:
        raise CellsError(file, faults)
    first, *marks = [
        [str(cell) for cell in row if cell is not None]
        for row in book[BASE].iter_rows(values_only=True)
    ] or [[]]
    if first[:2] != [MARK, seal(marks)] or first[3:] != list(columns.locales):
        raise SpreadsheetError(f"{file} does not say of which texts it was made", ANEW)
    exported = {m[0]: Exported(m[1], int(m[2]), tuple(m[3:])) for m in marks}
    return Sent(file, tuple(rows), exported, first[2])


_SAVE = "Save it as an Excel workbook (.xlsx), without a password"


def _check_package(file: Path) -> None:
    """Before anything is unpacked: a small file may hold gigabytes."""
    try:
        if file.stat().st_size > LARGEST:
            raise SpreadsheetError(f"{file} is larger than {LARGEST:,} bytes", ANEW)
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
            if len(members) > MEMBERS or sum(m.file_size for m in members) > UNPACKED:
                raise SpreadsheetError(f"{file} unpacks to more than any spreadsheet", ANEW)
            if "xl/workbook.xml" not in package.namelist():
                raise SpreadsheetError(f"{file} is not a spreadsheet", _SAVE)
            for member in members:
                # Nobody's spreadsheet program declares entities, which can swell without end.
                # UTF-16 would hide them from this look.
                content = package.read(member)
                if b"<!DOCTYPE" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    raise SpreadsheetError(
                        f"{file} holds {member.filename} of a strange kind", ANEW
                    )
    except OSError as error:
        raise SpreadsheetError(
            f"{file} cannot be read: {error.strerror}", "Is it there?"
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise SpreadsheetError(f"{file} is not a spreadsheet", _SAVE) from error


def _rows(book: Workbook, name: str, columns: Columns, faults: list[CellFault]) -> Iterator[Row]:
    sheet, titles = book[name], columns.titles
    if sheet.max_row > ROWS:
        raise SpreadsheetError(f"{name} has more than {ROWS:,} rows", ANEW)
    for number, found in enumerate(
        sheet.iter_rows(min_row=1, max_col=len(titles), max_row=sheet.max_row), start=1
    ):
        cells = [_text(name, number, at, cell, faults) for at, cell in enumerate(found)]
        if number == 1:
            faults += [
                CellFault(cell_name(name, 1, at), f"The title must be `{title}`", "Put it back")
                for at, (title, cell) in enumerate(zip(titles, cells, strict=True))
                if title != cell
            ]
        elif any(cells):
            yield Row(name, number, tuple(cells))


def _text(
    sheet: str, row: int, column: int, cell: Cell | MergedCell, faults: list[CellFault]
) -> str:
    value, where = cell.value, cell_name(sheet, row, column)
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        faults.append(CellFault(where, "This is a formula", "Write the text itself"))
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = str(value).replace("_x000D_", "")
    if len(text) > LONGEST:
        faults.append(CellFault(where, "The text is too long for a cell", "Shorten it"))
        return ""
    return text.strip()
