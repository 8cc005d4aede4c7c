"""Writes into claims.yaml and numbers.yaml who checked what: three values, and no other byte."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import yaml

from voicekiosk.loading.fact_files import CHECK_KEYS
from voicekiosk.loading.facts import RELEASED, Check, Fact, Kind
from voicekiosk.loading.folder import CLAIMS, NUMBERS
from voicekiosk.ports import KioskError

LONGEST = timedelta(days=731)
"""Two years: no rule and no telephone number is sure for longer."""
FILES = {Kind.CLAIM: CLAIMS, Kind.NUMBER: NUMBERS}
_PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
Rename = Callable[[Path, Path], object]


class CheckError(KioskError):
    """A claim or number cannot be confirmed in this way, or not be written."""


def check_of(by: str, on: date, until: date, today: date) -> Check:
    """A check that may be written. Raises CheckError with what is wrong about it."""
    if today < RELEASED:
        raise CheckError(
            f"This machine's date is {today}, before this kiosk was made", "Set the date first"
        )
    if on > today:
        raise CheckError(f"{on} is still to come: today is {today}", "Name the day of the check")
    if until < today:
        raise CheckError(f"{until} is past: today is {today}", "Name a last day that is to come")
    if until - on > LONGEST:
        raise CheckError(
            f"From {on} to {until} is more than two years",
            f"Name a last day up to {on + LONGEST}; then it is checked again",
        )
    name = " ".join(by.split())
    if not any(letter.isalpha() for letter in name):
        raise CheckError(f"`{by}` is no name", "Name who looked at the source and answers for it")
    return Check(on, name, until)


def write_check(folder: Path, fact: Fact, check: Check | None, rename: Rename = os.replace) -> None:
    """Confirm a fact, or withdraw its check with None. Raises CheckError, the file unchanged.

    The new file is complete before it takes the place of the old one: a power cut leaves one or
    the other. ``rename`` moves it there.
    """
    file = (folder / FILES[fact.kind]).resolve()
    keys = CHECK_KEYS[fact.kind]
    values = ["null"] * 3
    if check:
        values = [check.on.isoformat(), json.dumps(check.by, ensure_ascii=False), str(check.until)]
    try:
        text = file.read_bytes().decode("utf-8")
        changed = _changed(text, fact.id, dict(zip(keys, values, strict=True)))
        _write_whole(file, changed, rename)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CheckError(
            f"{file} cannot be changed: {error}", "Look at its rights and free space"
        ) from error


def _changed(text: str, name: str, values: Mapping[str, str]) -> str:
    # Not by writing the parsed file anew: every library then moves quotes, blanks or nulls.
    entries = yaml.compose(text, Loader=yaml.SafeLoader)  # this one counts characters
    entry = _value(entries, name)
    places = [(_value(entry, key), new) for key, new in values.items()]
    result = text
    for node, new in sorted(places, key=lambda place: -place[0].start_mark.index):
        start, end = node.start_mark.index, node.end_mark.index
        result = result[:start] + (f" {new}" if start == end else new) + result[end:]
    expected = yaml.load(text, Loader=_PLAIN)
    expected[name].update({k: yaml.load(v, Loader=_PLAIN) for k, v in values.items()})
    if yaml.load(result, Loader=_PLAIN) != expected:
        raise CheckError(
            f"{name} is written in a way that cannot be changed safely",
            f"Write {', '.join(f'{k}: {v}' for k, v in values.items())} by hand",
        )
    return result


def _value(node: yaml.Node | None, key: str) -> yaml.Node:
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key:
            return value  # type: ignore[no-any-return]
    raise CheckError(f"`{key}` is no longer in the file", "Somebody has changed it: try again")


def _write_whole(file: Path, text: str, rename: Rename) -> None:
    new = file.with_name(f".{file.name}.new")
    try:
        with new.open("wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(file, new)
        rename(new, file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    if os.name == "posix":  # the new name must survive a power cut as well
        directory = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
