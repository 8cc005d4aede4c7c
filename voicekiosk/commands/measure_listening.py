"""``voicekiosk measure listening``: who is understood, who is refused, who is let in wrongly."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, language_of
from voicekiosk.ports import KioskError

if TYPE_CHECKING:
    from voicekiosk.app import Places
    from voicekiosk.core.content import Content
    from voicekiosk.evaluation.corpus import Corpus
    from voicekiosk.evaluation.engines import Engine, Session
    from voicekiosk.evaluation.figures import Evaluation
    from voicekiosk.evaluation.trials import Menu

WHAT = "who is understood, refused and wrongly let in, on recordings of any folder"
CONTENT = "content"
SYNTHETIC = 1200
"""Recordings that the voices of this machine make, unless told otherwise."""
_SHOWN = 5
_DESCRIPTION = """\
Plays recordings to the recognizer and counts what the kiosk would have done: understood and acted,
asked, refused, opened something wrong; and the same for speech that is none of the phrases.

FOLDER holds sound files and one of
  manifest.tsv or .csv   with the columns file and transcript; speaker, language, group if known
  x.txt beside x.wav     the text is what is said in x.wav
  neither                the files are named after what is said: тез_жардам-2.flac
The recordings are only read. What is written: counts, and the texts of your manifest.
"""
_EXAMPLES = """\
examples:
  voicekiosk measure listening --synthetic
  voicekiosk measure listening recordings --html report.html
  voicekiosk measure listening recordings --menu 15 --condition all --jobs 2
  voicekiosk measure listening recordings --engine ours --engine vosk:vosk-model-small-ru-0.22
