"""``voicekiosk check``: is the content sound, and what is still to be written or reviewed?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import voicekiosk
from voicekiosk.commands import check_readability
from voicekiosk.core.content import Content, Topic
from voicekiosk.core.types import OptionId
from voicekiosk.language import UnsayableError, in_words
from voicekiosk.loading import ContentError, Fault, load_all
from voicekiosk.loading.facts import Facts, Kind, State
from voicekiosk.loading.many_files import cut_off
from voicekiosk.loading.reviews import awaiting, read_reviews
from voicekiosk.loading.staff_texts import STAFF, load_staff_texts
from voicekiosk.loading.texts import read_texts
from voicekiosk.recognition.confusion import LIMIT, WIDEST, Confusable, confusable

# Not asked of app: who writes content need not have sound or a screen that works.
CONTENT = Path(voicekiosk.__file__).resolve().parent.parent / "content"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("check", help="check the content and list what is missing")
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    parser.add_argument(
        "--confusable",
        type=int,
        metavar="N",
        help="show the N pairs of phrases that sound most alike and choose different things",
    )
    parser.add_argument(
        "--readability",
        action="store_true",
        help="show for every topic how long it takes to say and what is hard to follow",
    )


def run(args: argparse.Namespace) -> int:
    folder = args.content or CONTENT
    try:
        loaded = load_all(folder, date.today())
        if (folder / STAFF).is_file():
            load_staff_texts(folder)
    except ContentError as error:
        return _faults(error.faults)
    if loaded.doubts:
        return _faults(loaded.doubts)
    content = loaded.content
    if args.confusable is not None:
        print("\n".join(worst_pairs(content, args.confusable)))
    if args.readability:
        print("\n".join(check_readability.table(content, folder)))
    alike = confusable(content)
    if alike:
        for line in (described(pair) for pair in alike):
            print(line, file=sys.stderr)
        return _count(len(alike))
    if args.confusable is None and not args.readability:
        told = [*report(content), *unreviewed(content, folder), *expiry(loaded.facts)]
        told += unsigned(content, folder)
        print("\n".join(told))
        print("\n".join(check_readability.summary(content, folder)))
    return 0


def _faults(faults: Sequence[Fault]) -> int:
    for fault in faults:
        print(_mended(fault), file=sys.stderr)
    return _count(len(faults))


def _count(faults: int) -> int:
    print(f"{faults} fault{'s' if faults > 1 else ''}", file=sys.stderr)
    return 1


def _mended(fault: Fault) -> Fault:
    """With the words to write, where digits stand and it is certain how they are said."""
    if fault.digits_in is None:
        return fault
    try:
        return replace(fault, mend=f"Write it in words: {in_words(*fault.digits_in)}")
    except UnsayableError as error:
        return replace(fault, mend=f"{error.what}. {error.mend}")


def unsigned(content: Content, folder: Path) -> list[str]:
    """Clips in sign language that cannot be shown: their topics are told without them."""
    from voicekiosk.ui.sign_video import fault_of  # brings a decoder of films

    signed = [o for o in content.options.values() if isinstance(o, Topic) and o.sign]
    faults = ((topic.id, fault_of(folder / "signs" / topic.sign)) for topic in signed)
    return [f"{name}: signs/{fault}; it is told without it" for name, fault in faults if fault]


def described(pair: Confusable) -> str:
    one, other = (f"`{p.text}` ({', '.join(p.options)})" for p in (pair.one, pair.other))
    return (
        f"{one} and {other} sound alike: {pair.distance:.3f}, and {LIMIT} is the limit. "
        f"{pair.advice}"
    )


def worst_pairs(content: Content, most: int) -> list[str]:
    """The pairs that will be confused first, with their distances: 0 is the same sound."""
    found = confusable(content, WIDEST)[: max(most, 0)]
    title = f"Phrases of different options that sound most alike; below {LIMIT} is a fault:"
    return [
        title,
        *(
            f"  {pair.distance:.3f}  {pair.one.text} ({', '.join(pair.one.options)}) | "
            f"{pair.other.text} ({', '.join(pair.other.options)})  {pair.advice}"
            for pair in found
        ),
    ]


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
    return lines


def unreviewed(content: Content, folder: Path) -> list[str]:
    """How many texts nobody has read in the words they have now, by language."""
    texts = read_texts(folder, content.locales)
    reviews = read_reviews(folder, content.locales)
    waiting = {
        locale: len(awaiting(texts, reviews, locale))
        for locale in content.locales
        if not content.reviewed_by.get(locale)
    }
    lines = _listed(
        "Languages whose texts await a reviewer",
        [f"{locale}: {many} of {len(texts)} texts" for locale, many in waiting.items() if many],
    )
    if cut_off(folder):
        lines.append("An import was cut off: the next voicekiosk content import finishes it.")
    return [*lines, *(["voicekiosk content export sends them to a reviewer."] if lines else [])]


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
