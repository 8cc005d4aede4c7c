"""Keeps rendered clips on disk, so that a restart speaks at once; does without when it cannot."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from voicekiosk.core.types import Clip, Seconds
from voicekiosk.prompts import sound

FORMAT = "1"
"""Part of every key: raise it when rendering changes, and old clips are not found again."""


class ClipCache:
    """One file a clip: a line of JSON, then FLAC. ``folder=None`` keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._writable = folder is not None

    def _path(self, sentences: Sequence[str], voice: str) -> Path | None:
        if self._folder is None:
            return None
        key = json.dumps([FORMAT, voice, *sentences], ensure_ascii=False)
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.clip"

    def has(self, sentences: Sequence[str], voice: str) -> bool:
        path = self._path(sentences, voice)
        try:
            return path is not None and path.is_file()
        except OSError:
            return False

    def load(self, sentences: Sequence[str], voice: str) -> Clip | None:
        """None when it is not there or damaged: it is then rendered again."""
        path = self._path(sentences, voice)
        if path is None:
            return None
        try:
            head, encoded = path.read_bytes().split(b"\n", 1)
            fields = json.loads(head)
            if hashlib.sha256(encoded).hexdigest() != fields["sha256"]:
                return None
            starts = tuple(Seconds(float(start)) for start in fields["starts"])
            return Clip(sound.pcm_of(sound.decode(encoded)), starts, voice, recorded=False)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, sentences: Sequence[str], voice: str, clip: Clip) -> None:
        path = self._path(sentences, voice)
        if path is None or not self._writable:
            return
        encoded = sound.encode(sound.samples_of(clip.pcm), "flac")
        seal = {"starts": clip.starts, "sha256": hashlib.sha256(encoded).hexdigest()}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Written beside and moved: a power cut leaves the old clip or the new one.
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(seal).encode() + b"\n" + encoded)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            self._writable = False  # a full or read-only disk is no reason to stop speaking
            logging.getLogger(__name__).warning("clips are kept in memory only: %s", error)
