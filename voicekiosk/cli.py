"""The command line: teaches in its help, and turns every trouble into a sentence and a mend."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import logging
import sys
from collections.abc import Sequence
from types import ModuleType

from voicekiosk import __version__
from voicekiosk.ports import KioskError

COMMANDS = (
    "run",
    "demo",
    "type",
    "say",
    "listen",
    "check",
    "claims",
    "content",
    "doctor",
    "measure",
    "models",
    "pack",
    "keys",
    "collect",
    "staff",
    "conformance",
)
"""In the order a newcomer meets them."""

DESCRIPTION = """\
A kiosk that speaks and listens in Kyrgyz and Russian. Nothing on it has to be
read: every picture is also spoken, and can be touched, pressed or named aloud.
"""

EPILOGUE = """\
first steps:
  voicekiosk doctor          what this machine has and lacks, and how to mend it
  voicekiosk type            the whole dialogue in this terminal, no sound needed
  voicekiosk run --windowed  the kiosk in a window; h lifts the handset, 1-6 choose
  voicekiosk check           is the content complete in every language?

Each command explains itself: voicekiosk run --help
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: done, 1: something is to be mended, 2: the command was not understood."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    stderr = logging.StreamHandler()
    # On the handler, because Kivy sets the root logger's level to its own liking.
    stderr.setLevel(logging.WARNING)
    logging.basicConfig(handlers=[stderr], format="voicekiosk: %(message)s")
    try:
        parser, modules = _parser(words)
        chosen = parser.parse_args(words)
        if chosen.command is None:
            parser.print_help()
            return 0
        return int(modules[chosen.command].run(chosen) or 0)
    except KioskError as error:
        print(f"voicekiosk: {error.what}", file=sys.stderr)
        if error.mend:
            print(f"            {error.mend}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        print(f"voicekiosk: {error.name} is not installed", file=sys.stderr)
        print("            pip install voicekiosk, and see voicekiosk doctor", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        sys.stderr.close()
        return 0


def _parser(words: Sequence[str]) -> tuple[argparse.ArgumentParser, dict[str, ModuleType]]:
    """A parser that knows the command asked for, or all of them when none is."""
    parser = argparse.ArgumentParser(
        prog="voicekiosk",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"voicekiosk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    known = [name for name in COMMANDS if importlib.util.find_spec(f"voicekiosk.commands.{name}")]
    # Only what is asked for is imported, so that a broken part breaks nothing but itself.
    asked = words[0] if words and words[0] in known else None
    modules: dict[str, ModuleType] = {}
    for name in [asked] if asked else known:
        try:
            modules[name] = importlib.import_module(f"voicekiosk.commands.{name}")
        except (ImportError, OSError) as error:
            if asked:
                raise KioskError(
                    f"voicekiosk {name} needs something that is not installed: {error}",
                    "pip install voicekiosk, and see voicekiosk doctor",
                ) from error
            commands.add_parser(name, help=f"(not usable here: {error})")
        else:
            modules[name].add_parser(commands)
    return parser, modules
