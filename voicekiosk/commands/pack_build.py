"""``voicekiosk pack build``: takes of a work folder into one signed file."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from voicekiosk.app import places
from voicekiosk.commands.pack_making import progress
from voicekiosk.loading import load
from voicekiosk.packs.building import Trouble, build
from voicekiosk.packs.signing import SECRET_FOLDER, SigningKey
from voicekiosk.packs.work import Work
from voicekiosk.ports import PromptError
from voicekiosk.synthesis.best import LICENCES

_EXAMPLES = """\
Makes one file of a work folder: cut to the speech, equally loud, without clipping, signed. What
cannot be used is named and left out; exit 1 then.

  voicekiosk pack build aigul
  voicekiosk pack build aigul --key centre-osh --out /media/stick
"""


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    make = actions.add_parser(
        "build",
        help="one file of a work folder, ready to travel",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    make.add_argument("work", type=Path, metavar="WORKFOLDER", help="made by `pack new`")
    make.add_argument("--out", type=Path, metavar="FILE-OR-FOLDER", help="default: WORKFOLDER")
    make.add_argument("--key", metavar="NAME", help="who signs (default: the only key there is)")
    make.add_argument("--password", action="store_true", help="ask for the key's password")
    make.add_argument(
        "--keep", nargs="+", default=[], metavar="PROMPT", help="takes that are good all the same"
    )
    make.set_defaults(act=run)


def run(args: argparse.Namespace) -> int:
    work = Work.read(args.work)
    where = places(content=args.content)
    key = _key(args, where.keys)
    built = build(
        work,
        load(where.content),
        args.out,
        key=key,
        wanted=args.keep,
        licences=LICENCES,
        progress=progress,
    )
    _say("left out", built.left_out)
    _say("look", built.warnings)
    entries = built.pack.entries.values()
    spoken = sum(entry.recorded for entry in entries)
    print(
        f"{built.file}: {len(entries)} clips ({spoken} by {work.speaker}, {len(entries) - spoken} "
        f"by a voice), {built.file.stat().st_size / 1e6:.1f} MB, "
        f"{f'signed by {key.name}' if key else 'NOT SIGNED'}; "
        f"{len(built.left_out)} left out, {len(built.missing)} without a take"
    )
    if not key:
        print(
            "A kiosk refuses it until it is signed: voicekiosk keys new NAME, then build again.",
            file=sys.stderr,
        )
    return 1 if built.left_out else 0


def _key(args: argparse.Namespace, folder: Path) -> SigningKey | None:
    secrets = folder / SECRET_FOLDER
    name = args.key
    if name is None:
        known = sorted(path.stem for path in secrets.glob("*.key"))
        if len(known) > 1:
            raise PromptError(f"There are several keys: {', '.join(known)}", "Say --key NAME.")
        if not known:
            return None
        name = known[0]
    password = getpass.getpass(f"Password of the key {name}: ") if args.password else None
    return SigningKey.read(secrets / f"{Path(name).name}.key", password)


def _say(what: str, troubles: Sequence[Trouble]) -> None:
    for trouble in troubles:
        print(f"{what}: {trouble}", file=sys.stderr)
