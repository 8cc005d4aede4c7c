"""A day in the life of a shelf: packs come, speak and go back; sticks are pulled out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.packs.shelves import Centre, begin_and_prove, content_of, names, voice
from voicekiosk.packs.active import FILE
from voicekiosk.packs.checking import PackRefused
from voicekiosk.packs.durable import Disk
from voicekiosk.packs.fetching import fetch
from voicekiosk.packs.shelf import PackShelf
from voicekiosk.ports import PromptError


def test_an_empty_shelf_speaks_with_the_shipped_packs_and_writes_nothing(centre: Centre) -> None:
    shelf = centre.shelf()
    assert shelf.starting().packs == (centre.shipped,)
    assert shelf.starting().lines == shelf.faults() == ()
    assert not centre.root.exists()
    with pytest.raises(PromptError, match="No other packs were active before"):
        shelf.rollback()


def test_a_pack_speaks_when_it_is_activated_and_not_before(centre: Centre) -> None:
    shelf = centre.shelf()
    pack = shelf.install(centre.packed("aigul"), centre.trusted)
    assert names(shelf) == ["starter"]
    assert content_of(pack.folder) == content_of(centre.desk / "aigul-1")
    shelf.activate(["aigul"])
    assert names(centre.shelf()) == [pack.folder.name, "starter"]


def test_the_order_of_activation_is_the_order_of_speaking(centre: Centre) -> None:
    north, south = centre.installed("north"), centre.installed("south", pitch=300)
    shelf = centre.shelf()
    shelf.activate(["south", "north", "south", "starter"])
    assert names(shelf) == [south, north, "starter"]
    shelf.activate([])
    assert names(shelf) == ["starter"]


def test_a_new_version_comes_ahead_in_the_place_of_the_old_one(centre: Centre) -> None:
    old, other = centre.installed("aigul", "1"), centre.installed("north", pitch=300)
    shelf = centre.shelf()
    shelf.activate([other, old])
    pack = shelf.install(centre.packed("aigul", "2", pitch=400), centre.trusted)
    assert shelf.ahead(pack) == (pack.folder.name, other)


def test_there_and_back_and_there_again(centre: Centre) -> None:
    old, new = centre.installed("aigul", "1"), centre.installed("aigul", "2", pitch=300)
    shelf = centre.shelf()
    shelf.activate([old])
    shelf.activate([new])
    assert shelf.rollback() == (old,) and names(shelf) == [old, "starter"]
    assert shelf.rollback() == (new,) and names(shelf) == [new, "starter"]


def test_the_same_pack_twice_is_one_and_one_that_was_damaged_is_healed(centre: Centre) -> None:
    file, shelf = centre.packed("aigul"), centre.shelf()
    first = shelf.install(file, centre.trusted)
    assert shelf.install(file, centre.trusted) == first
    clip = next(first.folder.rglob("*.flac"))
    clip.unlink()
    with pytest.raises(PromptError, match=f"{clip.name}.*cannot be read.*Import this pack again"):
        shelf.activate(["aigul"])
    shelf.install(file, centre.trusted)
    shelf.activate(["aigul"])
    assert content_of(shelf.active()[0]) == content_of(centre.desk / "aigul-1")
    assert len(shelf.installed()) == 1


@pytest.mark.parametrize("what", ["clip", "manifest"])
def test_a_pack_that_was_changed_on_the_shelf_is_not_activated(centre: Centre, what: str) -> None:
    shelf = centre.shelf()
    pack = shelf.install(centre.packed("aigul"), centre.trusted)
    if what == "clip":
        next(pack.folder.rglob("*.flac")).write_bytes(voice(999))
    else:
        manifest = pack.folder / "manifest.yaml"
        manifest.write_text(manifest.read_text("utf-8").replace("Batken", "Osh"), "utf-8")
    with pytest.raises(PromptError, match=r"that was checked.*not changed"):
        shelf.activate(["aigul"])
    assert names(shelf) == ["starter"]


def test_what_is_refused_leaves_nothing_behind(centre: Centre) -> None:
    folder = centre.signed("aigul")
    next(folder.rglob("*.flac")).write_bytes(b"no sound")
    with pytest.raises(PackRefused):
        centre.shelf().install(folder, centre.trusted)
    assert list((centre.root / "incoming").iterdir()) == []
    assert list((centre.root / "installed").iterdir()) == []


def test_what_the_kiosk_needs_is_not_removed(centre: Centre) -> None:
    first, second, third = (
        centre.installed("aigul", str(number), pitch=100 * number) for number in (2, 3, 4)
    )
    shelf = centre.shelf()
    shelf.activate([first])
    shelf.activate([second])
    for name, why in [
        (second, "speaks with"),
        (first, "step back"),
        ("starter", "came with the kiosk"),
        ("aigul", "3 packs are called aigul"),
        ("zamir", "no pack 'zamir'"),
    ]:
        with pytest.raises(PromptError, match=why):
            shelf.remove(name)
    assert shelf.remove("aigul-4") == third
    assert {pack.folder.name for pack in shelf.installed()} == {first, second}


def test_a_pack_travels_on_as_the_file_that_came(centre: Centre, tmp_path: Path) -> None:
    centre.installed("aigul")
    file = tmp_path / "onward.vkpack"
    centre.shelf().export("aigul", file)
    elsewhere = PackShelf(tmp_path / "elsewhere")
    pack = elsewhere.install(file, centre.trusted)
    assert content_of(pack.folder) == content_of(centre.desk / "aigul-1")
    centre.shelf().export("starter", file)
    with pytest.raises(PackRefused, match="nobody signed it"):
        elsewhere.install(file, centre.trusted)
    assert elsewhere.install(file, centre.trusted, allow_unsigned=True).id == "starter"


@pytest.mark.parametrize("travels", ["one file", "a folder"])
def test_a_stick_pulled_out_half_way_loses_nothing(centre: Centre, travels: str) -> None:
    file = centre.packed("aigul")
    stick = file if travels == "one file" else centre.desk / "aigul-1"
    shelf = centre.shelf()
    away = centre.home / "pulled-out"

    def pull(what: str, done: int, of: int) -> None:
        if what == "copying" and not away.exists():
            stick.rename(away)

    with pytest.raises(PromptError, match=r"nothing has changed.*stick pulled out"):
        shelf.install(stick, centre.trusted, progress=pull)
    assert names(shelf) == ["starter"] and shelf.installed() == ()
    assert list((centre.root / "incoming").iterdir()) == []
    away.rename(stick)
    assert shelf.install(stick, centre.trusted).id == "aigul", "inserted again it works"


def test_a_file_that_ends_in_the_middle_is_not_taken_for_whole(tmp_path: Path) -> None:
    file = tmp_path / "aigul.vkpack"
    file.write_bytes(bytes(3_000_000))

    def fail(what: str, done: int, of: int) -> None:
        if done:
            os.truncate(file, 2_500_000)

    with pytest.raises(PromptError, match=r"ends too soon.*stick pulled out"):
        fetch(file, tmp_path / "copy", Disk(), fail)


def test_a_folder_with_links_and_devices_is_not_followed(centre: Centre) -> None:
    folder = centre.signed("aigul")
    (folder / "passwords.flac").symlink_to("/etc/passwd")
    with pytest.raises(PromptError, match="link or a device"):
        centre.shelf().install(folder, centre.trusted)
    (folder / "passwords.flac").unlink()
    os.mkfifo(folder / "endless.flac")
    with pytest.raises(PromptError, match="link or a device"):
        centre.shelf().install(folder, centre.trusted)
    (folder / "endless.flac").unlink()
    deep = folder.joinpath(*"abcdef")
    deep.mkdir(parents=True)
    with pytest.raises(PromptError, match="holds more than a pack may"):
        centre.shelf().install(folder, centre.trusted)


def test_what_other_systems_leave_on_a_stick_does_no_harm(centre: Centre) -> None:
    folder = centre.signed("aigul")
    for junk in ("._manifest.yaml", "Thumbs.db", ".DS_Store"):
        (folder / junk).write_bytes(b"junk")
    pack = centre.shelf().install(folder, centre.trusted)
    assert not [path for path in pack.folder.rglob("*") if "." in path.name[:1]]


@pytest.mark.parametrize(
    "broken",
    [
        *("", "  \n", "generation: 1", "- a\n- list", "{", "\x00\xff"),
        "generation: 1\nnow: {packs: [../../etc], proven: true, starts: 0}\nbefore:\n",
        "generation: true\nnow: {}\nbefore: {}\n",
    ],
)
def test_a_broken_active_yaml_is_told_and_the_shipped_packs_speak(
    centre: Centre, broken: str
) -> None:
    shelf = centre.shelf()
    shelf.activate([centre.installed("aigul")])
    (centre.root / FILE).write_text(broken, "utf-8")
    assert names(shelf) == ["starter"]
    started = centre.shelf().starting()
    assert started.packs == (centre.shipped,)
    assert [line for line in started.lines if "is broken" in line and "pack activate" in line]
    assert (centre.root / FILE).read_text("utf-8") == broken, "it is left to be looked at"
    shelf.activate(["aigul"])
    assert names(shelf)[0].startswith("aigul") and shelf.faults() == ()


def test_a_pack_deleted_by_hand_is_missed_aloud_and_the_others_speak(centre: Centre) -> None:
    first, second = centre.installed("north"), centre.installed("south", pitch=300)
    shelf = centre.shelf()
    shelf.activate([first, second])
    begin_and_prove(shelf)
    shutil.rmtree(centre.root / "installed" / first)
    started = centre.shelf().starting()
    assert [folder.name for folder in started.packs] == [second, "starter"]
    assert [line for line in started.lines if first in line and "Import" in line]
    shelf.activate([second])
    with pytest.raises(PromptError, match=f"{first} is no longer"):
        shelf.rollback()
    assert names(shelf) == [second, "starter"]
