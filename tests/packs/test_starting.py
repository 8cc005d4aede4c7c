"""Packs that are new on a kiosk: taken over while it runs, proven, or taken back by itself."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.packs.shelves import Centre, begin_and_prove, names
from tests.runtime.hall import CONTENT, Hall
from voicekiosk.packs.durable import locked
from voicekiosk.packs.watching import PROVEN_AFTER, PackWatch
from voicekiosk.ports import PromptError
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import BestSynthesizer

HOLDING = """
import sys
from pathlib import Path
from voicekiosk.packs.durable import locked
with locked(Path(sys.argv[1]), 0):
    print("held", flush=True)
    sys.stdin.read()
"""

# New packs that fail


def test_a_kiosk_that_died_with_new_packs_starts_with_the_last_good_ones(centre: Centre) -> None:
    good, bad = centre.installed("aigul", "1"), centre.installed("aigul", "2", pitch=300)
    shelf = centre.shelf()
    shelf.activate([good])
    begin_and_prove(shelf)
    shelf.activate([bad])
    assert centre.shelf().starting().packs[0].name == bad, "it is tried once; then the kiosk dies"
    again = centre.shelf().starting()
    assert again.packs[0].name == good
    (line,) = again.lines
    assert bad in line and good in line and "failed" in line
    begin_and_prove(centre.shelf())  # it is told once
    assert shelf.rollback() == (bad,), "whoever wants to try once more can"
    assert centre.shelf().starting().packs[0].name == bad


def test_two_sets_that_fail_one_after_the_other_end_with_the_shipped_packs(centre: Centre) -> None:
    one, two = centre.installed("aigul", "1"), centre.installed("aigul", "2", pitch=300)
    shelf = centre.shelf()
    shelf.activate([one])
    shelf.activate([two])
    tried = [centre.shelf().starting().packs[0].name for _ in range(4)]
    assert tried == [two, one, "starter", "starter"]


def test_new_packs_that_cannot_be_read_are_not_even_tried(centre: Centre) -> None:
    good, bad = centre.installed("aigul", "1"), centre.installed("aigul", "2", pitch=300)
    shelf = centre.shelf()
    shelf.activate([good])
    begin_and_prove(shelf)
    shelf.activate([bad])
    next((centre.root / "installed" / bad).rglob("*.flac")).write_bytes(b"")
    started = centre.shelf().starting()
    assert started.packs[0].name == good and "sha256" in started.lines[0]


def test_a_kiosk_that_a_person_ended_has_not_failed(centre: Centre) -> None:
    shelf = centre.shelf()
    shelf.activate([centre.installed("aigul")])
    for _ in range(3):
        begun = centre.shelf()
        assert begun.starting().lines == ()
        begun.stopped()
    assert names(shelf)[0].startswith("aigul")


def test_what_was_proven_is_what_was_begun_with(centre: Centre) -> None:
    """Staff switch while the kiosk is still preparing the clips of the set before."""
    one, two = centre.installed("aigul", "1"), centre.installed("aigul", "2", pitch=300)
    kiosk = centre.shelf()
    kiosk.activate([one])
    kiosk.starting()
    centre.shelf().activate([two])
    kiosk.proven()
    assert not kiosk.state().now.proven and names(kiosk)[0] == two


# Several at once


def test_two_imports_at_once_both_arrive(centre: Centre) -> None:
    files = [centre.packed("north"), centre.packed("south", pitch=300)]
    told: list[str] = []
    second_waits = threading.Event()

    def first_import(what: str, done: int, of: int) -> None:
        if what == "copying":
            assert second_waits.wait(20), "the other did not wait"

    def second_import(what: str, done: int, of: int) -> None:
        told.append(what)
        second_waits.set()

    def work(file: Path, progress: object) -> None:
        centre.shelf().install(file, centre.trusted, progress=progress)  # type: ignore[arg-type]

    first = threading.Thread(target=work, args=(files[0], first_import))
    first.start()
    while not (centre.root / "incoming").is_dir() or not list((centre.root / "incoming").iterdir()):
        assert first.is_alive()
    second = threading.Thread(target=work, args=(files[1], second_import))
    second.start()
    for each in (first, second):
        each.join(20)
    assert told[0].startswith("waiting")
    assert {pack.id for pack in centre.shelf().installed()} == {"north", "south"}


def test_a_lock_ends_with_the_process_that_held_it(centre: Centre) -> None:
    centre.root.mkdir()
    lock = centre.root / "lock"
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert holding.stdout and holding.stdout.readline() == b"held\n"
    with pytest.raises(PromptError, match="Somebody else"), locked(lock, 0):
        pass
    assert centre.shelf().starting().packs == (centre.shipped,), "a start does not wait for it"
    holding.kill()
    holding.communicate()
    with locked(lock, 0):
        centre.shelf()


# A running kiosk


def watch(centre: Centre, said: list[str], allow_unsigned: bool = False) -> PackWatch:
    return PackWatch(centre.shelf(), centre.keys, allow_unsigned, said.append)


def test_a_running_kiosk_takes_over_what_is_activated_and_proves_it(centre: Centre) -> None:
    said: list[str] = []
    kiosk = watch(centre, said)
    assert kiosk.folders == (centre.shipped,) and not kiosk.look()
    name = centre.installed("aigul")
    assert not kiosk.look(), "importing changes nothing for visitors"
    centre.shelf().activate([name])
    assert kiosk.look() and kiosk.folders[0].name == name
    assert not kiosk.look(), "its own marks in active.yaml are no change"
    kiosk.prepared(PROVEN_AFTER - 1, 500)
    assert not centre.shelf().state().now.proven
    kiosk.prepared(PROVEN_AFTER, 500)
    assert centre.shelf().state().now.proven
    centre.shelf().rollback()
    assert kiosk.look() and kiosk.folders == (centre.shipped,)
    assert said == []


def test_the_visit_under_way_hears_the_old_voice_to_its_end(centre: Centre) -> None:
    hall = Hall()
    hall.press("h")
    spoken = tuple(dict.fromkeys(hall.kiosk.session.spoken))
    texts = {each: " ".join(CONTENT.prompts[each.prompt][each.locale]) for each in spoken}
    hall.press("h")
    voices = {"aigul": "Айгүл", "bakyt": "Бакыт"}
    for number, (name, speaker) in enumerate(voices.items()):
        folder = centre.signed(
            name, pitch=200 + 100 * number, spoken=spoken, texts=texts, speaker=speaker
        )
        centre.shelf().install(folder, centre.trusted)
    centre.shelf().activate(["aigul"])
    kiosk = watch(centre, [])

    def renew() -> None:
        hall.kiosk.renew(CONTENT, ClipStore(CONTENT, kiosk.folders, BestSynthesizer([]), None))
        hall.kiosk.pump()

    renew()
    hall.press("h")
    assert set(hall.player.playing) == {"Айгүл"}
    centre.shelf().activate(["bakyt"])
    assert kiosk.look()
    renew()
    hall.press("8")
    assert set(hall.player.playing) == {"Айгүл"}, "said again in the middle of the visit"
    hall.press("h", "h")
    assert set(hall.player.playing) == {"Бакыт"}
    assert hall.complaints == []


def test_a_key_taken_back_silences_its_packs(centre: Centre) -> None:
    centre.shelf().activate([centre.installed("aigul")])
    (centre.keys / "centre.pub").unlink()
    said: list[str] = []
    assert watch(centre, said).folders == (centre.shipped,)
    assert "a key that this kiosk does not trust" in said[0]


def test_an_unsigned_pack_is_heard_only_where_that_is_allowed(centre: Centre) -> None:
    shelf = centre.shelf()
    folder = centre.signed("aigul")
    (folder / "manifest.yaml.minisig").unlink()
    pack = shelf.install(folder, centre.trusted, allow_unsigned=True)
    shelf.activate(["aigul"])
    said: list[str] = []
    strict = watch(centre, said)
    assert strict.folders == (centre.shipped,) and not strict.unsigned
    assert "signed by nobody" in said[0] and "--allow-unsigned-packs" in said[0]
    strict.stopped()
    open_kiosk = watch(centre, said, allow_unsigned=True)
    assert open_kiosk.folders[0] == pack.folder and open_kiosk.unsigned
