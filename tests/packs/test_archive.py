"""A pack as one file that travels: what comes out is what went in, or nothing does."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packs.shelves import Centre, content_of, pack_folder
from voicekiosk.packs.archive import pack_up, unpack
from voicekiosk.packs.checking import check
from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import MANIFEST


def quiet(what: str, done: int, of: int) -> None: ...


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "kiosk" / "into"
    folder.mkdir(parents=True)
    return folder


def test_a_pack_travels_and_is_the_same(centre: Centre, into: Path) -> None:
    told: list[tuple[str, int, int]] = []
    file = centre.packed("aigul")
    unpack(file, into, lambda what, done, of: told.append((what, done, of)))
    assert content_of(into) == content_of(centre.desk / "aigul-1")
    assert told[-1][0] == "unpacking" and told[-1][1] == told[-1][2]
    checked = check(into, centre.trusted, allow_unsigned=False, progress=quiet)
    assert checked.signer == "centre" and len(checked.pack.entries) == 3


def test_the_same_pack_makes_the_same_file(centre: Centre) -> None:
    first = centre.packed("aigul").read_bytes()
    for clip in (centre.desk / "aigul-1").rglob("*.flac"):
        os.utime(clip, (1, 1))
    again = centre.home / "again.vkpack"
    pack_up(centre.desk / "aigul-1", again, quiet)
    assert again.read_bytes() == first


def test_only_what_is_listed_travels(centre: Centre) -> None:
    folder = centre.signed("aigul")
    (folder / "notes about people.txt").write_text("private")
    file = centre.home / "aigul.vkpack"
    pack_up(folder, file, quiet)
    with zipfile.ZipFile(file) as travelling:
        assert len(travelling.namelist()) == 5
        assert b"private" not in file.read_bytes()


def test_a_manifest_cannot_make_a_file_of_this_machine_travel(centre: Centre) -> None:
    secret = centre.keys / "secret" / "centre.key"
    folder = pack_folder(centre.desk / "thief")
    manifest = (folder / MANIFEST).read_text("utf-8")
    for where in (f"../../keys/secret/{secret.name}", str(secret)):
        changed = manifest.replace("ky-KG/system.welcome.flac", where)
        (folder / MANIFEST).write_text(changed, "utf-8")
        with pytest.raises(PromptError, match="outside the pack"):
            pack_up(folder, centre.home / "thief.vkpack", quiet)
    clip = folder / "ky-KG" / "system.welcome.flac"
    (folder / MANIFEST).write_text(manifest, "utf-8")
    clip.unlink()
    clip.symlink_to(secret)
    with pytest.raises(PromptError, match="outside the pack"):
        pack_up(folder, centre.home / "thief.vkpack", quiet)
    assert not (centre.home / "thief.vkpack").exists()


def test_a_full_or_missing_stick_leaves_no_half_of_a_pack(centre: Centre) -> None:
    folder = centre.signed("aigul")
    with pytest.raises(PromptError, match="cannot be written"):
        pack_up(folder, centre.home / "no stick" / "aigul.vkpack", quiet)

    def pulled(what: str, done: int, of: int) -> None:
        if done == 2:
            raise OSError("the stick is gone")

    with pytest.raises(PromptError, match="the stick is gone"):
        pack_up(folder, centre.home / "aigul.vkpack", pulled)
    assert not list(centre.home.glob("*aigul.vkpack*"))


def member(name: str, kind: int = stat.S_IFREG, mode: int = 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("placeholder")
    info.filename = name  # the constructor would cut it at a NUL
    info.external_attr = (kind | mode) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def archive(file: Path, *members: tuple[zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(file, "w") as whole:
        for info, content in members:
            whole.writestr(info, content)
    return file


def named(name: str) -> Callable[[Path], Path]:
    return lambda file: archive(file, (member(name), b"hello"))


def of_kind(kind: int) -> Callable[[Path], Path]:
    return lambda file: archive(file, (member("clip.flac", kind), b"/etc/passwd"))


def colliding(one: str, other: str) -> Callable[[Path], Path]:
    return lambda file: archive(file, (member(one), b"one"), (member(other), b"other"))


def bomb(file: Path) -> Path:
    return archive(file, (member("clip.flac"), bytes(50_000_000)))


def endless(file: Path) -> Path:
    """Claims five bytes, and goes on for a megabyte."""
    archive(file, (member("clip.flac"), bytes(1_000_000)))
    raw = bytearray(file.read_bytes())
    for sign, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        where = raw.index(sign) + at
        raw[where : where + 4] = struct.pack("<I", 5)
    file.write_bytes(raw)
    return file


def overlapping(file: Path) -> Path:
    """A thousand names for the same megabyte."""
    archive(file, (member("clip.flac"), os.urandom(1_000_000)))
    raw = file.read_bytes()
    start, end = raw.index(b"PK\1\2"), raw.index(b"PK\5\6")
    listed = raw[start:end]
    names = (listed.replace(b"clip.flac", b"c%03d.flac" % number) for number in range(1000))
    many = b"".join(names)
    tail = bytearray(raw[end:])
    tail[8:20] = struct.pack("<HHII", 1000, 1000, len(many), start)
    file.write_bytes(raw[:start] + many + tail)
    return file


def too_many(file: Path) -> Path:
    """Files without content, so that only their number is too much."""
    return archive(file, *((member(f"{number}"), b"") for number in range(11_000)))


def long_list(file: Path) -> Path:
    """A list of contents that would fill the memory before it could be counted."""
    listed = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, *([0] * 14))
    many = listed * 100_000
    file.write_bytes(many + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, len(many), 0, 0))
    return file


def locked(file: Path) -> Path:
    archive(file, (member("clip.flac"), b"hello"))
    raw = bytearray(file.read_bytes())
    raw[raw.index(b"PK\1\2") + 8] |= 1
    file.write_bytes(raw)
    return file


def packed_by(method: int) -> Callable[[Path], Path]:
    def make(file: Path) -> Path:
        info = member("clip.flac")
        info.compress_type = method
        return archive(file, (info, b"hello"))

    return make


def two_names(file: Path) -> Path:
    """The list says one thing, and the file itself another."""
    archive(file, (member("clip.flac"), b"hello"))
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"clip.flac", b"../x.flac", 1))
    return file


def pipe(file: Path) -> Path:
    os.mkfifo(file)
    return file


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "climbs out": (named("../escaped"), "outside"),
    "climbs out further in": (named("ky-KG/../../escaped"), "outside"),
    "climbs out by backslash": (named("..\\escaped"), "outside"),
    "from the root": (named("/escaped"), "outside"),
    "from a drive": (named("C:escaped"), "outside"),
    "NUL in a name": (named("clip.flac\0.txt"), "cannot be"),
    "no name": (named(""), "cannot be"),
    "bent backwards": (named("clip\u202ecalf.flac"), "cannot be"),
    "a device of Windows": (named("ky-KG/nul.flac"), "cannot be"),
    "ends with a dot": (named("clip."), "cannot be"),
    "too long": (named("ы" * 101), "cannot be"),
    "too deep": (named("d/" * 5_000 + "clip.flac"), "cannot be"),
    "decomposed letters": (named("и\u0306.flac"), "Unicode form"),
    "a link": (of_kind(stat.S_IFLNK), "link or a device"),
    "a device": (of_kind(stat.S_IFBLK), "link or a device"),
    "a pipe inside": (of_kind(stat.S_IFIFO), "link or a device"),
    "twice": (colliding("clip.flac", "clip.flac"), "twice"),
    "twice by case": (colliding("clip.flac", "CLIP.flac"), "twice"),
    "a file that is a folder": (colliding("clip", "clip/clip.flac"), "twice"),
    "bomb": (bomb, "no pack is like that"),
    "endless": (endless, "cut off"),
    "overlapping": (overlapping, "no pack is like that"),
    "too many": (too_many, "no pack is like that"),
    "endless list": (long_list, "far too many files"),
    "locked": (locked, "password"),
    "lzma": (packed_by(zipfile.ZIP_LZMA), "cannot be read"),
    "bzip2": (packed_by(zipfile.ZIP_BZIP2), "cannot be read"),
    "two names": (two_names, "cut off"),
    "a pipe": (pipe, "no file"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("make", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_is_refused_and_nothing_is_written_outside(
    tmp_path: Path, into: Path, make: Callable[[Path], Path], said: str
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = make(stick / "pack.vkpack")
    with pytest.raises(PromptError, match=said):
        unpack(file, into, quiet)
    assert sorted(tmp_path.iterdir()) == [tmp_path / "kiosk", stick]
    assert list((tmp_path / "kiosk").iterdir()) == [into]
    assert sum(found.stat().st_size for found in into.rglob("*") if found.is_file()) < 1_000_000


def test_more_than_300_megabytes_are_refused_before_they_are_written(
    tmp_path: Path, into: Path
) -> None:
    file = tmp_path / "large.vkpack"
    archive(file, *((member(f"{n}.flac"), b"x") for n in range(4)))
    raw = file.read_bytes()
    listed = raw.index(b"PK\1\2")
    large = bytearray(raw)
    at = listed + 24
    large[at : at + 4] = struct.pack("<I", 300_000_000)
    with file.open("wb") as written:  # the size of the archive itself raises no suspicion
        written.truncate(40_000_000)
        written.seek(0, os.SEEK_END)
        written.write(large)
    with pytest.raises(PromptError, match="no pack is like that"):
        unpack(file, into, quiet)


def test_an_archive_that_was_cut_off_anywhere_is_no_archive(centre: Centre, into: Path) -> None:
    file = centre.packed("aigul")
    whole = file.read_bytes()
    for length in range(0, len(whole), len(whole) // 40):
        file.write_bytes(whole[:length])
        with pytest.raises(PromptError, match="cut off"):
            unpack(file, into, quiet)
    assert not list(into.iterdir())


def test_a_pack_that_is_not_there_is_named(tmp_path: Path, into: Path) -> None:
    with pytest.raises(PromptError, match=r"nothing\.vkpack"):
        unpack(tmp_path / "nothing.vkpack", into, quiet)
