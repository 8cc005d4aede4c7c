"""``voicekiosk keys``: whose packs this kiosk plays, and the key its own packs are signed with."""

from __future__ import annotations

import argparse
import getpass
import shutil
from pathlib import Path

from voicekiosk.app import places
from voicekiosk.packs.signing import SECRET_FOLDER, make_key, read_public_key, trust
from voicekiosk.ports import PromptError

DESCRIPTION = """\
A kiosk plays only packs that somebody it trusts has signed. Whoever makes packs
has a pair of keys: the secret one signs and never leaves the machine, the public
one is copied to every kiosk.

  where packs are made:   voicekiosk keys new centre-osh
                          voicekiosk keys export centre-osh stick/centre-osh.pub
  on every kiosk:         voicekiosk keys trust stick/centre-osh.pub
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "keys",
        help="whose packs this kiosk plays; the key to sign one's own",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--keys", type=Path, metavar="DIR", help="another folder of keys")
    actions = parser.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="make a pair of keys; this kiosk trusts it at once")
    new.add_argument("name")
    new.add_argument("--password", action="store_true", help="ask for one, to keep the key with")
    actions.add_parser("list", help="whose packs are played here")
    trust = actions.add_parser("trust", help="play the packs of this key from now on")
    trust.add_argument("file", type=Path)
    distrust = actions.add_parser("distrust", help="play them no longer")
    distrust.add_argument("name")
    export = actions.add_parser("export", help="write the public key to a file, for other kiosks")
    export.add_argument("name")
    export.add_argument("file", type=Path)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    folder: Path = args.keys or places().keys
    try:
        match args.action:
            case "new":
                password = _new_password() if args.password else None
                print(f"{make_key(folder, args.name, password)}: give this file to every kiosk")
            case "list":
                _list(folder)
            case "trust":
                name = trust(folder, args.file)
                print(f"packs of {name} are played from now on: {_fingerprint(args.file)}")
            case "distrust":
                _public(folder, args.name).unlink()
                print(f"{args.name} is trusted no longer; its packs stay until they are removed")
            case "export":
                shutil.copyfile(_public(folder, args.name), args.file)
                print(f"{args.file}: on each kiosk, voicekiosk keys trust {args.file.name}")
    except OSError as error:
        raise PromptError(
            f"The keys cannot be changed: {error}", "Choose another place."
        ) from error
    return 0


def _list(folder: Path) -> None:
    publics = sorted(folder.glob("*.pub"))
    for path in publics:
        signs = (folder / SECRET_FOLDER / f"{path.stem}.key").exists()
        print(f"{path.stem}{'  (signs here)' if signs else ''}  {_fingerprint(path)}")
    if not publics:
        print("No key is trusted here, so no pack from elsewhere is played.")


def _fingerprint(path: Path) -> str:
    return str(read_public_key(path).to_base64().decode())


def _public(folder: Path, name: str) -> Path:
    path = folder / f"{Path(name).name}.pub"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.pub"))) or "there is none"
        raise PromptError(f"No key is called {name}", f"Known: {known}.")
    return path


def _new_password() -> str:
    password = getpass.getpass("Password of the secret key: ")
    if not password or getpass.getpass("Once more: ") != password:
        raise PromptError("The passwords differ or are empty", "Try again.")
    return password
