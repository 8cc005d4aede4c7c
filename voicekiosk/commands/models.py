"""``voicekiosk models``: which models there are; to add, remove and verify them; what they know."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.ports import KioskError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from voicekiosk.app import Places

_ABOUT = """\
What the kiosk listens with. It brings two models of its own: vosk-ky, the first
ear, which hears both languages, and sphinx-ky, a second ear that is asked when
the first has made up its mind. A Vosk model of Kyrgyz or Russian can be added
as one more second ear; the kiosk finds it at its next start.
"""
_EXAMPLES = """\
examples:
  voicekiosk models list
  voicekiosk models add ~/Downloads/vosk-model-small-ky-0.42.zip
  voicekiosk models words            which phrases a model cannot hear, and why
  voicekiosk models remove vosk-model-small-ky-0.42
"""
_ADD = """\
Adds a Vosk model from a folder or .zip that is already on this machine; nothing
is downloaded. Refused, with nothing changed: what is no model, an archive that
is cut off or would write elsewhere, a wrong checksum, another language than
Kyrgyz and Russian. Small models only: the large ones take no list of phrases.
"""
_WORDS = """\
For every phrase of the content: the words in it that a model does not know. A
model gives no opinion about such a phrase; the others still do. Our own models
know sounds, not words: whatever can be spelt in Kyrgyz or Russian they hear.
"""


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "models",
        help="the recognition models: list, add, remove, verify, words",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # Asked of every action, and understood before it as well as behind it.
    folder = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--models", type=Path, metavar="DIR", help="another models folder")
    folder.add_argument(
        *("--models",), type=Path, metavar="DIR", default=argparse.SUPPRESS, help="another folder"
    )
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    folder.add_argument(
        "--content", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    actions = parser.add_subparsers(dest="what", metavar="ACTION", required=True)

    def action(name: str, about: str, description: str = "") -> argparse.ArgumentParser:
        return actions.add_parser(
            name,
            help=about,
            description=description or about[:1].upper() + about[1:] + ".",
            parents=[folder],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    action("list", "what is installed, and what could be")
    adding = action("add", "install a Vosk model from a folder or .zip", _ADD)
    adding.add_argument("source", type=Path, metavar="FILE-or-FOLDER")
    adding.add_argument("--sha256", help="the checksum that its maker publishes for the .zip")
    adding.add_argument(
        *("--language",), choices=("ky", "ru"), help="when neither name nor README tells it"
    )
    removing = action("remove", "delete a model")
    removing.add_argument("name", metavar="NAME")
    removing.add_argument("--force", action="store_true", help="even if the kiosk is deaf then")
    action("verify", "read every file again and compare it with its checksum")
    words = action("words", "the words of the content that a model does not know", _WORDS)
    words.add_argument("--ways", action="store_true", help="how our models expect each phrase said")


def run(options: argparse.Namespace) -> int:
    from voicekiosk.app import places

    where = places(content=options.content, models=options.models)
    actions: dict[str, Callable[[argparse.Namespace, Places], int]] = {
        "list": _list,
        "add": _add,
        "remove": _remove,
        "verify": _verify,
        "words": _words,
    }
    return actions[options.what](options, where)


def _list(options: argparse.Namespace, where: Places) -> int:
    from voicekiosk.recognition.installed_models import installed, known_natives, strays
    from voicekiosk.recognition.model_folder import catalogue

    there, ours = installed(where.models), catalogue(where.models)
    natives = known_natives(where.models)
    for model in there.values():
        use = "first ear" if model.engine == "vosk" else "second ear"
        entry, native = ours.get(model.name), natives.get(model.name)
        print(f"{model.name}: installed, {use}, {', '.join(model.languages)}, {_size(model.size)}")
        print(f"  {entry.summary if entry else native.summary if native else 'a Vosk model'}")
        print(f"  licence: {model.licence or 'see its README'}")
        if entry:
            print(f"  from: {entry.provenance}")
        elif model.added:
            print(f"  added: {model.added}")
    for name in sorted(set(ours) - set(there)):
        print(f"{name}: missing. It belongs to the kiosk: install its models folder again.")
    for known in (known for name, known in natives.items() if name not in there):
        print(f"{known.name}: not installed, {', '.join(known.languages)}, about {known.size} MB")
        print(f"  {known.summary}; licence: {known.licence}")
        print(f"  bring its .zip here, then: voicekiosk models add {known.name}.zip")
    for name in strays(where.models):
        print(f"{name}: not in use. It was laid there by hand: move it elsewhere, then add it.")
    return 0


def _add(options: argparse.Namespace, where: Places) -> int:
    from datetime import date

    from voicekiosk.recognition.model_store import add

    model = add(
        options.source,
        where.models,
        {code: sorted(words) for code, words in _content_words(where.content).items()},
        date.today(),
        language=options.language,
        sha256=options.sha256,
        progress=_progress,
    )
    _progress("", 1, 1)
    print(f"{model.name}: added, {', '.join(model.languages)}, {_size(model.size)}.")
    print("The kiosk listens with it from its next start. What it does not know:")
    print("  voicekiosk models words")
    return 0


def _remove(options: argparse.Namespace, where: Places) -> int:
    from voicekiosk.recognition.model_store import remove

    remove(options.name, where.models, force=options.force)
    print(f"{options.name}: removed")
    return 0


def _verify(options: argparse.Namespace, where: Places) -> int:
    from voicekiosk.recognition.installed_models import installed, verify_installed
    from voicekiosk.recognition.model_folder import catalogue

    broken = 0
    for name in sorted({*catalogue(where.models), *installed(where.models)}):
        _progress(f"reading {name}", 0, 1)
        try:
            verify_installed(where.models / name, _progress)
        except KioskError as error:
            broken += 1
            _progress("", 1, 1)
            print(f"{name}: {error.what}\n  {error.mend}")
        else:
            _progress("", 1, 1)
            print(f"{name}: whole")
    return 1 if broken else 0


def _words(options: argparse.Namespace, where: Places) -> int:
    from voicekiosk.loading import load
    from voicekiosk.recognition.installed_models import NATIVE, installed
    from voicekiosk.recognition.letters_to_phones import pronunciations
    from voicekiosk.recognition.native_probe import known_words

    meanings = load(where.content).meanings()
    phrases = sorted({(p, m.locale) for p, readings in meanings.items() for m in readings})
    ways = {(p, locale): pronunciations(p, locale) for p, locale in phrases}
    if options.ways:
        for (phrase, locale), said in ways.items():
            spelt = [" ".join(way) for way in said]
            print(f"{locale}  {phrase}\n    " + ("\n    ".join(spelt) or "cannot be said"))
    silent = [f"{locale}  {phrase}" for (phrase, locale), said in ways.items() if not said]
    for model in installed(where.models).values():
        mine = [(p, locale) for p, locale in phrases if locale in model.languages]
        if model.engine == NATIVE:
            _progress(f"asking {model.name}", 0, 1)
            known = known_words(where.models / model.name, {w for p, _ in mine for w in p.split()})
            _progress("", 1, 1)
            lacking = [
                f"{locale}  {p}: {', '.join(strange)}"
                for p, locale in mine
                if (strange := [w for w in p.split() if w not in known])
            ]
        else:
            lacking = silent
        print(f"{model.name}: can hear {len(mine) - len(lacking)} of {len(mine)} phrases")
        if lacking:
            print("  it does not know these words:")
            print("".join(f"    {line}\n" for line in lacking), end="")
    return 1 if silent else 0


def _content_words(content: Path) -> dict[str, set[str]]:
    """For each language, the words of all that may be said in it."""
    from voicekiosk.core.types import KYRGYZ, RUSSIAN, language_of
    from voicekiosk.loading import load

    words: dict[str, set[str]] = {language_of(KYRGYZ): set(), language_of(RUSSIAN): set()}
    for phrase, readings in load(content).meanings().items():
        for reading in readings:
            words.setdefault(language_of(reading.locale), set()).update(phrase.split())
    return words


def _size(size: int) -> str:
    return f"{max(size / 1_000_000, 0.1):.1f} MB"


def _progress(what: str, done: int, total: int) -> None:
    """One line that is written over, where somebody looks on."""
    if sys.stderr.isatty():
        percent = 100 * done // max(total, 1)
        print(f"\r\x1b[K{what and f'{what}: {percent} %'}", end="", file=sys.stderr, flush=True)
