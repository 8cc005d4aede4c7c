"""``voicekiosk content``: the texts for people who do not code, and back into the content."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from voicekiosk.commands.check import CONTENT
from voicekiosk.commands.claims import agreed
from voicekiosk.core.types import Locale
from voicekiosk.language import UnsayableError, in_words
from voicekiosk.loading import load_all
from voicekiosk.loading.booklet import booklet
from voicekiosk.loading.many_files import finish, put, write_whole
from voicekiosk.loading.reviews import awaiting, read_reviews
from voicekiosk.loading.spreadsheet import Columns, SpreadsheetError, workbook
from voicekiosk.loading.spreadsheet_file import CellFault, CellsError, opened
from voicekiosk.loading.spreadsheet_import import Import, Plan
from voicekiosk.loading.texts import read_texts

DESCRIPTION = """\
Everything the kiosk says, for native reviewers and lawyers who do not code.

export   writes all texts into a spreadsheet: one row a text, Kyrgyz and Russian
         side by side, with columns for the reviewer, the day and a note.
import   takes the spreadsheet back. It shows every text that changes, before and
         after, and asks. One wrong cell, and nothing is changed: the cell is named.
booklet  writes all of it, with sources, as pages to print, mark and sign.
"""
EPILOGUE = """\
how a review goes:
  voicekiosk content export texts.xlsx      send texts.xlsx to the reviewer
  voicekiosk content import texts.xlsx      when it comes back
  voicekiosk check                          how many texts still await a reviewer
  voicekiosk content booklet texts.html     on paper: open it in a browser and print

Only what the reviewer changed is changed. What was changed in the content in the
meantime stays; the same text changed on both sides is a conflict, named by cell.
A claim that was confirmed and whose words change is withdrawn: confirm it anew.
"""

PRINTING = (
    "Open the HTML in a browser, print on A4 (or choose Save as PDF), with background graphics; "
    "where pages lack numbers, switch on headers and footers"
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "content",
        help="the texts as a spreadsheet to review, and back again",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    out = actions.add_parser("export", help="all texts into a spreadsheet")
    out.add_argument("file", type=Path, metavar="FILE.xlsx")
    back = actions.add_parser("import", help="a spreadsheet that came back into the content")
    back.add_argument("file", type=Path, metavar="FILE.xlsx")
    back.add_argument("--yes", action="store_true", help="do not ask")
    paper = actions.add_parser("booklet", help="everything the kiosk says, with sources, to print")
    paper.add_argument("file", type=Path, metavar="FILE.html")
    for action in (out, paper):
        action.add_argument("--replace", action="store_true", help="overwrite a file that is there")


def run(args: argparse.Namespace) -> int:
    folder, today = (args.content or CONTENT).resolve(), date.today()
    replaced = finish(folder)
    if replaced:
        print(f"An import that was cut off is finished: {replaced} files.")
    return _ACTIONS[args.action](folder, args, today)


def _export(folder: Path, args: argparse.Namespace, today: date) -> int:
    file = _target(args.file, ".xlsx", args.replace)
    loaded = load_all(folder, today)
    locales = loaded.content.locales
    texts, reviews = read_texts(folder, locales), read_reviews(folder, locales)
    _save(file, workbook(texts, loaded.facts, reviews, locales, today))
    print(f"{file}: {len(texts)} texts.")
    for locale in locales:
        print(f"  {locale}: {len(awaiting(texts, reviews, locale))} await a reviewer")
    print("The sheet `How to` explains it in Kyrgyz, Russian and English.")
    return 0


def _import(folder: Path, args: argparse.Namespace, today: date) -> int:
    loaded = load_all(folder, today)
    locales = loaded.content.locales
    texts, reviews = read_texts(folder, locales), read_reviews(folder, locales)
    try:
        plan = Import(folder, loaded, texts, reviews, today).plan(
            opened(args.file, Columns(locales))
        )
    except CellsError as error:
        for fault in error.faults:
            print(_mended(fault), file=sys.stderr)
        print(f"{error.what}. Nothing was changed.", file=sys.stderr)
        return 1
    if not plan.files:
        print("The spreadsheet changes nothing.")
        return 0
    print("\n".join(told(plan)))
    if not args.yes and not agreed(f"Change {len(plan.changes)} texts in {len(plan.files)} files?"):
        print("Nothing was changed.")
        return 1
    put(folder, plan.files)
    print("Done. The kiosk takes it up by itself; voicekiosk check looks for phrases that clash.")
    return 0


def _booklet(folder: Path, args: argparse.Namespace, today: date) -> int:
    if args.file.suffix.lower() == ".pdf":
        raise SpreadsheetError("A PDF is printed by a browser from the HTML", PRINTING)
    file = _target(args.file, ".html", args.replace)
    loaded = load_all(folder, today)
    locales = loaded.content.locales
    texts, reviews = read_texts(folder, locales), read_reviews(folder, locales)
    _save(file, booklet(folder, loaded, texts, reviews, today).encode())
    print(f"{file}: {len(texts)} texts. {PRINTING}.")
    return 0


_ACTIONS = {"export": _export, "import": _import, "booklet": _booklet}


def told(plan: Plan) -> list[str]:
    """What will change, before and after, for somebody to agree to."""
    lines = []
    for change in plan.changes:
        lines.append(f"{change.cell}  {change.text.id} {change.locale[:2]}")
        lines += [f"  - {line}" for line in change.before]
        lines += [f"  + {line}" for line in change.after]
    lines += plan.reviewed
    for fact in plan.withdrawn:
        lines.append(
            f"{fact.id} was confirmed in other words: it is withdrawn until confirmed anew"
        )
    lines.append(f"{len(plan.changes)} texts, {len(plan.reviewed)} reviews and notes.")
    return lines


def _mended(fault: CellFault) -> CellFault:
    """With the words to write, where digits stand and it is certain how they are said."""
    if fault.digits_in is None:
        return fault
    text, locale = fault.digits_in
    try:
        return replace(fault, mend=f"Write it in words: {in_words(text, Locale(locale))}")
    except UnsayableError as error:
        return replace(fault, mend=f"{error.what}. {error.mend}")


def _target(file: Path, suffix: str, may_replace: bool) -> Path:
    if file.suffix.lower() != suffix:
        raise SpreadsheetError(f"{file} does not end in {suffix}", f"Call it {file.stem}{suffix}")
    if file.exists() and not may_replace:
        raise SpreadsheetError(
            f"{file} is there already, perhaps with a reviewer's work", "Another name, or --replace"
        )
    return file


def _save(file: Path, content: bytes) -> None:
    try:
        write_whole(file, content)
    except OSError as error:
        raise SpreadsheetError(
            f"{file} cannot be written: {error.strerror}", "Name a folder that is there and yours"
        ) from error
