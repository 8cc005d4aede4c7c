"""``voicekiosk run``: the kiosk itself, on the screen and handset there are or virtual ones."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

DESCRIPTION = """\
Starts the kiosk. Full screen, unless --windowed. A machine without a screen or
a sound card gets virtual ones, and is told so; --virtual asks for them.
"""

KEYS = """\
keys:  h  lifts the handset and hangs it up      1-6  the pictures
       7  back      0  home      8  again         #    pause, go on (or space)
       9  help      *  language  + -  louder, softer
     f10  the staff page; as *0*0# on the keypad, or five touches of the corner at the top left
"""


def window_size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is no size; write it as 1280x800")
    return int(width), int(height)


def _inches(text: str) -> float:
    try:
        inches = float(text.replace(",", "."))
    except ValueError:
        inches = 0.0
    if not 5 <= inches <= 100:
        raise argparse.ArgumentTypeError(f"{text} is no diagonal in inches; write it as 15.6")
    return inches


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "run",
        help="start the kiosk",
        description=DESCRIPTION,
        epilog=KEYS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--windowed", action="store_true", help="in a window, not full screen")
    parser.add_argument("--size", type=window_size, metavar="WxH", help="e.g. 1280x800")
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    parser.add_argument("--models", type=Path, metavar="DIR", help="another folder of models")
    parser.add_argument("--packs", type=Path, metavar="DIR", help="another folder of prompt packs")
    parser.add_argument("--journal", type=Path, metavar="FILE", help="count into another file")
    parser.add_argument("--speaker", metavar="NAME", help="the loudspeaker, by device name")
    parser.add_argument("--microphone", metavar="NAME", help="the microphone, by device name")
    parser.add_argument(
        "--stick", type=Path, metavar="DIR", help="a folder that stands for a USB stick"
    )
    parser.add_argument(
        "--allow-unsigned-packs",
        action="store_true",
        help="play imported packs that nobody signed (also VOICEKIOSK_UNSIGNED=1)",
    )
    parser.add_argument(
        "--theme",
        choices=("normal", "high-contrast", "large"),
        default="normal",
        help="how it looks; large: every letter is read from 600 mm (EN 301 549, 5.1.4)",
    )
    parser.add_argument(
        "--low", action="store_true", help="everything to touch in the lower half of the screen"
    )
    parser.add_argument(
        "--no-labels", action="store_true", help="pictures without a word, for who reads nothing"
    )
    parser.add_argument(
        "--inches",
        type=_inches,
        metavar="N",
        help="the panel's diagonal, if it misreports its size",
    )
    parser.add_argument(
        "--tree", type=Path, metavar="FILE", help="keep what is on the screen in a JSON file"
    )
    parser.add_argument(
        "--virtual", action="store_true", help="a screen and a handset nobody sees, for trying"
    )


def run(options: argparse.Namespace) -> int:
    from voicekiosk.app import Kiosk, places, say
    from voicekiosk.loading import load
    from voicekiosk.places import unsigned_allowed
    from voicekiosk.ui.theme import LOOKS, Sight
    from voicekiosk.virtual.needed import has_screen, has_sound

    before = dict(os.environ)  # without what leads to virtual devices, which end with this run
    where = places(options.content, options.models, options.packs, options.journal)
    content = load(where.content, date.today())  # before any window: faults belong on the terminal
    with ExitStack() as stack:
        if options.virtual or not has_screen():
            from voicekiosk.virtual.screen import VirtualScreen

            screen = stack.enter_context(VirtualScreen(*(options.size or (1280, 800))))
            os.environ.update(screen.environment)
            say(f"no screen here: using a virtual one, DISPLAY={screen.display}")
        if options.virtual or not has_sound():
            from voicekiosk.ports import AudioError
            from voicekiosk.virtual.handset import VirtualHandset

            try:
                handset = stack.enter_context(VirtualHandset())
            except AudioError as error:
                say(f"{error}. The kiosk goes on in silence")
            else:
                os.environ.update(handset.environment)
                server = handset.environment["PULSE_SERVER"]
                say(f"no sound card here: using a virtual handset, PULSE_SERVER={server}")
        kiosk = Kiosk(
            content,
            where,
            fullscreen=not options.windowed,
            size=options.size,
            speaker=options.speaker,
            microphone=options.microphone,
            stick=options.stick or _stick_of(before),
            sight=Sight(LOOKS[options.theme], options.low, options.inches),
            tree=options.tree,
            labels=not options.no_labels,
            allow_unsigned=options.allow_unsigned_packs or unsigned_allowed(),
        )
        kiosk.run()
    if kiosk.restarts:
        say("starting again")
        # The same process with nothing of the old left in it: whoever watches it sees no end.
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], before)
    return 0


def _stick_of(environment: Mapping[str, str]) -> Path | None:
    named = environment.get("VOICEKIOSK_STICK")
    return Path(named) if named else None
