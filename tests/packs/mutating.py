"""Spoils manifests, archives and clips as chance or an enemy would; the same seed spoils alike."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable

HOSTILE_VALUES = (
    "null",
    "true",
    "-1",
    "1e999",
    ".nan",
    "0x" + "f" * 300,
    "1:59:59:59",
    "2026-11-24",
    "[]",
    "{}",
    "[[[[[[[[[[[[]]]]]]]]]]]]",
    "&a [x, *a]",
    "*a",
    "!!python/object/apply:os.system [id]",
    "!!timestamp soon",
    "!!bool maybe",
    "!!int ''",
    "!!binary '%'",
    "!!set {a, b}",
    '"\\0"',
    '"\\e[2J"',
    '"\\u202e"',
    "../../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "манифест",
    "й.flac",
    "x" * 6_000,
    "'",
    "? ",
    "manifest.yaml",
)
HOSTILE_NAMES = (
    "../escaped",
    "a/../../escaped",
    "/tmp/escaped",
    "..\\escaped",
    "C:\\escaped",
    "manifest.yaml/x",
    "MANIFEST.YAML",
    "./manifest.yaml",
    "\u0438\u0306.flac",
    "a\u202e.flac",
    "nul.flac",
    "end. ",
    "d/" * 40 + "x",
    "n" * 255,
    "",
)


def spoiled_manifest(chance: random.Random, manifest: bytes) -> bytes:
    ways: tuple[Callable[[random.Random, bytes], bytes], ...] = (
        flipped,
        cut,
        spliced,
        _line_lost,
        _line_doubled,
        _lines_swapped,
        _indented,
        _value_changed,
        _value_changed,
        _value_changed,
    )
    spoiled = manifest
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        spoiled = chance.choice(ways)(chance, spoiled)
    return spoiled


def spoiled_archive(chance: random.Random, archive: bytes) -> bytes:
    ways = (flipped, flipped, cut, spliced, _header_changed, _header_changed, _member_added)
    spoiled = archive
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        spoiled = chance.choice(ways)(chance, spoiled)
    return spoiled


def spoiled_clip(chance: random.Random, clip: bytes) -> bytes:
    """At its head above all, where it says how long it is and how it is packed."""
    if chance.random() < 0.5:
        spoiled = bytearray(clip)
        for _ in range(3):
            spoiled[chance.randrange(min(len(spoiled), 120))] = chance.randrange(256)
        return bytes(spoiled)
    return chance.choice((flipped, cut, spliced))(chance, clip)


def flipped(chance: random.Random, data: bytes) -> bytes:
    spoiled = bytearray(data or b" ")
    for _ in range(chance.choice((1, 1, 3, 20))):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def cut(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] if chance.random() < 0.7 else data[at:]


def spliced(chance: random.Random, data: bytes) -> bytes:
    """A piece of it where another was, or more of it."""
    start, at = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((4, 30, 300))]
    return data[:at] + piece + data[at + chance.choice((0, len(piece))) :]


def _lines(chance: random.Random, data: bytes) -> tuple[list[bytes], int]:
    lines = data.splitlines(keepends=True) or [b"\n"]
    return lines, chance.randrange(len(lines))


def _line_lost(chance: random.Random, data: bytes) -> bytes:
    lines, at = _lines(chance, data)
    del lines[at]
    return b"".join(lines)


def _line_doubled(chance: random.Random, data: bytes) -> bytes:
    lines, at = _lines(chance, data)
    return b"".join((*lines[:at], lines[at], *lines[at:]))


def _lines_swapped(chance: random.Random, data: bytes) -> bytes:
    lines, at = _lines(chance, data)
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return b"".join(lines)


def _indented(chance: random.Random, data: bytes) -> bytes:
    lines, at = _lines(chance, data)
    lines[at] = chance.choice((b"  ", b"\t", b"- ", b"? ", b"    ")) + lines[at].lstrip(b" ")
    return b"".join(lines)


def _value_changed(chance: random.Random, data: bytes) -> bytes:
    lines, at = _lines(chance, data)
    name, colon, _ = lines[at].partition(b":")
    value = chance.choice(HOSTILE_VALUES).encode()
    lines[at] = name + colon + b" " + value + b"\n"
    return b"".join(lines)


def _header_changed(chance: random.Random, data: bytes) -> bytes:
    """Lengths, offsets, methods, attributes: wherever a zip says something about itself."""
    spots = [at for sign in (b"PK\1\2", b"PK\3\4", b"PK\5\6") for at in _found(data, sign)]
    if not spots:
        return flipped(chance, data)
    at = chance.choice(spots) + 4 + chance.randrange(42)
    new = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x01", chance.randbytes(2)))
    return data[:at] + new + data[at + len(new) :]


def _found(data: bytes, sign: bytes) -> list[int]:
    found, at = [], data.find(sign)
    while at >= 0:
        found.append(at)
        at = data.find(sign, at + 1)
    return found


def _member_added(chance: random.Random, data: bytes) -> bytes:
    """By somebody who can make archives: another file, a link, a pipe, a bomb."""
    added = io.BytesIO(data)
    try:
        with zipfile.ZipFile(added, "a") as whole:
            member = zipfile.ZipInfo(chance.choice(HOSTILE_NAMES))
            kind = chance.choice((0o100644, 0o120777, 0o010644, 0o060644, 0o040755))
            member.external_attr = kind << 16
            content = chance.choice((b"/etc/passwd", b"\0" * 3_000_000, b""))
            whole.writestr(member, content, chance.choice((0, zipfile.ZIP_DEFLATED)))
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError):
        return flipped(chance, data)  # it is too far spoiled to add anything
    return added.getvalue()
