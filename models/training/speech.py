"""What is trained on: utterances with their words, from Common Voice or any folder of clips."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile  # type: ignore[import-untyped]
import soxr  # type: ignore[import-untyped]

RATE = 16_000
Samples = npt.NDArray[np.float32]
"""Sound of one channel at 16 kHz, in the range of 16-bit integers."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A clip and what is said in it."""

    file: Path
    text: str
    language: str
    speaker: str


def at_rate(sound: Samples, rate: int) -> Samples:
    """The sound at 16 kHz."""
    if rate == RATE:
        return sound
    return np.asarray(soxr.resample(sound, rate, RATE), np.float32)


def load(file: Path) -> Samples:
    """The first channel of a sound file of any kind that libsndfile reads, MP3 among them."""
    sound, rate = soundfile.read(file, dtype="int16", always_2d=True)
    return at_rate(sound[:, 0].astype(np.float32), rate)


def common_voice(folder: Path, split: str = "train") -> list[Utterance]:
    """A language folder of Common Voice: ``train.tsv`` and ``clips/``; clips missing are left out.

    Raises FileNotFoundError when there is no such table, ValueError when no clip is left.
    """
    table = folder / f"{split}.tsv"
    if not table.is_file():
        raise FileNotFoundError(f"{table} is missing: give the language folder of Common Voice")
    found = []
    for row in _rows(table):
        name = row["path"] if Path(row["path"]).suffix else row["path"] + ".mp3"
        clip = folder / "clips" / name
        if clip.is_file():
            language = (row.get("locale") or "ky")[:2]
            found.append(Utterance(clip, row["sentence"], language, row["client_id"][:16]))
    if not found:
        raise ValueError(f"none of the clips of {table} is in {folder / 'clips'}")
    return found


def manifest(folder: Path) -> list[Utterance]:
    """A folder with ``manifest.tsv``: file, transcript, speaker and perhaps language (else ru)."""
    return [
        Utterance(folder / r["file"], r["transcript"], r.get("language") or "ru", r["speaker"])
        for r in _rows(folder / "manifest.tsv")
    ]


def corpus(folder: Path, split: str = "train") -> list[Utterance]:
    """A folder of either form."""
    return manifest(folder) if (folder / "manifest.tsv").is_file() else common_voice(folder, split)


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
