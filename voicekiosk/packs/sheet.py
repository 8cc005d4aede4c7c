"""The recording sheet: every prompt with its number, picture, text and when it is said."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path

from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import OptionId, PromptId
from voicekiosk.packs import sheet_words as words
from voicekiosk.packs.sheet_words import LANGUAGES
from voicekiosk.packs.work import Line, Work
from voicekiosk.ports import PromptError
from voicekiosk.prompts.store import urgency

HTML, CSV = "sheet.html", "sheet.csv"


def in_order(content: Content, wanted: Sequence[Spoken]) -> tuple[Spoken, ...]:
    """One language after the other, and in each what a visitor needs first.

    What replaces a text that has expired comes last: it may never be said.
    """
    locales = {locale: at for at, locale in enumerate(content.locales)}
    places = {prompt: at for at, prompt in enumerate(content.prompts)}

    def key(spoken: Spoken) -> tuple[int, int, int]:
        spare = 3 if spoken.prompt.endswith(".otherwise") else urgency(spoken)
        return locales.get(spoken.locale, 99), spare, places[spoken.prompt]

    return tuple(sorted(wanted, key=key))


def write_sheets(work: Work, content: Content, pictograms: Path, language: str) -> None:
    """sheet.html to print, sheet.csv for a spreadsheet. Raises PromptError."""
    try:
        (work.folder / HTML).write_text(as_html(work, content, pictograms, language), "utf-8")
        # The mark at the beginning tells a spreadsheet that this is UTF-8.
        (work.folder / CSV).write_text(as_csv(work, language), "utf-8-sig", newline="")
    except OSError as error:
        raise PromptError(
            f"{work.folder} cannot be written: {error.strerror}", "Choose another folder."
        ) from error


def as_csv(work: Work, language: str) -> str:
    """With semicolons: that is what a spreadsheet in Russian takes for columns."""
    at = LANGUAGES.index(language)
    table = io.StringIO()
    rows = csv.writer(table, delimiter=";", lineterminator="\r\n")
    rows.writerow([column[at] for column in words.COLUMNS])
    for line in work.lines:
        spoken = line.spoken
        said = words.when(spoken.prompt)[at]
        rows.writerow([line.number, "", line.text, said, spoken.locale, spoken.prompt])
    return table.getvalue()


def as_html(work: Work, content: Content, pictograms: Path, language: str) -> str:
    """One file that needs nothing else. Each picture is in it once, whatever it stands beside."""
    at = LANGUAGES.index(language)
    pictures = {line.number: _picture(content, line.spoken.prompt) for line in work.lines}
    inside = {
        name: data
        for name in dict.fromkeys(name for name in pictures.values() if name)
        if (data := _data(pictograms / f"{name}.png"))
    }
    shown = "".join(f".p-{name}{{background-image:url({data})}}\n" for name, data in inside.items())
    title = f"{words.TITLE[at]}: {work.speaker}"
    about = " · ".join(
        part
        for part in (
            f"{work.id} {work.version}",
            work.dialect,
            f"{words.CONTENT[at]} {work.content}",
        )
        if part
    )
    how = "".join(f"<li>{escape(step)}</li>" for step in words.HOW[at])
    heads = "".join(f"<th>{escape(column[at])}</th>" for column in words.PRINTED)
    rows = "\n".join(
        _row(line, at, pictures[line.number] if pictures[line.number] in inside else None)
        for line in work.lines
    )
    note = f"<p>{escape(words.UNREVIEWED[at])}</p>" if words.UNREVIEWED[at] else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>\n<style>{words.STYLE}{shown}</style></head><body>\n"
        f"<h1>{escape(title)}</h1><p>{escape(about)}</p><ol>{how}</ol>{note}\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>\n"
        "</body></html>\n"
    )


def _row(line: Line, at: int, picture: str | None) -> str:
    shown = f'<span class="p p-{picture}"></span>' if picture else ""
    spoken = line.spoken
    return (
        f'<tr><td class="n">{line.number:03}</td><td>{shown}</td>'
        f'<td class="t" lang="{escape(spoken.locale)}">{escape(line.text)}</td>'
        f'<td class="w">{escape(words.when(spoken.prompt)[at])}<br>'
        f"<small>{escape(spoken.locale)} {escape(spoken.prompt)}</small></td>"
        '<td class="b">☐</td></tr>'
    )


def _picture(content: Content, prompt: PromptId) -> str | None:
    """Of the option that the prompt belongs to: ``topic.work.telling.2`` to ``topic.work``."""
    parts = prompt.split(".")
    if parts[0] == "system":
        parts = ["command", *parts[1:]]  # what is said after louder, with the picture of louder
    if parts[0] in ("selfcheck", "days"):
        parts = ["activity", parts[0]]
    for length in range(len(parts), 1, -1):
        if option := content.options.get(OptionId(".".join(parts[:length]))):
            return option.pictogram
    return None


def _data(file: Path) -> str:
    try:
        return f"data:image/png;base64,{base64.b64encode(file.read_bytes()).decode()}"
    except OSError:  # a sheet without a picture can still be read aloud
        return ""
