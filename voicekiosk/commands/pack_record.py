"""``voicekiosk pack record``: a recording studio in the kiosk's own window."""

from __future__ import annotations

import argparse
from pathlib import Path

from voicekiosk.commands.run import window_size
from voicekiosk.core.staff import ENGLISH
from voicekiosk.core.types import KYRGYZ, RUSSIAN

DESCRIPTION = """\
Records the prompts of a work folder, one after the other, in the kiosk's own
window: shows the text and says it, counts three, two, one, records after the
tone, cuts the silence off, shows the take and plays it. Then: once more, or
keep it and go on. What is too quiet, clipped, noisy, cut off, too short or too
long for its text is said in words; it can be kept all the same.

Stop whenever you like: what was kept with "next" is on disk, and the next
time it goes on where it stopped. Nothing else is ever stored.
"""

EPILOGUE = """\
first:  voicekiosk pack new aigul --id aigul --speaker "Aigul" --locale ky-KG
then:   voicekiosk pack record aigul
again:  voicekiosk pack record aigul --only system.welcome topic.documents.name

keys:   space or enter  whatever stands out: begin, done, next
        1 record, again   2 done, next   3 or 8 listen   4 or 7 back
        5 skip            6 or Esc stop  + - louder, softer

A quiet room, a hand's width from the microphone, headphones if there are any.
"""
_LANGUAGES = {"ky": KYRGYZ, "ru": RUSSIAN, "en": ENGLISH}


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "record",
        help="a recording studio: read the prompts of a work folder aloud",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("work", type=Path, metavar="WORKFOLDER", help="made by `pack new`")
    parser.add_argument("--locale", help="only this language of the folder, e.g. ky-KG")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="PROMPT", help="these, recorded already or not"
    )
    parser.add_argument(
        "--language",
        choices=sorted(_LANGUAGES),
        default="ky",
        help="in which the studio speaks to you (default: ky; en is only shown)",
    )
    parser.add_argument("--microphone", metavar="NAME", help="the microphone, by device name")
    parser.add_argument("--speaker", metavar="NAME", help="the loudspeaker, by device name")
    parser.add_argument("--windowed", action="store_true", help="in a window, not full screen")
    parser.add_argument("--size", type=window_size, metavar="WxH", help="of the window")
    parser.set_defaults(act=run)


def run(args: argparse.Namespace) -> int:
    from voicekiosk.commands.pack_record_sitting import sit

    return sit(args, _LANGUAGES[args.language])
