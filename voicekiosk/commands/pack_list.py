"""``voicekiosk pack list`` and ``verify``: what every pack holds, and whether it can be used."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from voicekiosk.app import Places, places
from voicekiosk.loading import load
from voicekiosk.packs.checking import PackRefused
from voicekiosk.packs.shelf import PackShelf
from voicekiosk.packs.signing import TrustedKeys
from voicekiosk.places import unsigned_allowed
from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import read_pack
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import BestSynthesizer

_VERIFY = """\
Without a name: decodes every clip that the kiosk speaks with, and tells which texts have changed
since they were recorded. With one: looks at a pack exactly as `pack import` does, and changes
nothing: who signed it, every name, seal, length and loudness, and that each clip can be heard.
Ends with 1 when anything is wrong.
"""


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "every pack: how many prompts, who speaks, what is stale"
    actions.add_parser("list", help=text, description=f"{text.capitalize()}.").set_defaults(act=run)
    verify = actions.add_parser(
        "verify",
        help="decode and check every clip; 1 when one is unusable",
        description=_VERIFY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.add_argument("packs_to_verify", nargs="*", type=Path, metavar="FILE-OR-FOLDER")
    verify.add_argument("--allow-unsigned", action="store_true", help="also packs nobody signed")
    verify.set_defaults(act=run)


def run(args: argparse.Namespace) -> int:
    where = places(content=args.content, audio_prompts=args.packs)
    if args.action == "verify" and args.packs_to_verify:
        allowed = args.allow_unsigned or unsigned_allowed()
        return max(_verify(path, where, allowed) for path in args.packs_to_verify)
    content = load(where.content)
    folders = where.packs
    store = ClipStore(content, folders, BestSynthesizer([]), cache=None)
    if args.action == "list":
        _list(folders)
    faults = store.verify() if args.action == "verify" else store.faults
    for fault in faults:
        print(fault, file=sys.stderr)
    without = store.missing()
    print(
        f"{len(folders)} packs, {len(faults)} faults, {len(without)} prompts left to a voice"
        f"{': ' if without else ''}{', '.join(f'{s.prompt} ({s.locale})' for s in without[:9])}"
    )
    return 1 if args.action == "verify" and faults else 0


def _verify(path: Path, where: Places, allow_unsigned: bool) -> int:
    """On a copy, as when it is imported: a stick may be pulled out, or lie."""
    if not path.exists():
        raise PromptError(f"{path} is not there", "Name one .vkpack file, or a pack's folder.")
    trusted = TrustedKeys.read(where.keys)
    with tempfile.TemporaryDirectory(prefix="voicekiosk-") as aside:
        try:
            pack = PackShelf(Path(aside)).install(
                path, trusted, allow_unsigned=allow_unsigned, progress=_tell
            )
        except PromptError as refused:
            faults = refused.faults if isinstance(refused, PackRefused) else (refused.what,)
            for fault in faults:
                print(f"{path}: {fault}", file=sys.stderr)
            print(f"{path}: refused, {len(faults)} faults. {refused.mend}")
            return 1
        signer = trusted.signer(pack.folder)
    print(
        f"{path}: good. {pack.id} {pack.version}, {len(pack.entries)} clips in "
        f"{', '.join(pack.locales)} by {pack.speaker}, "
        f"{f'signed by {signer}' if signer else 'signed by nobody'}"
    )
    return 0


def _tell(what: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        end = "\r\033[K" if done == of else ""
        print(f"\r{what} {done}/{of} {end}", end="", file=sys.stderr, flush=True)


def _list(folders: Sequence[Path]) -> None:
    for folder in folders:
        try:
            pack = read_pack(folder)
        except PromptError as error:
            print(error)
            continue
        recorded = sum(entry.recorded for entry in pack.entries.values())
        dialect = f", {pack.dialect}" if pack.dialect else ""
        print(
            f"{pack.id} {pack.version} ({', '.join(pack.locales)}): {len(pack.entries)} prompts, "
            f"{recorded} recorded; {pack.speaker}{dialect}; {pack.licence}; content {pack.content}"
        )
