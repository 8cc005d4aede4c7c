"""``voicekiosk pack proof``: listens to every clip of a pack and says which ones a person must."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from voicekiosk.app import model_folder, places
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Locale
from voicekiosk.language.in_words import in_words
from voicekiosk.language.refusing import UnsayableError
from voicekiosk.loading import load
from voicekiosk.packs.proof_report import as_html, as_json
from voicekiosk.packs.proof_words import LANGUAGES, reason
from voicekiosk.packs.proofing import Line, Proof, lines_of, prove
from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import MANIFEST, read_pack
from voicekiosk.recognition.proof_ear import ProofEar

_EXAMPLES = """\
Does every clip say its text, in its language, whole, and can it be heard well? The kiosk's own ear
compares each clip with its text, with all other texts, and with words that could stand in the place
of its own (12 days, 13 days). Exit 1 when a clip is doubtful: listen to it; the ear may be wrong.

  voicekiosk pack proof audio_prompts/starter-ky
  voicekiosk pack proof my-pack --html sheet.html    a sheet to play and read, in any browser
  voicekiosk pack proof my-pack --only topic.work    some prompts only, by how their name begins
"""
_SHOWN = 20


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "proof",
        help="listen to every clip: does it say what it should?",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "folders", type=Path, nargs="*", metavar="PACK", help="a pack's folder (default: all)"
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="a sheet with every clip to play")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every figure of every clip")
    parser.add_argument(
        "--language", choices=LANGUAGES, default="ru", help="of the sheet (default: ru)"
    )
    parser.add_argument("--only", default="", metavar="START", help="prompts that begin like this")
    parser.set_defaults(act=run)


def run(args: argparse.Namespace) -> int:
    where = places(content=args.content, audio_prompts=args.packs)
    content = load(where.content)
    folders = args.folders or where.packs
    lines: list[Line] = []
    faults: list[str] = []
    for folder in folders:
        if not (folder / MANIFEST).is_file():
            raise PromptError(
                f"{folder} is no pack: it has no {MANIFEST}", "Name the folder of a pack."
            )
        pack = read_pack(folder)
        lines += lines_of(pack, texts_of(content), said)
        faults += pack.faults
    lines = [line for line in lines if line.spoken.prompt.startswith(args.only)]
    if not lines:
        raise PromptError("There is no clip to listen to", "Name a pack that holds some.")
    for file in (args.html, args.json):
        if file and not file.absolute().parent.is_dir():
            raise PromptError(f"There is no folder for {file}", "Make it, or choose another.")
    started = monotonic()
    ear = ProofEar(model_folder(where.models))
    others = {spoken: said(text, spoken.locale) for spoken, text in texts_of(content).items()}
    proofs = prove(lines, ear, others, progress)
    title = ", ".join(folder.resolve().name for folder in folders)
    if args.html:
        sheet = as_html(proofs, title, args.language, args.html.absolute().parent)
        _save(args.html, sheet)
    if args.json:
        _save(args.json, as_json(proofs))
    for fault in faults:
        print(fault, file=sys.stderr)
    _tell(proofs, monotonic() - started)
    return 1 if faults or any(proof.doubts for proof in proofs) else 0


def texts_of(content: Content) -> dict[Spoken, str]:
    """Every text of the content as one line."""
    return {
        Spoken(prompt, locale): " ".join(sentences)
        for prompt, texts in content.prompts.items()
        for locale, sentences in texts.items()
    }


def said(text: str, locale: Locale) -> str:
    """In words; what nobody can be sure how to say is left as it is written."""
    try:
        return in_words(text, locale)
    except UnsayableError:
        return text


def _tell(proofs: Sequence[Proof], seconds: float) -> None:
    doubtful = [proof for proof in proofs if proof.doubts]
    for proof in doubtful[:_SHOWN]:
        spoken = proof.line.spoken
        print(f"{spoken.prompt} ({spoken.locale}): {proof.line.text[:70]}")
        for doubt in proof.doubts:
            print(f"    {reason(doubt, 'en')}")
    if len(doubtful) > _SHOWN:
        print(f"... and {len(doubtful) - _SHOWN} more: see them all with --html FILE")
    print(f"{len(proofs)} clips heard in {seconds:.0f} s, {len(doubtful)} doubtful")


def progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of} " if done < of else "\r", end="", file=sys.stderr, flush=True)


def _save(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise PromptError(
            f"{file} cannot be written ({error.strerror})", "Choose another."
        ) from error
