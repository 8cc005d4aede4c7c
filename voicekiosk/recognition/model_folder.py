"""The catalogue of recognition models, and the check that a folder holds what it promises."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.ports import RecognitionError

CATALOGUE = "catalogue.toml"
_NEEDED = {
    "vosk": (
        "am/final.mdl",
        "am/phones.txt",
        "am/phone_bigram.npy",
        "conf/mfcc.conf",
        "conf/model.conf",
    ),
    "sphinx": (
        *("mdef", "means", "variances", "mixture_weights", "transition_matrices"),
        *("feature_transform", "cmn.txt", "phones.txt"),
    ),
}
"""What a folder must hold for each engine before anything else looks at it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One model: what it is for, where it comes from, and the fingerprint of every file."""

    name: str
    engine: str
    """``vosk``: an acoustic model the kiosk compiles its phrases for; ``sphinx``: a second ear."""
    languages: tuple[str, ...]
    summary: str
    licence: str
    provenance: str
    files: Mapping[str, str]


def catalogue(models: Path) -> dict[str, Entry]:
    """Every model that ``models/catalogue.toml`` lists."""
    file = models / CATALOGUE
    try:
        listed = tomllib.loads(file.read_text("utf-8"))["models"]
        return {
            name: Entry(
                name,
                m["engine"],
                tuple(m["languages"]),
                m["summary"],
                m["licence"],
                m["provenance"],
                dict(m["files"]),
            )
            for name, m in listed.items()
        }
    except OSError as error:
        raise RecognitionError(
            f"there is no catalogue of models at {file}", "Install the kiosk's models folder again."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise RecognitionError(
            f"the catalogue {file} cannot be read ({error})",
            "Correct it, or install the kiosk's models folder again.",
        ) from error


def verify(model: Path) -> None:
    """Raise unless the folder is a model and, where it is catalogued, has not changed.

    Vosk ends the whole process over some broken folders: nothing reaches it unchecked.
    """
    if not model.is_dir():
        raise RecognitionError(
            f"there is no recognition model at {model}", "Name the folder of a model."
        )
    listed = (model.parent / CATALOGUE).exists()
    entry = catalogue(model.parent).get(model.name) if listed else None
    needed = _NEEDED.get(entry.engine if entry else "vosk", ())
    missing = [name for name in needed if not (model / name).is_file()]
    if missing:
        raise RecognitionError(
            f"{model} is not a recognition model: it has no {', '.join(missing)}",
            "Install the model again, or name another folder.",
        )
    for name, expected in entry.files.items() if entry else ():
        file = model / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            raise RecognitionError(
                f"{file} is not the file the catalogue describes",
                "Install the model again; if you changed it on purpose, correct its sha256 "
                f"in {model.parent / CATALOGUE}.",
            )
