"""What a spreadsheet that came back changes: every refusal by its cell, or new files for all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from voicekiosk.core.types import Locale
from voicekiosk.loading.fact_files import CHECK_KEYS
from voicekiosk.loading.facts import Fact
from voicekiosk.loading.faults import ContentError, Fault
from voicekiosk.loading.folder import Loaded, load_all
from voicekiosk.loading.parts import Part
from voicekiosk.loading.reviews import REVIEWS, Review, Reviewed, read_reviews, written
from voicekiosk.loading.rewriting import RewriteError, rewritten
from voicekiosk.loading.spoken_text import sentences, spoken
from voicekiosk.loading.spreadsheet import Columns, SpreadsheetError, cell_mark, row_of
from voicekiosk.loading.spreadsheet_file import CellFault, CellsError, Row, Sent, cell_name
from voicekiosk.loading.texts import Sheet, Text, fingerprint, tidy

CONFLICT = "Export anew, and write your change into the new file"
_NOW = "This was changed in the content as well, since the export"


@dataclass(frozen=True)
class Change:
    """One text in one language."""

    text: Text
    locale: Locale
    after: tuple[str, ...]
    cell: str

    @property
    def before(self) -> tuple[str, ...]:
        return self.text.lines[self.locale]


@dataclass
class Plan:
    """Everything that an import will do, and nothing done yet."""

    changes: list[Change] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)
    """One line for each review, withdrawn review and note."""
    withdrawn: list[Fact] = field(default_factory=list)
    """Confirmed for other words than these: somebody has to confirm them again."""
    files: dict[Path, bytes] = field(default_factory=dict)


class Import:
    """Compares a spreadsheet with the content of today."""

    def __init__(
        self,
        folder: Path,
        loaded: Loaded,
        texts: Mapping[str, Text],
        reviews: Mapping[str, Reviewed],
        today: date,
    ) -> None:
        self._folder, self._loaded, self._today = folder, loaded, today
        self._texts, self._reviews = texts, reviews
        self._locales = loaded.content.locales
        self._columns = Columns(self._locales)
        self._faults: list[CellFault] = []

    def plan(self, sent: Sent) -> Plan:
        """What the spreadsheet changes. Raises CellsError with every cell that is refused."""
        plan, reviews = Plan(), dict(self._reviews)
        for row in self._rows(sent):
            marks = sent.exported[row.cells[0]].marks
            changed = {
                at for at, cell in enumerate(row.cells) if at and cell_mark(cell) != marks[at - 1]
            }
            self._row(row, marks, changed, plan, reviews)
        if not self._faults:
            plan.files = self._files(plan, reviews)
        if self._faults:
            raise CellsError(sent.file, self._faults)
        return plan

    def _refuse(self, cell: str, what: str, mend: str) -> None:
        self._faults.append(CellFault(cell, what, mend))

    def _rows(self, sent: Sent) -> list[Row]:
        """The rows that can be told apart, in whatever order they came."""
        seen: dict[str, Row] = {}
        for row in sent.rows:
            name, cell = row.cells[0], row.name(0)
            known = sent.exported.get(name)
            if not name:
                self._refuse(cell, "The id is missing", "Put it back, or empty the whole row")
            elif known is None:
                self._refuse(cell, f"No text is called `{name}`", "Put back the id that was here")
            elif name in seen:
                first = seen[name].name(0)
                self._refuse(cell, f"`{name}` stands here twice, first in {first}", "Remove one")
            elif known.sheet != row.sheet:
                where = f"the sheet {known.sheet}"
                self._refuse(cell, f"`{name}` belongs into {where}", "Move the row back")
            else:
                seen[name] = row
        for name, known in sent.exported.items():
            if name not in seen:
                cell = cell_name(known.sheet, known.row, 0)
                self._refuse(cell, f"The row of `{name}` is missing", "Put it back: no row goes")
        return list(seen.values())

    def _row(
        self,
        row: Row,
        marks: tuple[str, ...],
        changed: set[int],
        plan: Plan,
        reviews: dict[str, Reviewed],
    ) -> None:
        name = row.cells[0]
        if 1 in changed:
            self._refuse(row.name(1), "This column is not to be changed", "Write it into the note")
        text = self._texts.get(name)
        if text is None:
            for at in sorted(changed):
                self._refuse(row.name(at), f"`{name}` is no longer in the content", CONFLICT)
            return
        old = self._reviews.get(name, Reviewed())
        now = row_of(text, "", old, self._locales)
        by_locale = dict(old.by_locale)
        for locale in self._locales:
            at = self._columns.text(locale)
            lines = tidy(row.cells[at])
            lines = lines if at in changed else text.lines[locale]
            same = fingerprint(lines) == fingerprint(text.lines[locale])
            if not same and cell_mark(now[at]) != marks[at - 1]:
                self._refuse(row.name(at), _NOW, CONFLICT)
            elif not same and self._sayable(text, locale, lines, row.name(at)):
                plan.changes.append(Change(text, locale, lines, row.name(at)))
            at = self._columns.reviewer(locale)
            if self._conflict(row, marks, changed, now, at, at + 1):
                continue
            if {at, at + 1} & changed:
                read = self._columns.text(locale)
                if same and cell_mark(now[read]) not in (
                    marks[read - 1],
                    cell_mark(row.cells[read]),
                ):
                    self._refuse(row.name(at), "The text it speaks of was changed since", CONFLICT)
                    continue
                by_locale.pop(locale, None)
                review = self._review(row, at, lines)
                if review:
                    by_locale[locale] = review
                said = f"reviewed by {review.by} on {review.on}" if review else "no review"
                plan.reviewed.append(f"{row.name(at)}  {name} {locale[:2]}: {said}")
        note, at = old.note, self._columns.note
        if at in changed and not self._conflict(row, marks, changed, now, at):
            note = "\n".join(tidy(row.cells[at]))
            plan.reviewed.append(f"{row.name(at)}  {name}: note: {note or '(removed)'}")
        if (new := Reviewed(by_locale, note)) != old:
            reviews[name] = new

    def _conflict(
        self, row: Row, marks: tuple[str, ...], changed: set[int], now: tuple[str, ...], *at: int
    ) -> bool:
        both = [
            place
            for place in at
            if place in changed
            and cell_mark(now[place]) not in (marks[place - 1], cell_mark(row.cells[place]))
        ]
        for place in both:
            self._refuse(row.name(place), _NOW, CONFLICT)
        return bool(both)

    def _review(self, row: Row, at: int, lines: tuple[str, ...]) -> Review | None:
        by, day = " ".join(row.cells[at].split()), row.cells[at + 1]
        if not by and not day:
            return None
        on = _day(day)
        if not any(letter.isalpha() for letter in by):
            self._refuse(row.name(at), f"`{by}` is no name", "Write who has reviewed the text")
        elif on is None:
            self._refuse(row.name(at + 1), f"`{day}` is no day", "Write it as 2027-06-30")
        elif on > self._today:
            self._refuse(row.name(at + 1), f"{on} is still to come", "Write the day of the review")
        else:
            return Review(fingerprint(lines), by, on)
        return None

    def _sayable(self, text: Text, locale: Locale, lines: tuple[str, ...], cell: str) -> bool:
        """The loader's own rules, on the cell instead of a line of a file."""
        if not lines:
            self._refuse(cell, "The text is empty", "Write the text: nothing can be removed here")
            return False
        if locale not in text.lists and len(lines) > 1:
            self._refuse(cell, "This is one sentence, on one line", "Put it on one line")
            return False
        faults: list[Fault] = []
        parts = [Part(Path(cell), _node(line), faults) for line in lines]
        if text.kind == "phrases" or locale not in text.lists:
            for part in parts:
                spoken(part, locale)
        else:
            told = yaml.SequenceNode("tag:yaml.org,2002:seq", [p.node for p in parts], _MARK, _MARK)
            entry = (_node(locale), told)
            whole = yaml.MappingNode("tag:yaml.org,2002:map", [entry], _MARK, _MARK)
            sentences(Part(Path(cell), whole, faults), [locale])
        self._faults += [CellFault(cell, f.what, f.mend, f.digits_in) for f in faults]
        return not faults

    def _files(self, plan: Plan, reviews: Mapping[str, Reviewed]) -> dict[Path, bytes]:
        by_file: dict[Path, dict[tuple[str | int, ...], tuple[str, ...] | None]] = {}
        for change in plan.changes:
            text = change.text
            paths = by_file.setdefault(text.file, {})
            paths[(*text.path, change.locale)] = change.after
            fact = self._loaded.facts.by_id.get(str(text.path[0]))
            if text.sheet is not Sheet.TEXTS and fact and fact.check and text.kind != "otherwise":
                paths.update({(fact.id, key): None for key in CHECK_KEYS[fact.kind]})
                plan.withdrawn += [] if fact in plan.withdrawn else [fact]
        files = {}
        for file, paths in by_file.items():
            whole = (self._folder / file).read_bytes().decode("utf-8")
            try:
                files[file] = rewritten(whole, paths).encode("utf-8")
            except RewriteError as error:
                for change in plan.changes:
                    if change.text.file == file:
                        self._refuse(change.cell, error.what, error.mend)
        if reviews != self._reviews:
            order = [*(name for name in self._texts if name in reviews), *reviews]
            files[Path(REVIEWS)] = written({name: reviews[name] for name in order})
        self._try(files)
        return files

    def _try(self, files: Mapping[Path, bytes]) -> None:
        """Is the content still sound as a whole?"""
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / "content"
            shutil.copytree(self._folder, copy, ignore=shutil.ignore_patterns("*.png", ".*"))
            for picture in (self._folder / "pictograms").glob("*.png"):
                (copy / "pictograms" / picture.name).touch()
            for file, content in files.items():
                (copy / file).write_bytes(content)
            try:
                load_all(copy, self._today)
                read_reviews(copy, self._locales)
            except ContentError as error:
                told = "\n".join(
                    f"{f.file.relative_to(copy)}: {f.what}. {f.mend}" for f in error.faults
                )
                raise SpreadsheetError("The content would have faults", told) from error


_MARK = yaml.Mark("", 0, 0, 0, None, 0)


def _node(text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, _MARK, _MARK)


def _day(text: str) -> date | None:
    """As in 2027-06-30, or as people write it here: 30.06.2027."""
    parts = text.strip().split(".")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else text.strip())
    except ValueError:
        return None
