"""``voicekiosk pack diff, import, activate, rollback, remove, export``: the packs of this kiosk."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from voicekiosk.app import Places, places
from voicekiosk.core.content import Content
from voicekiosk.loading import load
from voicekiosk.packs.archive import SUFFIX
from voicekiosk.packs.checking import PackRefused
from voicekiosk.packs.diffing import Changes, Difference, difference, served
from voicekiosk.packs.shelf import PackShelf
from voicekiosk.packs.signing import TrustedKeys
from voicekiosk.places import unsigned_allowed
from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import Pack, read_pack

SHOWN = 10
"""Names of prompts in a line, unless all are asked for."""
KINDS = ("new", "changed", "lost", "stale", "unknown")
_IMPORT = """\
Copies a pack from a stick (one .vkpack file, or a folder), checks every clip of the copy, and puts
it beside the others. The kiosk does not speak with it yet: see activate. The stick may be pulled
out as soon as the copy is made; if it is pulled out before, nothing has changed.
"""
_ACTIVATE = """\
Speaks with these packs from the next visit on; who is being served hears the old voice to the end.
What the first pack does not hold the next one speaks, then the packs that came with the kiosk, then
a voice of this machine. A person's clip goes before a synthesized one. If the kiosk fails with the
new packs it goes back to the old ones by itself.
"""
_EXAMPLES = """\
examples, with a stick in /media/stick:
  voicekiosk pack diff /media/stick/aigul-2.vkpack
  voicekiosk pack import /media/stick/aigul-2.vkpack
  voicekiosk pack activate aigul-2
  voicekiosk pack rollback
