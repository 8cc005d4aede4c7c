"""``voicekiosk staff``: the PIN of the staff page, and the page by itself."""

from __future__ import annotations

import argparse
import getpass
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.core.types import OptionId
from voicekiosk.ports import AudioError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

DESCRIPTION = """\
The staff page of the kiosk: packs on a USB stick, texts that await a reviewer,
claims that expire, a sound test, the last errors, restart. It is spoken as well
as shown, in Kyrgyz, Russian and (shown only) English.
"""

EPILOGUE = """\
the first time:
  voicekiosk staff pin         4 to 8 digits; only a hash of them is kept
on the kiosk, any of these asks for the PIN:
  five touches of the corner at the top left within three seconds
  * 0 * 0 # on the keypad, or F10 on a keyboard: these end a visit under way
  a USB stick with a .vkpack file: waits until the visit is over
After a wrong PIN the page waits 1, 2, 4 ... up to 300 seconds, also over a
restart. It closes by itself after two minutes without a touch.
"""


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "staff",
        help="the staff page: its PIN, and the page by itself",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    pin = actions.add_parser("pin", help="set the PIN, or another one")
    pin.set_defaults(act=_set_pin)
    opened = actions.add_parser("open", help="the staff page alone, in a window")
    opened.add_argument("--fullscreen", action="store_true", help="not in a window")
    opened.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    opened.add_argument("--stick", type=Path, metavar="DIR", help="stands for a USB stick")
    opened.add_argument("--speaker", metavar="NAME", help="the loudspeaker, by device name")
    opened.add_argument("--microphone", metavar="NAME", help="the microphone, by device name")
    opened.set_defaults(act=_open)


def run(options: argparse.Namespace) -> int:
    act: Callable[[argparse.Namespace], int] = options.act
    return act(options)


def _set_pin(options: argparse.Namespace) -> int:
    from voicekiosk.app import places
    from voicekiosk.staff.pin import PIN_FILE, TRIES_FILE, Pin, StaffError

    where = places()
    file = where.keys.parent / PIN_FILE
    pin = Pin(file, where.shelf.parent / TRIES_FILE)
    asked = _asked("New PIN (4 to 8 digits, nothing is shown): ")
    if sys.stdin.isatty() and _asked("Once more: ") != asked:
        raise StaffError("The two are not the same, and nothing was changed", "Try again")
    pin.set(asked)
    print(f"The PIN is set; its hash lies in {file}. The kiosk need not be restarted.")
    return 0


def _asked(question: str) -> str:
    """From a terminal unseen, else the first line that is piped in."""
    if sys.stdin.isatty():
        return getpass.getpass(question).strip()
    return sys.stdin.readline().strip()


class _Alone:
    """No visitors: the page opens at once, and the window closes with it."""

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close

    def lend(self, lent: Callable[[], None], at_once: bool) -> None:
        lent()

    def take_back(self) -> None:
        self._close()


def _open(options: argparse.Namespace) -> int:
    from voicekiosk.app import places, player_of, say
    from voicekiosk.audio.tone import Tap
    from voicekiosk.loading import load
    from voicekiosk.loading.staff_texts import ERROR_KINDS
    from voicekiosk.packs.shelf import PackShelf
    from voicekiosk.staff.errors import LastErrors
    from voicekiosk.staff_app import StaffPlaces, staff_door
    from voicekiosk.synthesis.best import installed_voices
    from voicekiosk.ui.staff_window import StaffWindow

    where = places(options.content)
    content = load(where.content, date.today())
    player = player_of(options.speaker)

    def touched(option: OptionId) -> None:
        door.touched(option)

    def pressed(key: str) -> None:
        door.pressed(key)

    window = StaffWindow(where.pictograms, touched, pressed, fullscreen=options.fullscreen)
    door = staff_door(
        StaffPlaces(where.content, where.cache, where.keys.parent, where.shelf.parent),
        shelf=PackShelf(where.shelf, where.packs),
        content=lambda: content,
        window=window,
        runtime=_Alone(window.close),
        player=player,
        voices=installed_voices(),
        tap=Tap(lambda frame: frame),
        microphone=options.microphone,
        errors=LastErrors(ERROR_KINDS),
        serving=object,  # no kiosk to wait for
        stick=options.stick,
        allow_unsigned=False,
        restart=window.close,
    )
    try:
        player.open(lambda back: None)
    except AudioError as error:
        say(f"{error}")
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    door.start()
    door.open()
    try:
        window.run()
    finally:
        player.close()
    return 0
