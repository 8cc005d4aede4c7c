"""Adds models to the models folder and removes them, never leaving half of one."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from voicekiosk.core.types import KYRGYZ, RUSSIAN, language_of
from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.installed_models import (
    RECORD,
    Installed,
    installed,
    looks_like_a_model,
    no_progress,
    sha256_of,
    strays,
    write_record,
)
from voicekiosk.recognition.model_folder import Entry, catalogue
from voicekiosk.recognition.native_probe import check_native, known_words
from voicekiosk.unpacking import Parcel, Progress, room, unpack

LANGUAGES = {language_of(locale): locale for locale in (KYRGYZ, RUSSIAN)}
DEAF_WITHOUT = "vosk-ky"
"""The first ear: without it the kiosk hears nothing."""
PARCEL = Parcel(
    what="model",
    failure=RecognitionError,
    elsewhere="Get the model from where its maker publishes it.",
    make_room="Free some space: voicekiosk models remove NAME.",
    most_bytes=2_000_000_000,  # the largest small model has under 200 MB
    most_files=2_000,
    most_ratio=50,  # networks hardly shrink
)
_ENOUGH = 0.5
"""A model of a language knows at least this share of the content's words in it."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LANGUAGE = re.compile(r"(?:^|-)([a-z]{2})(?:-[a-z]{2})?(?:-\d[\w.]*)?$")
_ASIDE = re.compile(r"\.(?:adding|removing)-(\d+)-")
_SPOKEN = (("ky", ("kyrgyz", "kirghiz", "кыргыз")), ("ru", ("russian", "русск")))


def add(
    source: Path,
    models: Path,
    content_words: Mapping[str, Collection[str]],
    today: date,
    *,
    language: str | None = None,
    sha256: str | None = None,
    progress: Progress = no_progress,
) -> Installed:
    """Install the model in a folder or .zip.

    ``content_words``: for ``ky`` and ``ru`` the words of the content, to tell whether the model
    is of that language. ``sha256``: of the archive, where its maker publishes it. Raises
    RecognitionError, and then nothing has changed.
    """
    if not source.exists():
        raise RecognitionError(f"there is nothing at {source}", "Name a model's folder or .zip.")
    ours = catalogue(models)
    _sweep(models)
    fingerprint = _checked(source, sha256, progress)
    with _aside(models, "adding") as aside:
        if source.is_dir():
            # Looked at where it is: somebody may have named his whole home folder.
            original = _model_in(source.resolve(), source)
            folder = aside / original.name
            _copy(original, folder, progress)
        else:
            (aside / source.stem).mkdir()
            unpack(source, aside / source.stem, progress, PARCEL)
            folder = _model_in(aside / source.stem, source)
        name = folder.name
        if not _NAME.fullmatch(name):
            raise RecognitionError(
                f"{name!r} cannot be a model's name", "Rename it: letters, digits, - _ and dots."
            )
        if (models / name).exists():
            raise RecognitionError(
                f"there is a {name} already", f"First: voicekiosk models remove {name}"
            )
        if entry := ours.get(name):
            _as_catalogued(folder, entry)
        else:
            check_native(folder)
            spoken = _language(folder, name, language)
            _of_language(folder, name, spoken, content_words)
            (folder / RECORD).unlink(missing_ok=True)
            write_record(folder, name, LANGUAGES[spoken], today, fingerprint)
        folder.rename(models / name)
    return installed(models)[name]


def remove(name: str, models: Path, *, force: bool = False) -> None:
    """Raises RecognitionError when it is not installed, or the kiosk would be deaf."""
    there = installed(models)
    if name not in there and name not in strays(models):
        raise RecognitionError(
            f"no model {name!r} is installed", f"Installed are: {', '.join(there) or 'none'}."
        )
    if name == DEAF_WITHOUT and not force:
        raise RecognitionError(
            f"without {name} the kiosk would be deaf", "If that is meant, add --force."
        )
    with _aside(models, "removing") as aside:
        (models / name).rename(aside / name)


