"""A folder of recordings from a telephone: which file is which line of the sheet."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from statistics import median

from voicekiosk.packs import cutting
from voicekiosk.packs.any_sound import ENDINGS, read_any
from voicekiosk.packs.work import Line, Take, Work
from voicekiosk.ports import PromptError
from voicekiosk.prompts.sound import Samples

MOST_FILES = 10_000
SPLIT_LONGEST = 40 * 60.0
"""Seconds of one long recording: more does not fit into the memory of a small machine."""
PACE_WITHIN, ENOUGH_TO_TELL = 0.22, 12
"""Natural logarithm, and recordings. Tried on 40 lines of the starter pack with unevenness added:
the spread was 0.30 (median) when off by one, at most 0.15 in the right order."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """One file, and what became of it."""

    file: Path
    line: Line | None = None
    fault: str | None = None
    """Why it is not taken."""
    doubt: str | None = None
    """It is taken; somebody should listen to it."""
    seconds: float = 0.0


def sounds_in(folder: Path) -> tuple[Path, ...]:
    """Every recording in a folder and its folders, 2 before 10. Raises PromptError."""
    if folder.is_file() and folder.suffix.lower() in ENDINGS:
        return (folder,)
    if not folder.is_dir():
        raise PromptError(f"There is no folder {folder}", "Name the folder with the recordings.")
    files = []
    for at, file in enumerate(folder.rglob("*")):
        if at > MOST_FILES:
            raise PromptError(
                f"{folder} holds more than {MOST_FILES} files",
                "Put the recordings into a folder of their own.",
            )
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() in ENDINGS and not hidden and file.is_file():
            files.append(file)
    if not files:
        raise PromptError(
            f"There is no recording in {folder}",
            f"Recordings end in {', '.join(sorted(ENDINGS)[:12])} and the like.",
        )
    return tuple(sorted(files, key=_natural))


def _natural(file: Path) -> tuple[tuple[int, int, str], ...]:
    parts = re.split(r"(\d+)", _plain(str(file)))
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts)


def _plain(name: str) -> str:
    """As it looks: one system writes й as one sign, another as two."""
    return unicodedata.normalize("NFC", name).casefold()


def by_name(files: Sequence[Path], work: Work) -> tuple[Found, ...]:
    """By a prompt's name or by the number on the sheet; nothing is guessed."""
    return _without_doubles([_named(file, work) for file in files])


def _named(file: Path, work: Work) -> Found:
    name = _plain(file.stem)
    lines = [line for line in work.lines if _plain(line.spoken.prompt) == name]
    if len(lines) > 1:
        lines = [line for line in lines if _plain(line.spoken.locale) == _plain(file.parent.name)]
        if not lines:
            return Found(file, fault="in which language? Put it into a folder named like ky-KG")
    if lines:
        return Found(file, lines[0])
    number = number_in(name)
    if number is None:
        return Found(file, fault="neither a number of the sheet nor a prompt's name")
    for line in work.lines:
        if line.number == number:
            return Found(file, line)
    return Found(file, fault=f"there is no line {number} on the sheet")


def number_in(name: str) -> int | None:
    """The number of the sheet in a file's name: ``017``, ``17 hello``, ``Запись 017 (2)``."""
    without_copy = re.sub(r"[ _-]*\(\d{1,2}\)$", "", name) or name
    groups = re.findall(r"\d+", without_copy) or re.findall(r"\d+", name)
    # A date or a time of day is several numbers, or one that is longer than any on a sheet.
    return int(groups[0]) if len(groups) == 1 and len(groups[0]) <= 4 else None


def _without_doubles(found: Iterable[Found]) -> tuple[Found, ...]:
    """Two recordings of one line: only a person can say which. Copies of one file are one."""
    by_line: dict[int, list[Found]] = {}
    others = []
    for each in found:
        if each.line is None:
            others.append(each)
        else:
            by_line.setdefault(each.line.number, []).append(each)
    kept = []
    for _, same in sorted(by_line.items()):
        if len({_sha256(each.file) for each in same}) > 1:
            names = ", ".join(each.file.name for each in same)
            kept += [replace(each, fault=f"double: {names}. Keep one") for each in same]
        else:
            kept.append(same[0])
    return (*kept, *others)


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:  # said when it is read
        return str(file)


def by_order(files: Sequence[Path], lines: Sequence[Line]) -> tuple[Found, ...]:
    """The first file is the first line. Raises PromptError when the numbers differ."""
    if len(files) != len(lines):
        raise PromptError(_count("file", len(files), lines), _mend(len(files), lines))
    return tuple(Found(file, line) for file, line in zip(files, lines, strict=True))


