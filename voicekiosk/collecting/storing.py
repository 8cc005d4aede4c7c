"""A collection on disk: enabled by staff, closed to others, swept of all that may not be kept."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Collection as Many
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType

from voicekiosk.collecting.enabling import MARK, as_json, refuse_inside, unwritable
from voicekiosk.collecting.errors import CollectError
from voicekiosk.collecting.manifest import (
    PART,
    Line,
    read_manifest,
    write_manifest,
    write_whole,
)
from voicekiosk.core.types import Pcm
from voicekiosk.recording.sounds import flac

LOCK = ".lock"
CONSENT, SPOKEN_YES = "consent.json", "consent.flac"
SPEAKER = re.compile(r"s\d{6}")
LEAST_FREE = 50_000_000
"""Bytes: a full disk in the middle of a sitting wastes a person's time."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was deleted, and why."""

    why: str
    recordings: int
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    id: str
    group: str
    locale: str
    recordings: int
    recorded_on: str
    expires_on: str


class VoiceCollection:
    """An enabled folder, held by one process at a time. What a power cut left is swept."""

    def __init__(self, folder: Path, outside: Many[Path] = ()) -> None:
        refuse_inside(folder, outside)
        if not (folder / MARK).is_file():
            raise CollectError(
                f"{folder} is not enabled for recordings of voices",
                "Recording is off until staff allows it, once: voicekiosk collect "
                f"--out {folder} --enable --responsible 'NAME, telephone'",
            )
        self.folder = folder
        self.swept: tuple[Removed, ...] = ()
        self._lock = -1
        self._lines: list[Line] = []

    def __enter__(self) -> VoiceCollection:
        try:
            if os.name == "posix" and self.folder.stat().st_mode & 0o077:
                self.folder.chmod(0o700)
            self._take_lock()
            self._lines = read_manifest(self.folder)
            self.swept = self._sweep()
        except OSError as error:
            self._release()
            raise unwritable(self.folder, error) from error
        except CollectError:
            self._release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with suppress(OSError):
                self._sweep()  # somebody agreed and then said nothing: no trace is kept
        finally:
            self._release()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    @property
    def responsible(self) -> str:
        """Who answers for the recordings."""
        try:
            return str(json.loads((self.folder / MARK).read_text(encoding="utf-8"))["responsible"])
        except (OSError, ValueError, KeyError, TypeError):
            return "nobody any more (enable the folder again)"

    def said_so_far(self) -> Counter[tuple[str, str]]:
        """How often each (locale, transcript) is in the collection: the rarest is asked for."""
        return Counter((line.locale, line.transcript) for line in self._lines)

    def new_number(self) -> str:
        """Six digits nobody has yet. They tell nothing about the person."""
        while (self.folder / f"s{(number := f'{secrets.randbelow(1_000_000):06d}')}").exists():
            pass
        return number

    def check_ready(self, today: date) -> None:
        """Raises CollectError when nothing should be recorded now: no room, or a wrong clock."""
        free = shutil.disk_usage(self.folder).free
        if free < LEAST_FREE:
            raise CollectError(
                f"Only {free // 1_000_000} MB are free for {self.folder}",
                "Free some space, or choose a folder on another disk",
            )
        latest = max((line.recorded_on for line in self._lines), default="")
        if latest > today.isoformat():
            raise CollectError(
                f"It is {today} here, but the last recording is of {latest}",
                "Set the date of this machine: it decides how long a voice is kept",
            )

    def agree(self, speaker: str, consent: dict[str, object]) -> None:
        """Store what was agreed to, before anything is recorded. Raises CollectError."""
        folder = self.folder / speaker
        try:
            folder.mkdir(mode=0o700)
            write_whole(folder / CONSENT, as_json({"speaker": speaker, **consent}))
        except OSError as error:
            raise unwritable(folder, error) from error

    def keep_spoken_yes(self, speaker: str, pcm: Pcm) -> None:
        self._write(self.folder / speaker / SPOKEN_YES, flac(pcm))

    def keep(self, line: Line, pcm: Pcm) -> None:
        """The sound, then its line: without the line the sound is swept. Raises CollectError."""
        path = self.folder / line.file
        self._write(path, flac(pcm))
        try:
            write_manifest(self.folder, [*self._lines, line])
        except OSError as error:
            path.unlink(missing_ok=True)
            raise unwritable(self.folder, error) from error
        self._lines.append(line)

    def withdraw(self, speaker: str) -> Removed:
        """Remove everything of a speaker, by id or by its digits. Raises CollectError."""
        name = speaker if speaker.startswith("s") else f"s{speaker}"
        known = {s.id for s in self.speakers()}
        if not SPEAKER.fullmatch(name) or not (name in known or (self.folder / name).is_dir()):
            listed = f"It has {', '.join(sorted(known))}" if known else "It is empty"
            raise CollectError(
                f"{self.folder} has no speaker {speaker}", f"{listed}; see also --list"
            )
        return self._remove({name}, f"{name} withdrew")

    def expire(self, today: date) -> Removed | None:
        """Remove every speaker whose last day is over. Raises CollectError."""
        over = {s.id for s in self.speakers() if s.expires_on < today.isoformat()}
        return self._remove(over, f"kept long enough on {today}") if over else None

    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody of whom there is a recording."""
        lines: dict[str, list[Line]] = {}
        for line in self._lines:
            lines.setdefault(line.speaker, []).append(line)
        return tuple(
            Speaker(
                name,
                said[0].group,
                said[0].locale,
                len(said),
                min(line.recorded_on for line in said),
                min(line.expires_on for line in said),
            )
            for name, said in sorted(lines.items())
        )

    def _remove(self, speakers: set[str], why: str) -> Removed:
        kept = [line for line in self._lines if line.speaker not in speakers]
        removed = Removed(why, len(self._lines) - len(kept), tuple(sorted(speakers)))
        try:
            # The lines first: sound without a line is swept at the next start.
            write_manifest(self.folder, kept)
            self._lines = kept
            for speaker in speakers:
                if (self.folder / speaker).is_dir():
                    shutil.rmtree(self.folder / speaker)
        except OSError as error:
            raise CollectError(
                f"Not everything of {', '.join(sorted(speakers))} could be removed ({error})",
                f"Make {self.folder} writable and start the same command again",
            ) from error
        return removed

    def _sweep(self) -> tuple[Removed, ...]:
        """Remove what a power cut or an unfinished removal left: sound that no line knows."""
        known = {line.file for line in self._lines}
        speakers = {line.speaker for line in self._lines}
        unknown, empty = 0, []
        for path in self.folder.glob(f"*{PART}"):
            path.unlink()
        for folder in sorted(self.folder.iterdir()):
            if not (SPEAKER.fullmatch(folder.name) and folder.is_dir()):
                continue
            if folder.name not in speakers:
                unknown += sum(1 for file in folder.iterdir() if file.suffix == ".flac")
                shutil.rmtree(folder)
                empty.append(folder.name)
                continue
            for file in folder.iterdir():
                if file.name in (CONSENT, SPOKEN_YES):
                    continue
                if f"{folder.name}/{file.name}" not in known:
                    file.unlink()
                    unknown += file.suffix == ".flac"
        if not unknown and not empty:
            return ()
        return (Removed("no line of the manifest knew them", unknown, tuple(empty)),)

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_whole(path, content)
        except OSError as error:
            raise unwritable(path.parent, error) from error

    def _take_lock(self) -> None:
        if os.name != "posix":
            return
        import fcntl

        self._lock = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CollectError(
                f"{self.folder} is in use by another voicekiosk collect", "End that one first"
            ) from error

    def _release(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
