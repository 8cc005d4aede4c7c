"""active.yaml: the one small file that decides which packs the kiosk speaks with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from voicekiosk.packs.durable import Disk
from voicekiosk.ports import PromptError

FILE = "active.yaml"
LARGEST = 100_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class PackSet:
    """Packs in their order, and what is known of the kiosk speaking with them."""

    packs: tuple[str, ...] = ()
    """Names of folders in ``installed``; the shipped packs follow them always."""
    proven: bool = True
    """The kiosk has prepared clips with them. With the shipped packs alone it always can."""
    starts: int = 0
    """How often that was tried without being proven."""

    @property
    def failed(self) -> bool:
        return not self.proven and self.starts > 0


@dataclass(frozen=True, slots=True)
class Active:
    """What active.yaml says; as it is here, when there is none."""

    generation: int = 0
    """Grows with every switch."""
    now: PackSet = PackSet()
    before: PackSet | None = None
    """One step back."""

    def switched(self, to: PackSet) -> Active:
        return Active(self.generation + 1, to, self.now)


def read_active(root: Path) -> Active:
    """Raises PromptError when the file is there and cannot be used."""
    path = root / FILE
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST).decode("utf-8")
        if not text.strip():
            raise ValueError("it is empty")
        fields = yaml.load(text, _LOADER)
        before = fields["before"]
        generation = fields["generation"]
        if type(generation) is not int or generation < 0:
            raise ValueError(f"generation is {generation!r}")
        return Active(generation, _set(fields["now"]), None if before is None else _set(before))
    except FileNotFoundError:
        return Active()
    except (OSError, ValueError, KeyError, TypeError, RecursionError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())[:100]
        raise PromptError(
            f"{path} is broken ({why}): the kiosk speaks with the packs it was shipped with",
            "Choose the packs again: voicekiosk pack list, then voicekiosk pack activate.",
        ) from error


def write_active(root: Path, active: Active, disk: Disk) -> None:
    """Durable, and all at once. Raises OSError."""
    fields = {
        "generation": active.generation,
        "now": _fields(active.now),
        "before": None if active.before is None else _fields(active.before),
    }
    text = (
        "# Which packs the kiosk speaks with: voicekiosk pack activate, voicekiosk pack rollback\n"
    )
    disk.put(root / FILE, (text + yaml.safe_dump(fields, sort_keys=False)).encode())


def _set(fields: Any) -> PackSet:
    packs, proven, starts = fields["packs"], fields["proven"], fields["starts"]
    for name in packs:
        if not (isinstance(name, str) and _NAME.fullmatch(name)):
            raise ValueError(f"{name!r} is no pack")
    if not isinstance(packs, list) or type(proven) is not bool or type(starts) is not int:
        raise ValueError("a field is of another kind")
    return PackSet(tuple(packs), proven, starts)


def _fields(packs: PackSet) -> dict[str, Any]:
    return {"packs": list(packs.packs), "proven": packs.proven, "starts": packs.starts}
