"""``voicekiosk check``: is the content sound, and what is still to be written or reviewed?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import voicekiosk
from voicekiosk.core.content import Content, Topic
from voicekiosk.core.types import OptionId
from voicekiosk.loading import ContentError, load

# Not asked of app: who writes content need not have sound or a screen that works.
CONTENT = Path(voicekiosk.__file__).resolve().parent.parent / "content"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("check", help="check the content and list what is missing")
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")


def run(args: argparse.Namespace) -> int:
    try:
        content = load(args.content or CONTENT)
    except ContentError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        found = len(error.faults)
        print(f"{found} fault{'s' if found > 1 else ''}", file=sys.stderr)
        return 1
    print("\n".join(report(content)))
    return 0


def report(content: Content) -> list[str]:
    """What is there, and what people still have to do."""
    topics = [option for option in content.options.values() if isinstance(option, Topic)]
    told = len(topics) - len(content.untold)
    lines = [
        f"Content {content.version}: {len(content.categories)} categories, {len(topics)} topics "
        f"({told} told), {len(content.prompts)} prompts, {len(content.meanings())} phrases, "
        f"languages {', '.join(content.locales)}. No faults.",
    ]
    lines += _listed("Topics that nobody has written yet", list(content.untold))
    lines += _listed(
        "Phrases of more than one option: the kiosk asks which is meant",
        [f"{phrase}: {', '.join(options)}" for phrase, options in shared(content).items()],
    )
    awaiting = [locale for locale in content.locales if not content.reviewed_by.get(locale)]
    lines += _listed(
        "Languages whose texts await a reviewer",
        [f"{locale}: {len(content.prompts)} texts" for locale in awaiting],
    )
    return lines


def shared(content: Content) -> dict[str, tuple[OptionId, ...]]:
    """Phrases that choose more than one thing."""
    chosen = {
        phrase: tuple(dict.fromkeys(meaning.option for meaning in meanings))
        for phrase, meanings in content.meanings().items()
    }
    return {phrase: options for phrase, options in sorted(chosen.items()) if len(options) > 1}


def _listed(title: str, entries: list[str]) -> list[str]:
    return [f"{title} ({len(entries)}):", *(f"  {entry}" for entry in entries)] if entries else []
