"""A folder of recordings and what was said in each: manifest, texts beside, or file names."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile  # type: ignore[import-untyped]
import soxr  # type: ignore[import-untyped]

from voicekiosk.core.normalising import normalise
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale
from voicekiosk.ports import FRAME_RATE, KioskError

Sound = npt.NDArray[np.float32]
"""Mono samples at FRAME_RATE, full scale is 1."""

COLUMNS = {
    "file": ("file", "path", "filename", "file_name", "audio", "wav"),
    "text": ("transcript", "text", "sentence", "said", "transcription"),
    "speaker": ("speaker", "client_id", "speaker_id"),
    "locale": ("locale", "language", "lang"),
    "group": ("group", "gender", "kind"),
}
"""What a manifest may call its columns, likeliest first."""
_MANIFESTS = ("manifest.tsv", "manifest.csv", "metadata.csv", "metadata.tsv")
_SOUNDS = {".wav", ".flac", ".ogg", ".opus", ".mp3", ".aiff", ".aif", ".au", ".w64", ".caf"}
_LANGUAGES = {
    **dict.fromkeys(("ky", "kir", "kyrgyz", "кыргызча"), KYRGYZ),
    **dict.fromkeys(("ru", "rus", "russian", "русский"), RUSSIAN),
}
_ONLY_KYRGYZ = frozenset("ңөү")
_SHORTEST, _LONGEST = 0.1, 30.0
_EDGE = FRAME_RATE // 20
"""Kept of the quiet before and after the speech: soft consonants are quiet too."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One file and what is said in it, normalised."""

    file: Path
    text: str
    locale: Locale
    speaker: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that can be used of a folder, and a line for each thing that cannot."""

    recordings: tuple[Recording, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    file: Path
    text: str
    speaker: str = ""
    locale: str = ""
    group: str = ""


def read_corpus(
    folder: Path,
    locale: Locale | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Corpus:
    """The recordings of a folder (or of a manifest file); ``locale`` where nothing tells it.

    Raises KioskError when there is nothing to measure with.
    """
    faults: list[str] = []
    rows = _rows(folder, faults)
    # One Kyrgyz letter anywhere: whoever wrote this manifest most likely wrote Kyrgyz.
    guess = KYRGYZ if any(_ONLY_KYRGYZ & set(row.text.lower()) for row in rows) else RUSSIAN
    found: dict[Path, Recording] = {}
    for number, row in enumerate(rows, 1):
        if number % 500 == 0:
            progress(f"{number} of {len(rows)} recordings looked at")
        spoken = _locale(row, locale or guess)
        text = normalise(row.text, spoken)
        fault = _fault(row, text) or ("listed twice" if row.file in found else None)
        if fault:
            faults.append(f"{row.where}: {fault}")
        else:
            found[row.file] = Recording(row.file, text, spoken, row.speaker, row.group)
    if not found:
        why = f" ({faults[0]})" if faults else ""
        raise KioskError(
            f"no recording in {folder} can be used{why}",
            "It needs sound files and a manifest.tsv with the columns file and transcript, "
            "or x.txt beside x.wav, or files named after what is said in them.",
        )
    return Corpus(tuple(found.values()), tuple(faults))


def chosen(corpus: Corpus, limit: int | None, seed: int) -> Corpus:
    """At most ``limit`` recordings, drawn by ``seed``."""
    if limit is None or limit >= len(corpus.recordings):
        return corpus
    drawn = random.Random(seed).sample(range(len(corpus.recordings)), limit)
    return replace(corpus, recordings=tuple(corpus.recordings[at] for at in sorted(drawn)))


def load_sound(file: Path) -> Sound:
    """A recording without the silence around it. Raises KioskError when it holds no sound."""
    try:
        samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as error:
        raise KioskError(f"{file.name} cannot be read: {error}", "Save it again.") from error
    mono = samples.mean(axis=1)
    sound = soxr.resample(mono, rate, FRAME_RATE) if rate != FRAME_RATE else mono
    size = FRAME_RATE // 50
    whole = len(sound) // size
    if whole < 2 or not np.isfinite(sound).all() or not sound.any():
        raise KioskError(f"{file.name} holds no sound", "Record it again.")
    power = np.mean(sound[: whole * size].reshape(whole, size) ** 2, axis=1)
    loud = np.flatnonzero(power > power.max() * 1e-4)  # 40 dB below the loudest
    start = max(int(loud[0]) * size - _EDGE, 0)
    return np.ascontiguousarray(sound[start : (int(loud[-1]) + 1) * size + _EDGE], np.float32)


def _rows(folder: Path, faults: list[str]) -> list[_Row]:
    if not folder.exists():
        raise KioskError(f"there is no folder {folder}", "Name a folder of recordings.")
    if folder.is_file():
        return list(_listed(folder, faults))
    manifest = next((folder / n for n in _MANIFESTS if (folder / n).is_file()), None)
    tables = sorted([*folder.glob("*.tsv"), *folder.glob("*.csv")])
    if manifest is None and len(tables) > 1:
        raise KioskError(
            f"{folder} has several tables ({', '.join(t.name for t in tables[:4])})",
            "Name the one that lists the recordings, instead of the folder.",
        )
    if manifest or tables:
        return list(_listed(manifest or tables[0], faults))
    sounds = sorted(f for f in folder.rglob("*") if f.suffix.lower() in _SOUNDS and f.is_file())
    return [_unlisted(folder, file) for file in sounds]


def _listed(manifest: Path, faults: list[str]) -> Iterator[_Row]:
    try:
        written = manifest.read_bytes().decode("utf-8-sig", "replace").replace("\0", "\ufffd")
    except OSError as error:
        raise KioskError(
            f"{manifest} cannot be read: {error.strerror}", "Make it readable."
        ) from error
    lines = written.splitlines()
    first = lines[0] if lines else ""
    mark = max("\t;,", key=first.count)
    # A tab-separated table has no quotes: Common Voice writes them as they are spoken.
    quotes = None if mark == "\t" else '"'
    table = csv.reader(lines, delimiter=mark, quotechar=quotes)
    names = [name.strip().lower() for name in next(table, [])]
    at = {
        what: next((names.index(name) for name in known if name in names), None)
        for what, known in COLUMNS.items()
    }
    for what in ("file", "text"):
        if at[what] is None:
            raise KioskError(
                f"{manifest} has no column for the {what} (it has {', '.join(names) or 'nothing'})",
                f"Name the columns in its first line: {' or '.join(COLUMNS[what][:4])}.",
            )
    while True:
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(f"{manifest.name} line {table.line_num}: {error}")
            continue
        where = f"{manifest.name} line {table.line_num}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(names):
            faults.append(f"{where}: {len(cells)} columns instead of {len(names)}")
            continue
        named = {what: cells[c].strip() if c is not None else "" for what, c in at.items()}
        file = named.pop("file")
        yield _Row(where, _found(manifest.parent, file), **named)


def _found(folder: Path, name: str) -> Path:
    """Common Voice keeps its sound in a folder of its own, which its tables do not name."""
    inside = folder / "clips" / name
    return inside if not (folder / name).is_file() and inside.is_file() else folder / name


def _unlisted(folder: Path, file: Path) -> _Row:
    where = str(file.relative_to(folder))
    speaker = file.parent.name if file.parent != folder else ""
    beside = file.with_suffix(".txt")
    if beside.is_file():
        return _Row(where, file, beside.read_bytes().decode("utf-8-sig", "replace"), speaker)
    spaced = re.sub(r"[_\-.\s]+", " ", file.stem)
    return _Row(where, file, re.sub(r"[\s\d()]+$", "", spaced), speaker)


def _locale(row: _Row, otherwise: Locale) -> Locale:
    told = _LANGUAGES.get(re.split("[-_]", row.locale.lower())[0])
    if told:
        return told
    return KYRGYZ if _ONLY_KYRGYZ & set(row.text.lower()) else otherwise


def _fault(row: _Row, text: str) -> str | None:
    if "\ufffd" in row.text:
        return "the text is not UTF-8"
    if not any(character.isalpha() for character in text):
        return "nothing tells what is said in it"
    if not row.file.is_file():
        return f"there is no file {row.file.name}"
    try:
        seconds = soundfile.info(row.file).duration
    except (soundfile.SoundFileError, OSError):
        return f"{row.file.name} is no sound file that can be read"
    if not _SHORTEST <= seconds <= _LONGEST:
        return f"{row.file.name} lasts {seconds:.1f} s; {_SHORTEST} to {_LONGEST} s can be judged"
    return None
