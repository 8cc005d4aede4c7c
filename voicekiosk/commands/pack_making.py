"""``voicekiosk pack new`` and ``import-recordings``: a neighbour's voice into a work folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from voicekiosk.app import Places, places
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Locale
from voicekiosk.loading import load
from voicekiosk.packs import recordings
from voicekiosk.packs.diffing import served
from voicekiosk.packs.recordings import Found
from voicekiosk.packs.sheet import HTML, in_order, write_sheets
from voicekiosk.packs.sheet_words import LANGUAGES
from voicekiosk.packs.work import Line, Work, text_of
from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import read_pack

_NEW = """\
Makes a work folder with a recording sheet: every prompt with its number, its text and when it is
said, what matters most first. sheet.html is to print, sheet.csv opens in a spreadsheet.

  voicekiosk pack new aigul --speaker "Айгүл" --dialect Баткен
  voicekiosk pack new aigul-2 --speaker "Айгүл" --from-content changed    what nobody has recorded
"""
_IMPORT = """\
Brings recordings of a telephone into a work folder. Any form of sound will do (m4a, amr, mp3, ogg,
wav ...). Shows which file is which line; with --try that is all it does.

  voicekiosk pack import-recordings aigul phone --try
  voicekiosk pack import-recordings aigul phone             017.m4a, Запись 17.m4a, a prompt's name
  voicekiosk pack import-recordings aigul phone --by order --from 1 --to 40
  voicekiosk pack import-recordings aigul all.m4a --split --from 1 --to 40       one long recording
