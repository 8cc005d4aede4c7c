"""The manifest of a pack: written whole, read from strangers, never a crash and never a hang."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.prompts.packs import WELCOME, pack
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ
from voicekiosk.ports import PromptError
from voicekiosk.prompts.manifest import MOST_BYTES
from voicekiosk.prompts.pack import MANIFEST, read_pack, write_pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return pack(tmp_path / "aigul", duration=2.0, loudness=-16.0, starts=[0.0])


def changed(folder: Path, old: str, new: str) -> Path:
    text = (folder / MANIFEST).read_text("utf-8")
    assert old in text
    (folder / MANIFEST).write_text(text.replace(old, new), "utf-8")
    return folder


def test_what_is_written_is_read_again(folder: Path) -> None:
    before = read_pack(folder)
    write_pack(before)
    after = read_pack(folder)
    assert after == before and not after.faults
    entry = after.entries[Spoken(WELCOME, KYRGYZ)]
    assert (entry.duration, entry.loudness, entry.recorded) == (2.0, -16.0, True)
    assert (after.id, after.locales, after.dialect) == ("aigul", (KYRGYZ,), "")
    assert sorted(file.name for file in folder.iterdir()) == [MANIFEST, "welcome.flac"]


def test_a_manifest_of_the_first_format_is_refused_with_the_mend(folder: Path) -> None:
    changed(folder, "format: 2\n", "")
    with pytest.raises(PromptError, match=r"another format 1, and 2 is read.*pack build"):
        read_pack(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format: 2", "format: 3", "another format"),
        ("format: 2", "format: 0x" + "f" * 4_900, "another format"),
        ("id: aigul", "id: ../aigul", "is no id"),
        ("id: aigul", "id: Айгүл", "is no id"),
        ("id: aigul", "id: [a]", "id is no text"),
        ("id: aigul\n", "", "'id'"),
        ("version: '1'", "version: 1.10", "version is no text; put it in quotes"),
        ("version: '1'", "version: 2026-11-24", "version is no text"),
        ("version: '1'", "version: a/b", "is no version"),
        ("content: test", "content: ''", "content is empty"),
        ("content: test", 'content: "a\\e[2Jb"', "hidden signs"),
        ("content: test", "content: " + "x" * 201, "longer than 200"),
        ("- ky-KG", "- kyrgyz", "is no locale"),
        ("locales:\n- ky-KG", "locales: []", "no locales"),
        ("locales:\n- ky-KG", "locales: 7", "is no manifest"),
        ("id: aigul", "id: aigul\nid: bakyt", "stands twice"),
        ("id: aigul", "dialect: &a [x]\nid: *a", "aliases"),
        ("id: aigul", "id: !!python/object/apply:os.system [id]", "cannot be read"),
        ("id: aigul", "id: !!timestamp soon", "odd types"),
        ("id: aigul", "id: !!bool maybe", "odd types"),
        ("id: aigul", "id: !!int ''", "odd types"),
        ("id: aigul", "id: !!binary '%'", "cannot be read|is no text"),
        ("id: aigul", "id: {a: {b: {c: {d: {e: {f: {g: {h: i}}}}}}}}", "nested too deeply"),
        ("id: aigul", "id: 1" + ":59" * 4_000, "word without an end"),
    ],
)
def test_a_head_that_makes_no_sense_is_refused(folder: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(PromptError, match=said):
        read_pack(changed(folder, old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("duration: 2.0", "duration: .inf"),
        ("duration: 2.0", "duration: soon"),
        ("duration: 2.0", "duration: true"),
        ("duration: 2.0", "duration: 1" + "0" * 400),
        ("loudness: -16.0", "loudness: .nan"),
        ("- 0.0", "- [0.0]"),
        ("sha256: ", "sha256: x"),
        ("file: welcome.flac", "file: [welcome.flac]"),
        ("text: Саламатсызбы!", "text: 5"),
        ("text: Саламатсызбы!", 'text: "\\e[2J"'),
        ("voice: Айгүл", "voice: {}"),
        ("system.welcome:", "../welcome:"),
    ],
)
def test_a_line_that_makes_no_sense_is_named_and_not_used(folder: Path, old: str, new: str) -> None:
    read = read_pack(changed(folder, old, new))
    assert not read.entries
    (fault,) = read.faults
    assert "welcome" in fault and "lacks or misspells" in fault


def test_a_language_that_the_pack_does_not_promise_is_named(folder: Path) -> None:
    read = read_pack(changed(folder, "prompts:\n  ky-KG:", "prompts:\n  ru-KG:"))
    assert not read.entries and "not among the pack's locales" in read.faults[0]


BOMBS: dict[str, Callable[[], str]] = {
    "deep": lambda: "[" * MOST_BYTES,
    "deep in blocks": lambda: "- " * (MOST_BYTES // 2),
    "deep keys": lambda: "? " * (MOST_BYTES // 2),
    "long": lambda: "a" * MOST_BYTES,
    "many": lambda: "a: [" + "1," * (MOST_BYTES // 2 - 8) + "]",
    "too large": lambda: "a" * (MOST_BYTES + 1),
    "laughs": lambda: (
        "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefg"))
    ),
    "not words": lambda: "\x00\x01",
    "a list": lambda: "- a",
    "two of them": lambda: "a: 1\n---\nb: 2\n",
    "nothing": lambda: "",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path, make: Callable[[], str]) -> None:
    (tmp_path / MANIFEST).write_text(make(), "utf-8")
    begun = time.monotonic()
    with pytest.raises(PromptError, match=r"cannot be read|is no manifest"):
        read_pack(tmp_path)
    assert time.monotonic() - begun < 10


def test_a_hundred_megabytes_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / MANIFEST).open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(PromptError, match="more than 8 MB"):
        read_pack(tmp_path)
