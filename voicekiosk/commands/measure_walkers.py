"""``measure walkers``: four visitors, each without one sense or skill, walk the whole kiosk."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from voicekiosk.commands.measure_instruments import Keyboard, Recorder
from voicekiosk.commands.walker import Rig, Walk, known_clips, rig
from voicekiosk.commands.walkers_by_ear import WithoutEyes, WithoutLetters
from voicekiosk.commands.walkers_by_sight import WithoutEars
from voicekiosk.commands.walkers_by_voice import WithoutHands
from voicekiosk.core.content import Content, Topic
from voicekiosk.core.types import Locale
from voicekiosk.ports import KioskError
from voicekiosk.virtual.visit import VisitError

Devices = tuple[Rig, Recorder, Keyboard]
Progress = Callable[[str], None]


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = kinds.add_parser(
        "walkers",
        help="whether every topic is reached without eyes, ears, hands or letters",
        description="Four visitors walk the real kiosk in both languages, in real sound and real "
        "time: without eyes by keys and what they hear, without ears by the screen, without hands "
        "by voice, without letters by pictures and sound. All topics take about an hour.",
    )
    parser.add_argument("--topics", type=int, metavar="N", help="of each language (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every figure too")
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")


def walk_eyes(devices: Devices, locale: Locale, topics: int) -> Walk:
    walker = WithoutEyes(*devices, locale)
    return _walked(walker, topics, lambda: walker.go(topics))


def walk_letters(devices: Devices, locale: Locale, topics: int) -> Walk:
    walker = WithoutLetters(*devices, locale)
    return _walked(walker, topics, lambda: walker.go(topics))


def walk_ears(devices: Devices, locale: Locale, topics: int) -> Walk:
    walker = WithoutEars(*devices, locale)
    return _walked(walker, topics, lambda: walker.go(topics))


def walk_hands(devices: Devices, locale: Locale, topics: int) -> Walk:
    walker = WithoutHands(*devices, locale)
    return _walked(walker, topics, lambda: walker.go(spread(devices[0].content, topics)))


WALKS = {
    WithoutEyes.name: walk_eyes,
    WithoutEars.name: walk_ears,
    WithoutHands.name: walk_hands,
    WithoutLetters.name: walk_letters,
}


def _walked(
    walker: WithoutEyes | WithoutEars | WithoutHands | WithoutLetters,
    topics: int,
    go: Callable[[], None],
) -> Walk:
    try:
        go()
        if len(walker.walk.topics) < topics:
            walker.walk.failed = f"only {len(walker.walk.topics)} of {topics} topics were found"
    except VisitError as error:
        walker.walk.failed = error.what
        if walker.rig.screen["scene"] != "idle":
            walker.leave()
    return walker.walk


def spread(content: Content, count: int) -> list[Topic]:
    """So many topics, from all categories."""
    topics = [option for option in content.options.values() if isinstance(option, Topic)]
    return [topics[number * len(topics) // count] for number in range(min(count, len(topics)))]


def run(args: argparse.Namespace) -> int:
    from voicekiosk.app import places
    from voicekiosk.commands.measure import progress
    from voicekiosk.loading import load

    where = places(content=args.content)
    content = load(where.content, date.today())
    every = sum(isinstance(option, Topic) for option in content.options.values())
    count = every if args.topics is None else args.topics
    if count < 1:
        raise KioskError(f"--topics {count} walks nowhere", "At least 1.")
    progress("reading the clips that will be recognized")
    known = known_clips(content, where)
    walks: list[Walk] = []
    for options, names in (((), list(WALKS)[:3]), (("--no-labels",), list(WALKS)[3:])):
        progress(f"the kiosk starts {' '.join(options)}")
        with rig(content, known, "--content", str(where.content), *options) as devices:
            for name in names:
                for locale in content.locales:
                    begun = time.monotonic()
                    walks.append(WALKS[name](devices, locale, count))
                    progress(f"{line(walks[-1])}, {time.monotonic() - begun:.0f} s")
    print("\n".join(line(walk) for walk in walks))
    for what, values in (
        ("from the key to the name under the focus", [v for w in walks for v in w.focus_ms]),
        ("from a key to silence", [v for w in walks for v in w.silence_ms]),
    ):
        if values:
            print(f"{what}: n {len(values)}, median {statistics.median(values):.0f} ms", end=", ")
            print(f"p95 {_p95(values):.0f} ms")
    if args.json:
        try:
            args.json.write_text(
                json.dumps([asdict(w) for w in walks], indent=2, ensure_ascii=False)
            )
        except OSError as error:
            raise KioskError(
                f"{args.json} cannot be written: {error}", "Choose another."
            ) from error
    return 1 if any(walk.failed for walk in walks) else 0


def line(walk: Walk) -> str:
    seconds = f"{statistics.median(walk.topics.values()):.0f}" if walk.topics else "-"
    voice = f", asked back {walk.asked}, not understood {walk.unheard}, misled {walk.wrong}"
    return (
        f"{walk.walker} {walk.locale}: {len(walk.topics)} topics, {walk.steps} steps, "
        f"{seconds} s a topic (median)"
        + (f", asked {walk.again} times for something again" if walk.again else "")
        + (voice if walk.walker == WithoutHands.name else "")
        + (f"; FAILED: {walk.failed}" if walk.failed else "")
    )


def _p95(values: list[float]) -> float:
    from voicekiosk.commands.measure import Figure

    return Figure("", values=values).p95