"""


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    new = _parser(actions, "new", "a work folder with a recording sheet", _NEW)
    new.add_argument("work", type=Path, metavar="WORKFOLDER", help="a folder that is new")
    new.add_argument("--id", help="of the pack, e.g. aigul (default: the folder's name)")
    new.add_argument("--speaker", required=True, metavar="NAME", help="who will speak")
    new.add_argument("--locale", nargs="+", default=["ky-KG"], help="default: ky-KG")
    new.add_argument("--dialect", default="", help="e.g. Баткен")
    new.add_argument("--version", default="1", help="of the pack (default: 1)")
    new.add_argument("--licence", default="CC-BY-4.0", help="what the speaker has agreed to")
    new.add_argument(
        "--from-content",
        choices=("all", "changed"),
        default="all",
        help="every prompt, or only what no person has recorded as it is written now",
    )
    new.add_argument("--language", choices=LANGUAGES, default="ru", help="of the sheet")
    new.set_defaults(act=run_new)

    bring = _parser(actions, "import-recordings", "a telephone's recordings", _IMPORT)
    bring.add_argument("work", type=Path, metavar="WORKFOLDER", help="made by `pack new`")
    bring.add_argument("files", type=Path, metavar="FILES", help="a folder, or one recording")
    bring.add_argument(
        "--by",
        choices=("name", "order", "time"),
        default="name",
        help="name: number of the sheet or name of the prompt in the file's name (default); "
        "order: in the order of the names; time: in the order of the files' times",
    )
    bring.add_argument("--from", type=int, dest="first", metavar="N", help="line of the sheet")
    bring.add_argument("--to", type=int, dest="last", metavar="N", help="line of the sheet")
    bring.add_argument("--split", action="store_true", help="one long recording, cut at pauses")
    bring.add_argument("--try", action="store_true", dest="only_try", help="show, change nothing")
    bring.set_defaults(act=run_import)


def _parser(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, more: str
) -> argparse.ArgumentParser:
    return actions.add_parser(
        name,
        help=text,
        description=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def run_new(args: argparse.Namespace) -> int:
    where = places(content=args.content, audio_prompts=args.packs)
    content = load(where.content)
    locales = tuple(dict.fromkeys(map(Locale, args.locale)))
    for locale in locales:
        if locale not in content.locales:
            raise PromptError(
                f"The content has no texts in {locale}", f"Choose: {', '.join(content.locales)}."
            )
    wanted = _wanted(content, where, locales, changed=args.from_content == "changed")
    work = Work.create(
        args.work,
        id=args.id or args.work.absolute().name,
        speaker=args.speaker,
        locales=locales,
        content=content.version,
        texts=[(spoken, text_of(content, spoken) or "") for spoken in wanted],
        version=args.version,
        dialect=args.dialect,
        licence=args.licence,
    )
    write_sheets(work, content, where.pictograms, args.language)
    letters = sum(len(line.text) for line in work.lines)
    print(
        f"{args.work}: {len(work.lines)} texts to read, about {letters / 14 / 60 * 2:.0f} minutes; "
        f"print {args.work / HTML}"
    )
    return 0


def _wanted(
    content: Content, where: Places, locales: Sequence[Locale], *, changed: bool
) -> tuple[Spoken, ...]:
    spoken = [
        Spoken(prompt, locale)
        for prompt, texts in content.prompts.items()
        for locale in locales
        if texts.get(locale)
    ]
    if changed:
        packs = []
        for folder in where.pack_shelf.active():
            try:
                packs.append(read_pack(folder))
            except PromptError as error:
                print(error, file=sys.stderr)
        has = {each for each, by in served(content, packs).items() if by.entry.recorded}
        spoken = [each for each in spoken if each not in has]
    return in_order(content, spoken)


def run_import(args: argparse.Namespace) -> int:
    work = Work.read(args.work)
    content = load(places(content=args.content).content)
    if args.split:
        return _split(args, work, _lines(args, work, content))
    files = recordings.sounds_in(args.files)
    if args.by == "name":
        found = recordings.by_name(files, work)
        if args.first or args.last:
            raise PromptError("--from and --to mean nothing with names", "Say --by order as well.")
    else:
        lines = _lines(args, work, content)
        found = recordings.by_order(
            recordings.by_time(files) if args.by == "time" else files, lines
        )
    found = recordings.heard(found, lambda done, of: progress("listening", done, of))
    _table(found, work)
    if args.by != "name":
        _doubt_order(found)
    taken = 0
    if not args.only_try:
        taken = recordings.keep(work, found, lambda done, of: progress("keeping", done, of))
    return _told(args, work, content, found, taken)


def _lines(args: argparse.Namespace, work: Work, content: Content) -> tuple[Line, ...]:
    """Those named, else those that are still to be read."""
    if args.first is None and args.last is None:
        missing = set(work.missing(content))
        return tuple(line for line in work.lines if line.spoken in missing)
    last = work.lines[-1].number
    first, to = args.first or 1, args.last or last
    lines = tuple(line for line in work.lines if first <= line.number <= to)
    if not lines or not 1 <= first <= to <= last:
        raise PromptError(
            f"There are no lines {first} to {to} on the sheet", f"It has lines 1 to {last}."
        )
    return lines


def _split(args: argparse.Namespace, work: Work, lines: Sequence[Line]) -> int:
    files = recordings.sounds_in(args.files)
    if len(files) != 1:
        raise PromptError(
            f"{args.files} holds {len(files)} recordings, and one can be split", "Name the file."
        )
    found, pieces, rate = recordings.cut_up(files[0], lines)
    _table(found, work)
    _doubt_order(found)
    taken = 0 if args.only_try else recordings.keep_pieces(work, found, pieces, rate)
    return _told(args, work, load(places(content=args.content).content), found, taken)


def _doubt_order(found: Sequence[Found]) -> None:
    recordings.refuse_wrong_order(found)
    if recordings.looks_slipped(found):
        print(
            "LISTEN: the lengths hardly fit the texts; one recording may be missing or too many. "
            "Play a few before you build: voicekiosk pack proof finds swapped clips.",
            file=sys.stderr,
        )


def _table(found: Sequence[Found], work: Work) -> None:
    for each in found:
        number = f"{each.line.number:>4}" if each.line else "   -"
        name = each.line.spoken.prompt if each.line else ""
        again = (
            "; in place of an older take"
            if each.line and work.take(each.line.spoken).is_file()
            else ""
        )
        verdict = f"NOT TAKEN: {each.fault}" if each.fault else f"{each.seconds:.1f} s{again}"
        doubt = f"; LISTEN: {each.doubt}" if each.doubt else ""
        print(f"{number}  {each.file.name:<28} {name:<40} {verdict}{doubt}")


def _told(
    args: argparse.Namespace, work: Work, content: Content, found: Sequence[Found], taken: int
) -> int:
    bad = sum(each.fault is not None for each in found)
    doubtful = sum(each.doubt is not None and not each.fault for each in found)
    done = "nothing was changed (--try)" if args.only_try else f"{taken} taken"
    print(
        f"{len(found)} recordings: {len(found) - bad} matched, {doubtful} to listen to, "
        f"{bad} not taken; {done}. {len(work.missing(content))} texts are still to be read"
    )
    if bad:
        print(
            "Name each file by its number on the sheet (017.m4a), keep one of two, and import "
            "these again; or, all files in the order of the sheet: --by order.",
            file=sys.stderr,
        )
    return 1 if bad else 0


def progress(what: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        shown = f"\r{what} {done}/{of} " if done < of else "\r" + " " * 40 + "\r"
        print(shown, end="", file=sys.stderr, flush=True)