def by_time(files: Sequence[Path]) -> tuple[Path, ...]:
    """The oldest first, by the time of the files."""
    return tuple(sorted(files, key=lambda file: (file.stat().st_mtime, _natural(file))))


def _count(what: str, count: int, lines: Sequence[Line]) -> str:
    return f"{count} {what}{'s' if count != 1 else ''} cannot be {len(lines)} lines of the sheet"


def _mend(count: int, lines: Sequence[Line]) -> str:
    if 0 < count < len(lines):
        first = lines[0].number
        last = first + count - 1
        return (
            f"When they are lines {first} to {last}, say --from {first} --to {last}; "
            "or name each file by its number."
        )
    return "Say which lines they are with --from and --to; or name each file by its number."


def heard(found: Sequence[Found], progress: Progress) -> tuple[Found, ...]:
    """Listens to every file that was matched, and says what is odd about it."""
    listened = []
    for done, each in enumerate(found):
        progress(done, len(found))
        listened.append(_heard(each) if each.line and not each.fault else each)
    progress(len(found), len(found))
    return tuple(listened)


def _heard(found: Found) -> Found:
    assert found.line is not None
    try:
        samples, rate = read_any(found.file)
    except PromptError as error:
        return replace(found, fault=error.what)
    return judged(found, samples, rate)


def judged(found: Found, samples: Samples, rate: int) -> Found:
    assert found.line is not None
    spoken = cutting.span(samples, rate)
    if spoken is None:
        return replace(found, fault="nothing can be heard")
    seconds = (spoken[1] - spoken[0]) / rate
    doubt = cutting.hurry(found.line.text, seconds)
    if doubt is None and cutting.clipped(samples) > cutting.MOST_CLIPPED:
        doubt = "distorted: recorded too loud"
    return replace(found, seconds=seconds, doubt=doubt)


def refuse_wrong_order(found: Sequence[Found]) -> None:
    """When many lengths do not fit their texts, one file is missing or one is too many."""
    matched = [each for each in found if each.line and not each.fault]
    odd = [each for each in matched if each.doubt and "for its text" in each.doubt]
    if len(odd) >= 2 and len(odd) * 4 > len(matched):
        first = odd[0]
        raise PromptError(
            f"The order seems to be wrong: {len(odd)} of {len(matched)} recordings are too long or "
            f"too short for their lines, the first is {first.file.name}",
            "Look for a file that is missing or too many before it; or name files by their number.",
        )


def looks_slipped(found: Sequence[Found]) -> bool:
    """Whether lengths and texts go so badly together that the order may be off by one.

    One who reads keeps a pace: half of all recordings within 15 % of it, in the right order.
    """
    matched = [each for each in found if each.line and not each.fault]
    if len(matched) < ENOUGH_TO_TELL:
        return False
    paces = [
        log(each.seconds / (5 + sum(sign.isalnum() for sign in each.line.text)))
        for each in matched
        if each.line
    ]
    middle = median(paces)
    return median(abs(pace - middle) for pace in paces) > PACE_WITHIN


def keep(work: Work, found: Sequence[Found], progress: Progress) -> int:
    """Bring what was matched into the work folder; how many takes were brought."""
    matched = [each for each in found if each.line and not each.fault]
    for done, each in enumerate(matched):
        progress(done, len(matched))
        assert each.line is not None
        work.keep(each.line.spoken, *read_any(each.file), _take(work, each.line))
    progress(len(matched), len(matched))
    return len(matched)


def _take(work: Work, line: Line) -> Take:
    return Take(line.text, work.speaker, recorded=True)


def cut_up(file: Path, lines: Sequence[Line]) -> tuple[tuple[Found, ...], list[Samples], int]:
    """One long recording of all lines, cut at the pauses between them. Raises PromptError."""
    samples, rate = read_any(file, SPLIT_LONGEST)
    pieces = cutting.split(samples, rate, len(lines))
    if isinstance(pieces, int):
        raise PromptError(
            f"The pauses in {file.name} do not tell {len(lines)} lines apart: "
            f"{pieces} of them are longer than a second",
            "Between lines, wait two seconds. " + _mend(pieces + 1, lines),
        )
    found = [
        judged(Found(file, line), piece, rate) for line, piece in zip(lines, pieces, strict=True)
    ]
    return tuple(found), pieces, rate


def keep_pieces(work: Work, found: Sequence[Found], pieces: Sequence[Samples], rate: int) -> int:
    taken = 0
    for each, piece in zip(found, pieces, strict=True):
        if each.line and not each.fault:
            work.keep(each.line.spoken, piece, rate, _take(work, each.line))
            taken += 1
    return taken
