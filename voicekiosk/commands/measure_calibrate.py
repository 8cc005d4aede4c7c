"""``voicekiosk measure calibrate``: how sure is sure, learnt from recordings of a place."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.ports import FRAME_SAMPLES, KioskError

if TYPE_CHECKING:
    from voicekiosk.evaluation.corpus import Recording
    from voicekiosk.evaluation.trials import Menu
    from voicekiosk.recognition.fitting import Tried
    from voicekiosk.recognition.vosk_recognizer import VoskRecognizer

CONDITIONS = ("quiet", "quiet", "white20", "white10", "babble20", "babble10", "line")
"""One is drawn for each trial: a kiosk calibrated in silence is too sure of itself in a hall."""
SIZES = (5, 15, 60)


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = kinds.add_parser(
        "calibrate",
        help="fit the confidence to recordings",
        description="Tries the recordings against random menus, some said and some not, and fits "
        "the constants that turn what is heard into a confidence. Judge the result on other "
        "speakers: voicekiosk measure listening OTHER-FOLDER.",
    )
    add = parser.add_argument
    add("folders", nargs="*", type=Path, metavar="FOLDER", help="recordings with a manifest")
    add("--synthetic", type=int, metavar="N", help="and N recordings by this machine's voices")
    add("--menus", type=int, default=4, metavar="K", help="menus of each size (default 4)")
    add("--seed", type=int, default=1, metavar="S")
    add("--without", action="append", default=[], metavar="SPEAKER", help="leave a speaker out")
    add("--words", choices=("all", "even", "odd"), default="all", help="half of the transcripts")
    add("--out", type=Path, metavar="FILE", help="default: models/vosk-ky/calibration.toml")
    add("--content", type=Path, metavar="DIR", help="another content folder")


def run(args: argparse.Namespace) -> int:
    from voicekiosk.app import model_folder, places, recognizer_of
    from voicekiosk.loading import load
    from voicekiosk.recognition.calibration import CALIBRATION, written
    from voicekiosk.recognition.fitting import fitted, outcomes

    where = places(content=args.content)
    if not args.folders and not args.synthetic:
        raise KioskError("there is nothing to calibrate with", "Name folders, or --synthetic 400.")
    trials: list[Tried] = []
    with tempfile.TemporaryDirectory(prefix="voicekiosk-") as aside:
        folders = list(args.folders)
        if args.synthetic:
            from voicekiosk.commands.measure_voices import record

            voices = Path(aside) / "voices"
            record(load(where.content), where, voices, args.synthetic, args.seed, _tell)
            folders.append(voices)
        recognizer = recognizer_of(where.models, Path(aside) / "models")
        for folder in folders:
            trials += _tried(args, folder, recognizer)
    try:
        values = fitted(trials)
    except ValueError as error:
        raise KioskError(str(error), "Add recordings of phrases and of other words.") from error
    print("right, accepted and false accepts at 0.80, on the trials it was fitted to:")
    for own in outcomes(trials, values, 0.80):
        print(
            f"  {own.speaker:24} {own.right}/{own.phrases} right, {own.accepted} accepted, "
            f"{own.wrong} wrong; {own.let_in}/{own.others} others let in"
        )
    about = (
        f"Fitted on {date.today():%Y-%m-%d} to {len(trials)} trials by "
        f"{len({t.speaker for t in trials})} speakers:\n"
        f"voicekiosk measure calibrate (menus of {', '.join(map(str, SIZES))} phrases, seed "
        f"{args.seed}). Judge it on others: voicekiosk measure listening."
    )
    out = args.out or model_folder(where.models) / CALIBRATION
    try:
        out.write_text(written(values, about), "utf-8")
    except OSError as error:
        raise KioskError(f"{out} cannot be written: {error.strerror}", "Choose --out.") from error
    print(f"written: {out}")
    return 0


def _tried(args: argparse.Namespace, folder: Path, recognizer: VoskRecognizer) -> Iterable[Tried]:
    from voicekiosk.evaluation.corpus import read_corpus
    from voicekiosk.evaluation.trials import enough, random_menus

    whole = read_corpus(folder, progress=_tell).recordings
    texts = {text: at for at, text in enumerate(sorted({r.text for r in whole}))}
    half = {"all": (0, 1), "even": (0,), "odd": (1,)}[args.words]
    recordings = [r for r in whole if r.speaker not in args.without and texts[r.text] % 2 in half]
    for locale in sorted({r.locale for r in recordings}):
        own = [r for r in recordings if r.locale == locale]
        for size in SIZES:
            if not enough(own, size):
                _tell(f"{folder.name}: too few different transcripts for menus of {size}")
                continue
            count = max(args.menus * 15 // size, 1)
            for done, menu in enumerate(random_menus(own, size, count, seed=args.seed), 1):
                yield from _menu(menu, own, recognizer, args.seed + done)
                _tell(f"{folder.name} {locale}: menu {done} of {count} with {size} phrases")


def _menu(
    menu: Menu, recordings: Sequence[Recording], recognizer: VoskRecognizer, seed: int
) -> Iterable[Tried]:
    import numpy as np

    from voicekiosk.evaluation.conditions import CONDITIONS as KNOWN
    from voicekiosk.evaluation.conditions import TALKERS, heard
    from voicekiosk.evaluation.corpus import load_sound
    from voicekiosk.recognition.fitting import Tried
    from voicekiosk.recognition.graph import label_of

    luck, noise = random.Random(seed), np.random.default_rng(seed)
    recognizer.learn(menu.phrases)
    for trial in menu.trials:
        recording = recordings[trial.recording]
        condition = KNOWN[luck.choice(CONDITIONS)]
        others = [load_sound(r.file) for r in luck.sample(list(recordings), TALKERS)]
        frames = heard(load_sound(recording.file), condition, noise, others)
        recognizer.begin(menu.offered)
        step = 2 * FRAME_SAMPLES
        for at in range(0, len(frames), step):
            recognizer.accept(frames[at : at + step])
        evidence = recognizer.evidence()
        if evidence is not None and evidence.phrases:
            yield Tried(
                evidence,
                recognizer.vocabulary,
                frozenset(map(label_of, menu.offered)),
                label_of(recording.text) if trial.inside else None,
                recording.locale,
                recording.speaker,
            )


def _tell(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)
