"""``voicekiosk pack``: everything about packs of prompts; each action has a module of its own."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

ACTIONS = (
    "pack_list",
    "pack_shelf",
    "pack_making",
    "pack_record",
    "pack_synthesize",
    "pack_build",
    "pack_proof",
)
"""In the order a newcomer meets them; each adds its actions and says which function runs them."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("pack", help="packs of prompts: make, check, swap, take back")
    parser.add_argument("--content", type=Path, help="default: the kiosk's own")
    parser.add_argument("--packs", type=Path, help="default: audio_prompts")
    actions = parser.add_subparsers(dest="action", required=True)
    for name in ACTIONS:
        import_module(f"voicekiosk.commands.{name}").add_actions(actions)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    return int(args.act(args))