"""


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Beside the other measurements of ``voicekiosk measure``."""
    kind = kinds.add_parser(
        "listening",
        help=WHAT,
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = kind.add_argument
    add("folder", type=Path, nargs="?", metavar="FOLDER", help="recordings and what was said")
    add("--synthetic", action="store_true", help="every voice of this machine speaks instead")
    add("--content", type=Path, metavar="DIR", help="another content folder")
    add(
        "--menu",
        type=_menu,
        nargs="+",
        metavar="N",
        help="random menus of N phrases, or the word content: everything the kiosk knows "
        "(default: content, 15 and 60, as far as the recordings allow)",
    )
    add("--menus", type=_count, metavar="K", help="how many random menus (default: 300/N)")
    add(
        "--engine",
        action="append",
        metavar="E",
        help="ours (default), pocketsphinx, or vosk:FOLDER with a native model; may be repeated",
    )
    add(
        "--condition",
        action="append",
        metavar="C",
        help="quiet (default), white20 white10 white5, babble20 babble10 babble5, line, hall, "
        "or all; may be repeated",
    )
    add("--locale", metavar="L", help="ky-KG or ru-KG, where neither manifest nor letters tell")
    add("--json", type=Path, metavar="FILE", help="every figure with its n")
    add("--html", type=Path, metavar="FILE", help="a report with plots, for the browser")
    add("--jobs", type=_count, default=1, metavar="J", help="processes at once (default 1)")
    add("--limit", type=_count, metavar="N", help="at most so many recordings, drawn by the seed")
    add("--seed", type=int, default=1, metavar="S", help="another draw of menus and noise")


def run(args: argparse.Namespace) -> int:
    from voicekiosk.app import places
    from voicekiosk.evaluation.figures import as_json, table
    from voicekiosk.evaluation.report import as_html
    from voicekiosk.loading import load

    for file in (args.json, args.html):
        _writable(file)
    if (args.folder is None) != args.synthetic:
        raise KioskError(
            "both a folder and --synthetic are given"
            if args.synthetic
            else "there is nothing to measure with",
            "Name a folder of recordings, or --synthetic for the voices of this machine.",
        )
    where = places(content=args.content)
    content = load(where.content)
    with tempfile.TemporaryDirectory(prefix="voicekiosk-") as folder:
        evaluation = _evaluation(args, content, where, Path(folder))
    print(table(evaluation))
    if args.json:
        _write(args.json, as_json(evaluation))
    if args.html:
        _write(args.html, as_html(evaluation))
    return 0 if evaluation.scores and not evaluation.failures else 1


def _evaluation(
    args: argparse.Namespace, content: Content, where: Places, aside: Path
) -> Evaluation:
    from voicekiosk.commands.measure_engines import engine
    from voicekiosk.evaluation.conditions import CONDITIONS
    from voicekiosk.evaluation.corpus import chosen, read_corpus
    from voicekiosk.evaluation.engines import evaluate
    from voicekiosk.evaluation.figures import Evaluation
    from voicekiosk.evaluation.scoring import scores

    engines = [engine(name, where, aside / "models") for name in args.engine or ["ours"]]
    asked = args.condition or ["quiet"]
    unknown = [name for name in asked if name not in {*CONDITIONS, "all"}]
    if unknown:
        raise KioskError(
            f"there is no condition {unknown[0]}", f"Choose of {', '.join(CONDITIONS)}, all."
        )
    conditions = [c for c in CONDITIONS.values() if c.name in asked or "all" in asked]
    if args.synthetic:
        from voicekiosk.commands.measure_voices import record

        record(content, where, aside / "voices", args.limit or SYNTHETIC, args.seed, progress)
        corpus = read_corpus(aside / "voices", progress=progress)
    else:
        whole = read_corpus(args.folder, _locale(args.locale), progress)
        corpus = chosen(whole, args.limit, args.seed)
    menus, notes = _menus(args, corpus, content)
    progress(
        f"{len(corpus.recordings)} recordings, {sum(len(m.trials) for m in menus)} trials, "
        f"{len(conditions)} conditions, {len(engines)} engines"
    )
    session = evaluate(
        engines,
        menus,
        conditions,
        corpus.recordings,
        seed=args.seed,
        jobs=args.jobs,
        progress=progress,
    )
    title = "the voices of this machine" if args.synthetic else args.folder.resolve().name
    notes += _notes(args, corpus, session, engines)
    failures = [f"NOT MEASURED: {name}: {why}" for name, why in session.failures.items()]
    if not session.outcomes:
        raise KioskError("; ".join(failures) or "not one recording could be played", "")
    return Evaluation(title, scores(session.outcomes), notes, failures)


def _menus(
    args: argparse.Namespace, corpus: Corpus, content: Content
) -> tuple[list[Menu], list[str]]:
    from voicekiosk.evaluation.trials import SIZES, against_content, enough, random_menus

    recordings, notes, menus = corpus.recordings, [], []
    wanted: list[str | int] = args.menu or [CONTENT, *SIZES]
    for menu in dict.fromkeys(wanted):
        if isinstance(menu, str):
            found = against_content(recordings, content)
            if args.menu and not found:
                raise KioskError(
                    "not one recording says a phrase of the content",
                    "Choose --menu 15, or record what the kiosk is to understand.",
                )
            menus += found
        elif args.menu or enough(recordings, menu):
            menus += random_menus(recordings, menu, args.menus, content.bands, args.seed)
        else:
            notes.append(f"Too few different transcripts for menus of {menu} phrases.")
    if not menus:
        raise KioskError(
            f"these {len(recordings)} recordings say no phrase of the content and are too few "
            "for menus of their own",
            "Choose a smaller --menu, or add recordings.",
        )
    return menus, notes


def _notes(
    args: argparse.Namespace, corpus: Corpus, session: Session, engines: Sequence[Engine]
) -> list[str]:
    speakers = {recording.speaker for recording in corpus.recordings}
    notes = [
        f"{len(corpus.recordings)} recordings by {len(speakers)} speaker(s), seed {args.seed}. "
        "A recording is tried against several menus, and one speaker says many: the intervals "
        "hold for these speakers and are too narrow for others."
    ]
    if args.synthetic:
        notes.append("SYNTHETIC speech: good for comparing, no forecast for people.")
    if len(speakers) == 1 and any("babble" in o.condition for o in session.outcomes):
        notes.append("The babble is made of the speaker's own voice: there is no other.")
    raw = [engine.name for engine in engines if not engine.calibrated]
    if raw:
        notes.append(
            f"The confidence of {', '.join(raw)} is no certainty: compare at 2 % and 5 %, not in "
            "the fixed bands."
        )
    imposters = Counter(o.menu for o in session.outcomes if not o.inside)
    conditions = len({o.condition for o in session.outcomes}) * len(engines)
    if any(count // max(conditions, 1) < 50 for count in imposters.values()):
        notes.append("Of fewer than 50 imposters 2 % is none: that column is harsher there.")
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > cores:
        notes.append(f"The machine was busy (load {busy:.1f} on {cores} cores): ms are too long.")
    for name, words in session.unknown.items():
        some = ", ".join(words[:12]) + (" ..." if len(words) > 12 else "")
        notes.append(f"{name} does not know {len(words)} words and cannot hear them: {some}")
    bad = [*corpus.faults, *(f"{name}: {why}" for name, why in session.faults.items())]
    notes += [f"Skipped: {fault}" for fault in bad[:_SHOWN]]
    if len(bad) > _SHOWN:
        notes.append(f"Skipped: {len(bad)} recordings in all.")
    return notes


def _locale(text: str | None) -> Locale | None:
    known = {language_of(locale): locale for locale in (KYRGYZ, RUSSIAN)}
    if text is None:
        return None
    found = known.get(text.lower().replace("_", "-").split("-")[0])
    if found is None:
        raise KioskError(f"{text} is no language of the kiosk", "Choose ky-KG or ru-KG.")
    return found


def _menu(text: str) -> str | int:
    if text == CONTENT:
        return text
    if not text.isdigit() or int(text) < 2:
        raise argparse.ArgumentTypeError(
            f"{text}: a number of phrases from 2, or the word content (FOLDER comes before --menu)"
        )
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError("at least 1")
    return int(text)


def _writable(file: Path | None) -> None:
    """Found out before the work, not after it."""
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise KioskError(
            f"{file} cannot be written: {error.strerror}", "Choose another file."
        ) from error


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KioskError(f"{file} cannot be written: {error.strerror}", "Free space.") from error


def progress(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)
