"""Takes into a pack: cut to the speech, equally loud, encoded, sealed, signed, one file."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.packs import cutting
from voicekiosk.packs.any_sound import read_any
from voicekiosk.packs.archive import SUFFIX, pack_up
from voicekiosk.packs.encoding import encoded
from voicekiosk.packs.signing import SigningKey, sign
from voicekiosk.packs.work import Line, Take, Work, text_of
from voicekiosk.ports import PLAYBACK_RATE, PromptError
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import Entry, Manifest, Pack, write_pack
from voicekiosk.prompts.sound import Samples

BUILD = "build"
"""Folder in the work folder where the pack is put together."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about one take that a person must mend."""

    spoken: Spoken
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.spoken.prompt} ({self.spoken.locale}): {self.what}. {self.mend}"


@dataclass(frozen=True, slots=True)
class Built:
    pack: Pack
    file: Path
    left_out: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...]
    missing: tuple[Spoken, ...] = field(default=())
    """On the sheet, and nobody has recorded them."""


class _LeftOut(Exception):
    def __init__(self, what: str, mend: str, usable: bool = True) -> None:
        super().__init__(what)
        self.what, self.mend, self.usable = what, mend, usable


def build(
    work: Work,
    content: Content,
    out: Path | None = None,
    *,
    key: SigningKey | None = None,
    wanted: Collection[str] = (),
    licences: Mapping[str, str] | None = None,
    progress: Progress = lambda what, done, of: None,
) -> Built:
    """Make the pack of a work folder. Raises PromptError when there is nothing to make.

    A take that cannot be used is left out and named, unless somebody has listened to it and its
    prompt is ``wanted``; silence is never wanted. ``licences`` of the synthetic voices, by the
    first word of their names.
    """
    out = out or work.folder
    if out.is_dir():
        out = out / f"{work.id}-{work.version}{SUFFIX}"
    if not out.absolute().parent.is_dir():
        raise PromptError(f"There is no folder for {out}", "Make it, or choose another.")
    folder = work.folder / BUILD / f"{work.id}-{work.version}"
    entries: dict[Spoken, Entry] = {}
    left_out: list[Trouble] = []
    warnings: list[Trouble] = []
    missing: list[Spoken] = []
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        # Opus is most of the work, and it runs beside Python.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            made = pool.map(lambda line: _made(work, line, folder, wanted, content), work.lines)
            for done, (line, one) in enumerate(zip(work.lines, made, strict=True)):
                progress("building", done, len(work.lines))
                if one is None:
                    missing.append(line.spoken)
                elif isinstance(one, Trouble):
                    left_out.append(one)
                else:
                    entries[line.spoken] = one[0]
                    warnings += one[1]
        progress("building", len(work.lines), len(work.lines))
        if not entries:
            why = f": {left_out[0]}" if left_out else ""
            raise PromptError(
                f"No take in {work.folder} can be used{why}",
                "" if left_out else "Record first: voicekiosk pack record, or import-recordings.",
            )
        pack = Pack(folder, _manifest(work, entries, licences or {}))
        write_pack(pack)
        if key:
            sign(folder, key)
        pack_up(folder, out, progress)
    except OSError as error:
        raise PromptError(
            f"{folder} cannot be written: {error.strerror or error}", "Free some space."
        ) from error
    return Built(pack, out, tuple(left_out), tuple(warnings), tuple(missing))


def _manifest(work: Work, entries: Mapping[Spoken, Entry], licences: Mapping[str, str]) -> Manifest:
    present = {spoken.locale for spoken in entries}
    voices = {entry.voice for entry in entries.values() if not entry.recorded}
    theirs = {licences[first] for voice in voices if (first := voice.split(" ")[0]) in licences}
    only_voices = all(not entry.recorded for entry in entries.values())
    parts = [*([] if only_voices and theirs else [work.licence]), *sorted(theirs)]
    return Manifest(
        work.id,
        work.version,
        work.content,
        tuple(locale for locale in work.locales if locale in present),
        work.speaker,
        work.dialect,
        " AND ".join(dict.fromkeys(parts)),
        entries,
    )


def _made(
    work: Work, line: Line, folder: Path, wanted: Collection[str], content: Content
) -> tuple[Entry, tuple[Trouble, ...]] | Trouble | None:
    """The clip and what is odd about it; or why it is left out; None: there is no take."""
    spoken = line.spoken
    if not work.take(spoken).is_file():
        return None
    keep = spoken.prompt in wanted
    try:
        take = work.about(spoken)
        assert take is not None
        samples, rate = read_any(work.take(spoken))
        samples, cut = _speech(take, samples, rate, wanted=keep)
    except PromptError as error:
        return Trouble(spoken, error.what, error.mend)
    except _LeftOut as fault:
        listen = f" Or listen to it, and keep it: --keep {spoken.prompt}" if fault.usable else ""
        return Trouble(spoken, fault.what, fault.mend + listen)
    found = _warnings(take, samples, rate, text_of(content, spoken))
    entry = _entry(folder, line, take, samples, rate, cut)
    return entry, tuple(Trouble(spoken, what, mend) for what, mend in found)


def _entry(
    folder: Path, line: Line, take: Take, samples: Samples, rate: int, cut: tuple[int, int]
) -> Entry:
    speech, more = sound.trimmed(sound.resampled(samples[cut[0] : cut[1]], rate))
    opus, loudness = encoded(sound.levelled(speech))
    name = f"{line.spoken.locale}/{line.spoken.prompt}.opus"
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(opus)
    begin, length = cut[0] / rate + more, len(speech) / PLAYBACK_RATE
    starts = (0.0, *(round(max(0.0, start - begin), 3) for start in take.starts[1:]))
    if starts[-1] >= length or list(starts) != sorted(set(starts)):
        starts = (0.0,)  # shared out by letters when it is played
    return Entry(
        prompt=line.spoken.prompt,
        locale=line.spoken.locale,
        file=name,
        sha256=hashlib.sha256(opus).hexdigest(),
        text=take.text,
        recorded=take.recorded,
        voice=take.voice,
        starts=starts,
        loudness=loudness,
        duration=length,
    )


def _speech(
    take: Take, samples: Samples, rate: int, *, wanted: bool
) -> tuple[Samples, tuple[int, int]]:
    """Without an offset, and from where to where somebody speaks."""
    share = cutting.clipped(samples)
    samples = samples - np.median(samples)  # a click would move the mean
    span = cutting.span(samples, rate)
    if span is None:
        raise _LeftOut("nothing can be heard", "Record it again.", usable=False)
    if wanted:
        return samples, span
    if share > cutting.MOST_CLIPPED:
        raise _LeftOut(
            f"it is distorted: {share:.1%} of it has hit the top",
            "Record it again, further from the microphone.",
        )
    if odd := cutting.hurry(take.text, (span[1] - span[0]) / rate):
        raise _LeftOut(odd, "Record it again, whole and nothing else.")
    return samples, span


def _warnings(take: Take, samples: Samples, rate: int, text: str | None) -> list[tuple[str, str]]:
    found = []
    noise = cutting.noise(samples, rate)
    if noise > cutting.NOISY:
        found.append(
            (f"the room is heard, {-noise:.0f} dB below the voice", "Record where it is quiet.")
        )
    if text is None:
        found.append(("the content has this prompt no more", "It will not be played."))
    elif text.split() != take.text.split():
        found.append(
            (
                "the text has changed since it was recorded",
                "It will not be played; record it again.",
            )
        )
    return found