def _checked(source: Path, expected: str | None, progress: Progress) -> str:
    if source.is_dir():
        if expected:
            raise RecognitionError(
                "a checksum is of an archive, and a folder was named", "Name the .zip itself."
            )
        return ""
    progress(f"reading {source.name}", 0, 1)
    found = sha256_of(source)
    if expected and expected.strip().lower() != found:
        raise RecognitionError(
            f"{source.name} has another checksum ({found})",
            "Copy or download it again; if it is the same again, do not use it.",
        )
    return found


def _copy(source: Path, to: Path, progress: Progress) -> None:
    """Files and folders only: a link would make the model depend on what lies elsewhere."""
    files = sorted(p for p in source.rglob("*") if not p.is_dir() or p.is_symlink())
    if linked := [p for p in files if p.is_symlink()]:
        raise RecognitionError(
            f"{source.name} holds a link ({linked[0].relative_to(source)})",
            "Copy the model with the files themselves: cp -rL.",
        )
    room(to.parent, sum(p.stat().st_size for p in files), PARCEL)
    for at, file in enumerate(files, 1):
        target = to / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        progress("copying", at, len(files))


def _model_in(folder: Path, source: Path) -> Path:
    """The model's folder: what was named is it, or holds it."""
    for inside in (folder, *sorted(p for p in folder.iterdir() if p.is_dir())):
        if looks_like_a_model(inside):
            return inside
    raise RecognitionError(
        f"{source.name} is no recognition model: it has no am/final.mdl",
        "Name the folder that holds am, conf and graph, or its .zip.",
    )


def _as_catalogued(folder: Path, entry: Entry) -> None:
    for file, expected in entry.files.items():
        if not (folder / file).is_file() or sha256_of(folder / file) != expected:
            raise RecognitionError(
                f"{entry.name}/{file} has another checksum than the catalogue says",
                "Copy the model again from the kiosk's own distribution.",
            )


def _language(folder: Path, name: str, told: str | None) -> str:
    """``ky`` or ``ru``: as told, else from the name, else from the README."""
    if told:
        return told
    if (found := _LANGUAGE.search(name.lower())) and found[1] in LANGUAGES:
        return found[1]
    if found:
        raise RecognitionError(
            f"{name} is a model of another language ({found[1]})",
            "The kiosk speaks Kyrgyz and Russian; if the name misleads: --language ky or ru.",
        )
    for file in sorted(folder.glob("README*")):
        text = file.read_text("utf-8", errors="replace")[:4000].lower()
        named = [code for code, words in _SPOKEN if any(word in text for word in words)]
        if len(named) == 1:
            return named[0]
    raise RecognitionError(
        f"neither its name nor a README tells the language of {name}",
        "Tell it: --language ky or --language ru.",
    )


def _of_language(
    folder: Path, name: str, spoken: str, content_words: Mapping[str, Collection[str]]
) -> None:
    wanted = set(content_words[spoken])
    known = known_words(folder, wanted)
    if len(known) < _ENOUGH * len(wanted):
        raise RecognitionError(
            f"{name} knows {len(known)} of the content's {len(wanted)} words in "
            f"{'Kyrgyz' if spoken == 'ky' else 'Russian'}: it is a model of another language",
            "Add a model of Kyrgyz or Russian; if its name misleads, say --language.",
        )


@contextmanager
def _aside(models: Path, doing: str) -> Iterator[Path]:
    """A folder beside the models that is gone afterwards, whatever happens."""
    try:
        with tempfile.TemporaryDirectory(
            dir=models, prefix=f".{doing}-{os.getpid()}-", ignore_cleanup_errors=True
        ) as aside:
            yield Path(aside)
    except OSError as error:
        raise RecognitionError(
            f"{error.filename or models} cannot be read or written ({error.strerror or error})",
            "Make it readable, the models folder writable for this user, and free some space.",
        ) from error


def _sweep(models: Path) -> None:
    """What a power cut left behind: folders aside whose process is no more."""
    for folder in models.iterdir():
        owner = _ASIDE.match(folder.name)
        if owner and not Path(f"/proc/{owner[1]}").exists():
            shutil.rmtree(folder, ignore_errors=True)
