"""``voicekiosk pack list`` and ``verify``: what every pack holds, and whether it can be used."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from voicekiosk.app import places
from voicekiosk.loading import load
from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import read_pack
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import BestSynthesizer


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, text in (
        ("list", "every pack: how many prompts, who speaks, what is stale"),
        ("verify", "decode and check every clip; 1 when one is unusable"),
    ):
        actions.add_parser(name, help=text).set_defaults(act=run)


def run(args: argparse.Namespace) -> int:
    where = places(content=args.content, audio_prompts=args.packs)
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


def _list(folders: Sequence[Path]) -> None:
    for folder in folders:
        try:
            pack = read_pack(folder)
        except PromptError as error:
            print(error)
            continue
        recorded = sum(entry.recorded for entry in pack.entries.values())
        print(
            f"{pack.id} {pack.version} ({', '.join(pack.locales)}): {len(pack.entries)} prompts, "
            f"{recorded} recorded; {pack.speaker}; {pack.licence}; content {pack.content}"
        )
