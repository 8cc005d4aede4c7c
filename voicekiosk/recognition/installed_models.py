"""Which models are installed, which could be, and whether every file is as it came."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.model_folder import CATALOGUE, catalogue, verify
from voicekiosk.unpacking import Progress

RECORD = "installed.toml"
"""In the folder of every model that was added: it appears and goes with the model itself."""
NATIVE = "native"
"""The engine of a plain Vosk model, which brings its own graph and words."""


def no_progress(what: str, done: int, total: int) -> None:
    """For callers that show none."""


@dataclass(frozen=True, slots=True)
class Known:
    """A native model that fits the kiosk and that a technician may add."""

    name: str
    languages: tuple[str, ...]
    licence: str
    size: int
    """Megabytes, unpacked, about."""
    summary: str


@dataclass(frozen=True, slots=True)
class Installed:
    """A model in the models folder: one of the catalogue, or one that was added."""

    name: str
    engine: str
    languages: tuple[str, ...]
    licence: str
    size: int
    """Bytes on the disk."""
    added: str = ""
    """The day, for a model that was added."""
    files: Mapping[str, str] = field(default_factory=dict)


def known_natives(models: Path) -> dict[str, Known]:
    """Native models named in the catalogue, whether installed or not."""
    listed = tomllib.loads((models / CATALOGUE).read_text("utf-8")).get("native", {})
    return {
        name: Known(name, tuple(m["languages"]), m["licence"], int(m["size_mb"]), m["summary"])
        for name, m in listed.items()
    }


def installed(models: Path) -> dict[str, Installed]:
    """Every model that is there. Raises RecognitionError when a record cannot be read."""
    ours = catalogue(models)
    found: dict[str, Installed] = {}
    for folder in sorted(p for p in models.iterdir() if p.is_dir() and p.name[0] != "."):
        if entry := ours.get(folder.name):
            found[folder.name] = Installed(
                *(entry.name, entry.engine, entry.languages, entry.licence, _size(folder)),
                files=entry.files,
            )
        elif (folder / RECORD).is_file():
            found[folder.name] = _recorded(folder)
    return found


def strays(models: Path) -> list[str]:
    """Models that were laid there by hand: nobody looked whether they can be listened with."""
    there = installed(models)
    return sorted(
        p.name
        for p in models.iterdir()
        if p.name[0] != "." and p.name not in there and looks_like_a_model(p)
    )


def looks_like_a_model(folder: Path) -> bool:
    """Of any kind, whole or not: what must be said of it is said by whoever wants to use it."""
    return any((folder / part).is_file() for part in ("am/final.mdl", "final.mdl", "mdef"))


def verify_installed(model: Path, progress: Progress = no_progress) -> None:
    """Raise RecognitionError unless every file is as when the model was catalogued or added."""
    if not (model / RECORD).is_file():
        verify(model)
        return
    recorded = _recorded(model)
    for at, (name, expected) in enumerate(recorded.files.items()):
        progress(f"reading {model.name}", at, len(recorded.files))
        file = model / name
        if not file.is_file() or sha256_of(file) != expected:
            raise RecognitionError(
                f"{model.name}/{name} is not the file that was added",
                f"voicekiosk models remove {model.name}, and add it again.",
            )
    progress(f"reading {model.name}", len(recorded.files), len(recorded.files))


def sha256_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def write_record(folder: Path, name: str, locale: str, today: date, fingerprint: str) -> None:
    lines = [
        "# Written by `voicekiosk models add`; `voicekiosk models verify` reads it.",
        f'name = "{name}"',
        f'engine = "{NATIVE}"',
        f'languages = ["{locale}"]',
        f'added = "{today.isoformat()}"',
        *([f'archive_sha256 = "{fingerprint}"'] if fingerprint else []),
        "",
        "[files]",
    ]
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        # A JSON string is a TOML string, whatever the file is called.
        path = json.dumps(file.relative_to(folder).as_posix(), ensure_ascii=False)
        lines.append(f'{path} = "{sha256_of(file)}"')
    (folder / RECORD).write_text("\n".join(lines) + "\n", "utf-8")


def _recorded(folder: Path) -> Installed:
    try:
        told = tomllib.loads((folder / RECORD).read_text("utf-8"))
        languages = tuple(str(language) for language in told["languages"])
        known = known_natives(folder.parent).get(folder.name)
        return Installed(
            *(folder.name, str(told["engine"]), languages, known.licence if known else ""),
            size=_size(folder),
            added=str(told["added"]),
            files={str(name): str(digest) for name, digest in told["files"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecognitionError(
            f"{folder / RECORD} cannot be read ({error})",
            f"Delete the folder {folder} and add the model again.",
        ) from error


def _size(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
