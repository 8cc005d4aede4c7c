"""``voicekiosk measure proof``: spoils good clips and counts what ``pack proof`` finds."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from voicekiosk.app import model_folder, places
from voicekiosk.commands.pack_proof import progress, said, texts_of
from voicekiosk.core.types import Locale, language_of
from voicekiosk.loading import load
from voicekiosk.packs.proof_spoiling import NAMES, Spoiled, Spoiler
from voicekiosk.packs.proofing import Line, Proof, lines_of, prove
from voicekiosk.ports import KioskError, SynthesisError
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import read_pack
from voicekiosk.recognition.proof_ear import ProofEar
from voicekiosk.synthesis.speakers import Speakers

_LONGEST = 200
"""Letters that another voice reads: a whole telling takes it long, and proves no more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of fault in one language."""

    locale: Locale
    kind: str
    count: int
    doubted: int
    """Clips with any doubt: hits, and false alarms where nothing is wrong."""
    named: int | None
    """Clips whose doubts name what is wrong with them."""
    mistaken: tuple[str, ...]
    """Prompts that were doubted and are right, or the other way round."""


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = kinds.add_parser(
        "proof",
        help="what `pack proof` finds in clips that are spoiled on purpose",
        description="Takes good clips, spoils each in one way, and counts which are doubted. "
        "Also lets every other voice of this machine speak the same texts: false alarms.",
    )
    parser.add_argument("folders", type=Path, nargs="*", metavar="PACK", help="default: all")
    parser.add_argument("--count", type=int, default=40, help="clips of each kind (default: 40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="FILE.json")
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")


def run(args: argparse.Namespace) -> int:
    where = places(content=args.content)
    now = texts_of(load(where.content))
    packs = [read_pack(folder) for folder in args.folders or where.packs]
    lines = [line for p in packs for line in lines_of(p, now, said) if not line.stale]
    if not lines:
        raise KioskError("There is no clip to spoil", "Name a pack that holds some.")
    voices = {entry.voice for pack in packs for entry in pack.entries.values()}
    started = monotonic()
    with TemporaryDirectory() as folder:
        spoiler = Spoiler(lines, Path(folder), args.seed)
        cases: dict[Line, str] = {}
        for locale in dict.fromkeys(line.spoken.locale for line in lines):
            for kind in Spoiled:
                cases |= dict.fromkeys(spoiler.cases(kind, locale, args.count), kind)
            cases |= _by_others(spoiler, lines, locale, voices, args.count)
        ear = ProofEar(model_folder(where.models))
        texts = {spoken: said(text, spoken.locale) for spoken, text in now.items()}
        proofs = prove(list(cases), ear, texts, progress)
    rows = counted(cases, proofs)
    print(table(rows))
    print(f"{len(cases)} clips made and heard in {monotonic() - started:.0f} s")
    if args.out:
        try:
            args.out.write_text(as_json(rows), "utf-8")
        except OSError as error:
            raise KioskError(f"{args.out} cannot be written: {error}", "Choose another.") from error
    return 0


def _by_others(
    spoiler: Spoiler, lines: Sequence[Line], locale: Locale, known: Collection[str], count: int
) -> dict[Line, str]:
    """Right clips by voices that the pack does not have, ``count`` of each engine."""
    found: dict[Line, str] = {}
    try:
        speakers = Speakers()
    except SynthesisError:
        return found
    for kind in dict.fromkeys(speaker.kind for speaker in speakers.all):
        voices = [
            v
            for v in speakers.all
            if (v.kind, v.language) == (kind, language_of(locale)) and v.name not in known
        ]
        texts = [x for x in lines if x.spoken.locale == locale and len(x.text) <= _LONGEST]
        drawn = random.Random(kind).sample(texts, min(count, len(texts))) if voices else []
        for line, voice in zip(drawn, cycle(voices)):
            try:
                spoken = sound.samples_of(speakers.say(voice, line.text, locale))
            except SynthesisError:
                continue
            samples = sound.levelled(sound.trimmed(spoken)[0])
            found[spoiler.saved(line, samples)] = f"right, other voices ({kind})"
    return found


def counted(cases: Mapping[Line, str], proofs: Sequence[Proof]) -> list[Row]:
    """A row for each language and kind, in the order of the cases."""
    by_line = {proof.line: proof for proof in proofs}
    groups: dict[tuple[Locale, str], list[Proof]] = {}
    for line, kind in cases.items():
        groups.setdefault((line.spoken.locale, kind), []).append(by_line[line])
    rows = []
    for (locale, kind), group in groups.items():
        names = NAMES[Spoiled(kind)] if kind in set(Spoiled) else frozenset()
        wrong = [proof for proof in group if bool(proof.doubts) != bool(names)]
        rows.append(
            Row(
                locale,
                str(kind),
                len(group),
                sum(bool(proof.doubts) for proof in group),
                sum(any(d.fault in names for d in proof.doubts) for proof in group)
                if names
                else None,
                tuple(_told(proof) for proof in wrong),
            )
        )
    return rows


def _told(proof: Proof) -> str:
    doubts = ", ".join(f"{d.fault} {d.about}".strip() for d in proof.doubts)
    return f"{proof.line.spoken.prompt}: {doubts or 'nothing found'}"


def table(rows: Sequence[Row]) -> str:
    wide = max(len(row.kind) for row in rows)
    lines = [f"{'':5}  {'':{wide}}  {'n':>4}  {'doubted':>8}  {'and named':>9}"]
    for row in rows:
        named = f"{row.named / row.count:9.0%}" if row.named is not None else f"{'-':>9}"
        share = f"{row.doubted / row.count:8.1%}"
        lines.append(f"{row.locale:5}  {row.kind:{wide}}  {row.count:4}  {share}  {named}")
    return "\n".join(lines)


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False) + "\n"
