"""``voicekiosk models``: which models there are, whether they are whole, what they know."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.ports import KioskError

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "models",
        help="the recognition models: list, verify, words",
        description="list: what is catalogued; verify: is every file whole; "
        "words: every phrase the kiosk listens for, and how it expects it to be said.",
    )
    parser.add_argument("what", choices=("list", "verify", "words"))
    parser.add_argument("--models", type=Path, metavar="DIR", help="another models folder")
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")


def run(options: argparse.Namespace) -> int:
    from voicekiosk.app import places

    where = places(content=options.content, models=options.models)
    match options.what:
        case "list":
            return _list(where.models)
        case "verify":
            return _verify(where.models)
        case _:
            return _words(where.content)


def _list(models: Path) -> int:
    from voicekiosk.recognition.model_folder import catalogue

    for entry in catalogue(models).values():
        print(f"{entry.name}: {', '.join(entry.languages)}")
        print(f"  licence: {entry.licence}")
        print(f"  from: {entry.provenance}")
    return 0


def _verify(models: Path) -> int:
    from voicekiosk.recognition.model_folder import catalogue, verify

    broken = 0
    for name in catalogue(models):
        try:
            verify(models / name)
        except KioskError as error:
            broken += 1
            print(f"{name}: {error.what}\n  {error.mend}")
        else:
            print(f"{name}: whole")
    return 1 if broken else 0


def _words(content: Path) -> int:
    from voicekiosk.loading import load
    from voicekiosk.recognition.letters_to_phones import pronunciations

    silent = 0
    for phrase, readings in sorted(load(content).meanings().items()):
        for locale in sorted({reading.locale for reading in readings}):
            ways = [" ".join(way) for way in pronunciations(phrase, locale)]
            silent += not ways
            print(f"{locale}  {phrase}\n    " + ("\n    ".join(ways) or "cannot be said"))
    return 1 if silent else 0