"""


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    def action(
        name: str, text: str, act: Callable[[argparse.Namespace], int], more: str = ""
    ) -> argparse.ArgumentParser:
        parser = actions.add_parser(
            name,
            help=text,
            description=more or text.capitalize() + ".",
            epilog=_EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.set_defaults(act=act)
        return parser

    unsigned = {"action": "store_true", "help": "also a pack that nobody signed"}
    diff = action("diff", "what a visitor would hear otherwise with a pack", _diff)
    diff.add_argument("pack", metavar="PACK", help="a file, a folder, or the name of a pack here")
    diff.add_argument("--all", action="store_true", help=f"every name, not the first {SHOWN}")
    diff.add_argument("--json", action="store_true", help="for programs")
    diff.add_argument("--allow-unsigned", **unsigned)  # type: ignore[arg-type]
    bring = action("import", "copy a pack from a stick and check it", _import, _IMPORT)
    bring.add_argument("pack", type=Path, metavar="FILE-OR-FOLDER")
    bring.add_argument("--allow-unsigned", **unsigned)  # type: ignore[arg-type]
    activate = action("activate", "speak with these packs", _activate, _ACTIVATE)
    activate.add_argument("names", nargs="*", metavar="NAME", help="the first speaks first")
    activate.add_argument(
        "--shipped", action="store_true", help="speak only with the packs that came with the kiosk"
    )
    action("rollback", "one step back; a second time goes forth again", _rollback)
    remove = action("remove", "delete a pack the kiosk does not speak with", _remove)
    remove.add_argument("name", metavar="NAME")
    export = action("export", "write a pack as one file that travels", _export)
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=Path, metavar="FILE-OR-FOLDER")


def _diff(args: argparse.Namespace) -> int:
    where, content = _here(args)
    shelf = where.pack_shelf
    before = _read(shelf.active())
    with tempfile.TemporaryDirectory(prefix="voicekiosk-") as aside, _progress() as progress:
        if Path(args.pack).exists():
            pack = PackShelf(Path(aside)).install(
                Path(args.pack),
                TrustedKeys.read(where.keys),
                allow_unsigned=args.allow_unsigned or unsigned_allowed(),
                progress=progress,
            )
        else:
            pack = read_pack(shelf.find(args.pack))
        shipped = set(shelf.shipped)
        others = [p for p in before if p.folder in shipped or p.id != pack.id]
        after = before if pack.folder in shipped else [pack, *others]
        found = difference(content, before, after)
    replaced = [p for p in before if p.folder not in shipped and p.id == pack.id]
    if args.json:
        print(_as_json(pack, replaced, found))
        return 0
    instead = "".join(
        f" instead of {p.id} {p.version}" for p in replaced if p.folder != pack.folder
    )
    print(f"{_named(pack)}{instead}, made for content {pack.content}; here is {content.version}")
    for locale, changes in found.by_locale.items():
        print(f"{locale}: {_counts(changes)}, {len(changes.same)} the same")
        for kind in KINDS:
            if names := getattr(changes, kind):
                print(f"  {kind:8} {_listed(names, args.all)}")
    return 0


def _import(args: argparse.Namespace) -> int:
    where = places(content=args.content, audio_prompts=args.packs)
    shelf, trusted = where.pack_shelf, TrustedKeys.read(where.keys)
    allowed = args.allow_unsigned or unsigned_allowed()
    if not args.pack.exists():
        raise PromptError(f"{args.pack} is not there", "Is the stick in? Name one .vkpack file.")
    try:
        with _progress() as progress:
            pack = shelf.install(args.pack, trusted, allow_unsigned=allowed, progress=progress)
    except PackRefused as refused:
        for fault in refused.faults[1:]:
            print(fault, file=sys.stderr)
        raise
    signer = trusted.signer(pack.folder)
    print(
        f"{_named(pack)} is on this kiosk as {pack.folder.name}: {len(pack.entries)} clips, "
        f"{f'signed by {signer}' if signer else 'signed by nobody'}.\n"
        f"To speak with it: voicekiosk pack activate {' '.join(shelf.ahead(pack))}"
    )
    if not signer:
        print("It is played only while unsigned packs are allowed, and the screen says so.")
    return 0


def _activate(args: argparse.Namespace) -> int:
    where, content = _here(args)
    shelf = where.pack_shelf
    if bool(args.names) == args.shipped:
        known = ", ".join(pack.folder.name for pack in shelf.installed()) or "none yet"
        raise PromptError("Which packs?", f"Name some, or --shipped. Imported are: {known}.")
    with _progress() as progress:
        shelf.activate(args.names, progress)
    _tell(shelf, content)
    return 0


def _rollback(args: argparse.Namespace) -> int:
    where, content = _here(args)
    shelf = where.pack_shelf
    shelf.rollback()
    _tell(shelf, content)
    return 0


def _remove(args: argparse.Namespace) -> int:
    print(f"{places(audio_prompts=args.packs).pack_shelf.remove(args.name)} is deleted")
    return 0


def _export(args: argparse.Namespace) -> int:
    shelf = places(audio_prompts=args.packs).pack_shelf
    pack = read_pack(shelf.find(args.name))
    file: Path = args.file
    if file.is_dir():
        file = file / f"{pack.id}-{pack.version}{SUFFIX}"
    with _progress() as progress:
        shelf.export(pack.folder.name, file, progress)
    print(f"{file}: {_named(pack)}, {file.stat().st_size / 1e6:.1f} MB")
    return 0


def _here(args: argparse.Namespace) -> tuple[Places, Content]:
    where = places(content=args.content, audio_prompts=args.packs)
    return where, load(where.content)


def _read(folders: Sequence[Path]) -> list[Pack]:
    packs = []
    for folder in folders:
        try:
            packs.append(read_pack(folder))
        except PromptError as error:
            print(error, file=sys.stderr)
    return packs


def _tell(shelf: PackShelf, content: Content) -> None:
    """Who speaks how much from now on."""
    spoken = served(content, _read(shelf.active()))
    print("Active from the next visit on:")
    for locale in content.locales:
        prompts = sum(locale in texts for texts in content.prompts.values())
        by = Counter(_named(s.pack) for each, s in spoken.items() if each.locale == locale)
        left = prompts - by.total()
        shares = [f"{count} {name}" for name, count in by.most_common()]
        shares += [f"{left} a voice of this machine"] if left else []
        print(f"{locale}: {prompts} prompts: {'; '.join(shares)}")
    for fault in shelf.faults():
        print(fault, file=sys.stderr)


def _named(pack: Pack) -> str:
    dialect = f", {pack.dialect}" if pack.dialect else ""
    return f"{pack.id} {pack.version} ({pack.speaker}{dialect})"


def _counts(changes: Changes) -> str:
    return ", ".join(f"{len(getattr(changes, kind))} {kind}" for kind in KINDS)


def _listed(names: Sequence[str], everything: bool) -> str:
    more = len(names) - SHOWN
    if everything or more <= 0:
        return ", ".join(names)
    return f"{', '.join(names[:SHOWN])} and {more} more (--all)"


def _as_json(pack: Pack, replaced: Sequence[Pack], found: Difference) -> str:
    whole = {
        "pack": {"id": pack.id, "version": pack.version, "content": pack.content},
        "replaces": [{"id": each.id, "version": each.version} for each in replaced],
        "locales": {str(locale): asdict(changes) for locale, changes in found.by_locale.items()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """What is being done, on the terminal; elsewhere a line for each kind of work."""
    last = ""

    def progress(what: str, done: int, of: int) -> None:
        nonlocal last
        if sys.stderr.isatty():
            part = f" {100 * done // of} %" if of > 1 else ""
            print(f"\r\033[K{what}{part}", end="", file=sys.stderr, flush=True)
        elif what != last:
            print(what, file=sys.stderr)
        last = what

    try:
        yield progress
    finally:
        if last and sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)
