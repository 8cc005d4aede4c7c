"""Makes a folder a collection of voices: staff's own act, without which nothing is recorded."""

from __future__ import annotations

import json
from collections.abc import Collection as Many
from pathlib import Path

from voicekiosk.collecting.errors import CollectError
from voicekiosk.collecting.manifest import MANIFEST, write_manifest, write_whole

MARK = "collection.json"
_NOTE = """\
Recordings of people's voices, made by `voicekiosk collect` with their consent.
Each may be kept until the day in the column expires_on of manifest.tsv and no longer.
Do not copy or pass them on: a copy is not removed when somebody withdraws.
  voicekiosk collect --out . --list
  voicekiosk collect --out . --withdraw SPEAKER
  voicekiosk collect --out . --expire
"""


def enable(folder: Path, responsible: str, outside: Many[Path]) -> None:
    """Make a folder a collection: staff's own act, once. Raises CollectError."""
    refuse_inside(folder, outside)
    if not responsible.strip():
        raise CollectError(
            "Nobody answers for the recordings", "Name who: --responsible 'NAME, telephone'"
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / MARK).is_file() and any(folder.iterdir()):
            raise CollectError(
                f"{folder} holds other things", "Choose a new or an empty folder for the voices"
            )
        folder.chmod(0o700)
        if not (folder / MANIFEST).exists():
            write_manifest(folder, [])
        write_whole(folder / "README.txt", _NOTE.encode())
        write_whole(folder / MARK, as_json({"responsible": responsible.strip(), "format": 1}))
    except OSError as error:
        raise unwritable(folder, error) from error


def refuse_inside(folder: Path, outside: Many[Path]) -> None:
    whole = folder.resolve()
    for place in outside:
        if whole == place.resolve() or place.resolve() in whole.parents:
            raise CollectError(
                f"{folder} lies inside {place}",
                "Choose a folder elsewhere: what lies here is copied, published and updated",
            )


def unwritable(folder: Path, error: OSError) -> CollectError:
    return CollectError(
        f"{folder} cannot be written ({error.strerror or error})",
        "Choose a folder that belongs to you, on a disk with free space",
    )


def as_json(value: dict[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
