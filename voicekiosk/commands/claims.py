"""``voicekiosk claims``: what may stop being true, who checked it and until when."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from voicekiosk.commands.check import CONTENT
from voicekiosk.core.content import Content, Topic
from voicekiosk.loading import Loaded, load_all
from voicekiosk.loading.checking import CheckError, check_of, write_check
from voicekiosk.loading.facts import Fact, Sentences

DESCRIPTION = """\
Rules change and telephone numbers are given up. The kiosk tells a claim or a
number only while somebody has checked it; the rest of the time it says whom to
ask. Without an action all of them are listed.
"""
EPILOGUE = """\
examples:
  voicekiosk claims
  voicekiosk claims show ninety_days_limit
  voicekiosk claims confirm ninety_days_limit --by "Айгүл Асанова" --valid-until 2027-06-30
  voicekiosk claims withdraw ninety_days_limit
"""
YES = {"y", "yes", "д", "да", "о", "ооба"}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is no date; write year-month-day, as 2027-06-30"
        ) from None


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "claims",
        help="what may stop being true: list it, confirm it, withdraw it",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    show = actions.add_parser("show", help="its texts, its source and what to look at")
    confirm = actions.add_parser("confirm", help="somebody has looked at the source: tell it")
    withdraw = actions.add_parser("withdraw", help="it is in doubt: tell it no longer")
    for action in (show, confirm, withdraw):
        action.add_argument("id", help="the first column of: voicekiosk claims")
    confirm.add_argument("--by", required=True, metavar="NAME", help="who answers for it")
    confirm.add_argument(
        "--valid-until",
        required=True,
        type=_day,
        metavar="DATE",
        help="the last day it is told, at most two years on",
    )
    confirm.add_argument("--on", type=_day, metavar="DATE", help="the day of the check (today)")
    confirm.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> int:
    folder, today = args.content or CONTENT, date.today()
    loaded = load_all(folder, today)
    if args.action is None:
        print("\n".join(table(loaded)) or "There is nothing that may stop being true.")
        return 0
    fact = loaded.facts.by_id.get(args.id)
    if fact is None:
        raise CheckError(
            f"No claim and no number is called {args.id}", "voicekiosk claims lists them all"
        )
    if args.action == "show":
        print("\n".join(shown(fact, loaded)))
        return 0
    if args.action == "withdraw":
        write_check(folder, fact, None)
        print(f"{fact.id} is withdrawn. From now on the kiosk says instead:")
        print("\n".join(_texts(fact.otherwise)))
        return 0
    check = check_of(args.by, args.on or today, args.valid_until, today)
    print(f"Until {check.until} the kiosk will say:")
    print("\n".join(_texts(fact.says)))
    print(f"Source: {fact.source}")
    if fact.watch:
        print(f"Look at: {fact.watch}")
    if not args.yes and not agreed(f"Did {check.by} find on {check.on} that this is true?"):
        print("Nothing was changed.")
        return 1
    write_check(folder, fact, check)
    print(f"{fact.id} is told until {check.until}. The kiosk takes it up by itself.")
    return 0


def agreed(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().lower() in YES
    except EOFError:
        print()
        return False


def table(loaded: Loaded) -> list[str]:
    """One line for each claim and number."""
    facts = loaded.facts
    if not facts.by_id:
        return []
    rows = [("id", "state", "checked on", "by", "valid until", "topics", "source")]
    for fact in facts.by_id.values():
        on, by, until = checked(fact)
        topics = ", ".join(used_by(fact, loaded.content)) or "-"
        rows.append((fact.id, str(facts.state(fact)), on, by, until, topics, fact.source))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    ]


def checked(fact: Fact) -> tuple[str, str, str]:
    check = fact.check
    return (str(check.on), check.by, str(check.until)) if check else ("-", "-", "-")


def used_by(fact: Fact, content: Content) -> list[str]:
    """The topics that tell it, in one wording or the other."""
    prompts = {fact.prompt, fact.otherwise_prompt}
    return [
        option.id.removeprefix("topic.")
        for option in content.options.values()
        if isinstance(option, Topic) and prompts & set(option.telling)
    ]


def shown(fact: Fact, loaded: Loaded) -> list[str]:
    on, by, until = checked(fact)
    state = loaded.facts.state(fact)
    lines = [f"{fact.kind} {fact.id}: {state}"]
    if fact.number:
        lines.append(f"number: {fact.number}")
    lines += [f"{key}: {value}" for key, value in fact.details.items()]
    lines += [
        f"topics: {', '.join(used_by(fact, loaded.content)) or '-'}",
        f"checked on: {on}  by: {by}  valid until: {until}",
        f"source: {fact.source} (of {fact.seen_on or 'an unknown day'})",
        f"look at: {fact.watch or '-'}",
        "while it is checked and in date:",
        *_texts(fact.says),
        "the rest of the time:",
        *_texts(fact.otherwise),
    ]
    return lines


def _texts(said: Sentences) -> list[str]:
    return [f"  {locale[:2]}  {' '.join(sentences)}" for locale, sentences in said.items()]
