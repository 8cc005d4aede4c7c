"""``voicekiosk check``: is the content sound, and what is still to be written or reviewed?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import voicekiosk
from voicekiosk.core.content import Content, Topic
from voicekiosk.core.types import OptionId
from voicekiosk.loading import ContentError, Fault, load_all
from voicekiosk.loading.facts import Facts, Kind, State

# Not asked of app: who writes content need not have sound or a screen that works.
CONTENT = Path(voicekiosk.__file__).resolve().parent.parent / "content"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("check", help="check the content and list what is missing")
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")


def run(args: argparse.Namespace) -> int:
    try:
        loaded = load_all(args.content or CONTENT, date.today())
    except ContentError as error:
        return _faults(error.faults)
    if loaded.doubts:
        return _faults(loaded.doubts)
    print("\n".join([*report(loaded.content), *expiry(loaded.facts)]))
    return 0


def _faults(faults: Sequence[Fault]) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}", file=sys.stderr)
    return 1


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


def expiry(facts: Facts) -> list[str]:
    """Claims and numbers by state: first what is told wrongly soon, then what awaits a checker."""
    lines: list[str] = []
    for kind in Kind:
        ours = [fact for fact in facts.by_id.values() if fact.kind is kind]
        if not ours:
            continue
        by_state = {state: [f for f in ours if facts.state(f) is state] for state in State}
        counted = ", ".join(f"{len(found)} {state}" for state, found in by_state.items())
        lines.append(f"{kind.capitalize()}s ({len(ours)}): {counted}.")
        for state in (State.EXPIRED, State.EXPIRING, State.UNCONFIRMED, State.IN_FORCE):
            for fact in by_state[state]:
                until = f", until {fact.check.until}" if fact.check else ""
                lines.append(f"  {state}{until}: {fact.id}")
    if facts.by_id:
        lines.append("voicekiosk claims shows their sources and lets staff confirm them.")
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
