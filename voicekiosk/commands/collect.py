"""``voicekiosk collect``: records consenting people, with an expiry date; off until enabled."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.ports import KioskError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from voicekiosk.collecting.storing import Removed, VoiceCollection

DESCRIPTION = """\
Records people who agree to it, saying what they are asked, for measuring and
training the kiosk's ear. This is the only command that ever stores a voice. It
is off: staff enables a folder once, and only staff at a terminal can start it;
nothing on the kiosk's screen leads here.

The person is told, in their language, what is recorded, what for and until
when, and agrees by a key or a touch; before that nothing is stored. They can
stop at any time, remove everything at the end, or later by their number.
"""

EPILOGUE = """\
the first time:
  voicekiosk collect --out ~/voices --enable --responsible "A. Name, +996 ..."
each person:
  voicekiosk collect --out ~/voices --speaker-group woman --locale ky-KG --days 180
afterwards:
  voicekiosk collect --out ~/voices --list
  voicekiosk collect --out ~/voices --withdraw 123456
  voicekiosk measure listening ~/voices

keys: the number on each picture; 8 again; 7 or Esc stop. Expired recordings are
removed at every start.
"""

GROUPS = ("woman", "man", "child", "other")
LONGEST_DAYS = 720


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "collect",
        help="record consenting people (staff only, off until enabled)",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="the collection")
    keeping = parser.add_argument_group("the collection").add_mutually_exclusive_group()
    keeping.add_argument("--enable", action="store_true", help="allow recordings in this folder")
    keeping.add_argument("--list", action="store_true", help="speakers, counts and last days")
    keeping.add_argument("--withdraw", metavar="SPEAKER", help="remove all of a speaker, by number")
    keeping.add_argument("--expire", action="store_true", help="remove what may not be kept longer")
    parser.add_argument("--responsible", metavar="WHO", help="with --enable: who answers for it")
    person = parser.add_argument_group("the person")
    person.add_argument("--speaker-group", choices=GROUPS, help="for comparing groups; no names")
    person.add_argument("--guardian", action="store_true", help="a child's guardian is here")
    person.add_argument("--locale", choices=(KYRGYZ, RUSSIAN), default=KYRGYZ)
    person.add_argument("--days", type=_days, default=180, help="kept at most (default: 180)")
    asked = parser.add_argument_group("what is asked")
    asked.add_argument("--items", type=_count, default=30, help="how many (default: 30)")
    asked.add_argument("--others", type=_part, default=0.25, help="part that are no phrases (0.25)")
    asked.add_argument("--only", nargs="+", default=[], metavar="ID", help="e.g. topic.documents")
    asked.add_argument("--picture-only", action="store_true", help="do not say names before")
    machine = parser.add_argument_group("the machine")
    machine.add_argument("--device", metavar="TEXT", help="into what is spoken, e.g. 'USB handset'")
    machine.add_argument("--microphone", metavar="NAME", help="the microphone, by device name")
    machine.add_argument("--speaker", metavar="NAME", help="the loudspeaker, by device name")
    machine.add_argument("--windowed", action="store_true", help="in a window, not full screen")
    machine.add_argument("--size", type=_size, metavar="WxH", help="of the window")
    for name in ("content", "models", "packs"):
        machine.add_argument(f"--{name}", type=Path, metavar="DIR", help=f"another {name} folder")


def run(options: argparse.Namespace) -> int:
    from voicekiosk.app import places
    from voicekiosk.collecting.enabling import enable
    from voicekiosk.collecting.storing import VoiceCollection

    os.umask(0o077)  # whatever is written here is for its owner's eyes
    where = places(options.content, options.models, options.packs)
    home = places().content.parent
    outside = (home, where.content, where.models, where.audio_prompts)
    if options.enable:
        enable(options.out, options.responsible or "", outside)
        print(f"{options.out} may hold recordings now. --help says how to go on")
        return 0
    today = date.today()
    with VoiceCollection(options.out, outside) as collection:
        expired = collection.expire(today)
        for removed in (*collection.swept, *((expired,) if expired else ())):
            print(told(removed))
        if options.list:
            print("\n".join(listed(collection)))
        elif options.withdraw:
            print(told(collection.withdraw(options.withdraw)))
        elif options.expire:
            if not expired:
                print(f"nothing expires before {today}")
        else:
            return _record(options, collection, today)
    return 0


def _record(options: argparse.Namespace, collection: VoiceCollection, today: date) -> int:
    if options.speaker_group is None:
        raise KioskError("Who speaks?", f"Add --speaker-group {'|'.join(GROUPS)}")
    if options.speaker_group == "child" and not options.guardian:
        raise KioskError(
            "A child cannot agree alone",
            "When a parent or guardian is here and agrees too, add --guardian",
        )
    from voicekiosk.commands.collect_sitting import sit

    return sit(options, collection, today)


def told(removed: Removed) -> str:
    who = f" of {', '.join(removed.speakers)}" if removed.speakers else ""
    return f"removed {counted(removed.recordings, 'recording')}{who}: {removed.why}"


def listed(collection: VoiceCollection) -> list[str]:
    """A table for staff."""
    speakers = collection.speakers()
    rows = [("speaker", "group", "locale", "recordings", "recorded", "last day")]
    rows += [
        (s.id, s.group, s.locale, str(s.recordings), s.recorded_on, s.expires_on) for s in speakers
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    total = f"{counted(len(speakers), 'speaker')}, {counted(len(collection.lines), 'recording')}"
    return [*lines, f"{total}; {collection.responsible} answers for them"]


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= LONGEST_DAYS:
        raise argparse.ArgumentTypeError(f"{text}: write 1 to {LONGEST_DAYS} days")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 500:
        raise argparse.ArgumentTypeError(f"{text}: write 1 to 500")
    return int(text)


def _part(text: str) -> float:
    try:
        part = float(text)
    except ValueError:
        part = -1
    if not 0 <= part <= 1:
        raise argparse.ArgumentTypeError(f"{text}: write a part from 0 to 1, e.g. 0.25")
    return part


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is no size; write it as 1280x800")
    return int(width), int(height)
