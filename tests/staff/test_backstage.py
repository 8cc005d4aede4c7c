"""What staff have done, with real packs on a real shelf: what changes, and what is refused."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.packs.shelves import Centre
from tests.prompts.packs import NAME
from voicekiosk.app import places
from voicekiosk.core.staff import Change, PackLine, Place, Sound
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.loading import load, load_all
from voicekiosk.loading.checking import check_of, write_check
from voicekiosk.ports import AudioError, PromptError
from voicekiosk.staff.errors import LastErrors
from voicekiosk.staff.sticks import StickWatch
from voicekiosk.staff_backstage import KioskBackstage

CONTENT = load(places().content)


class Machine:
    """A kiosk with a shelf, a stick and content, and what lies behind its staff page."""

    def __init__(self, home: Path, *, allow_unsigned: bool = False) -> None:
        self.centre = Centre(home / "centre")
        self.stick = home / "stick"
        self.folder = home / "content"
        shutil.copytree(places().content, self.folder, dirs_exist_ok=True)
        self.asked = 0
        self.errors = LastErrors(("audio", "other"))
        self.sticks = StickWatch(self.stick)
        self.shelf = self.centre.shelf()
        self.behind = KioskBackstage(
            content_folder=self.folder,
            content=lambda: CONTENT,
            shelf=self.shelf,
            keys=self.centre.keys,
            allow_unsigned=allow_unsigned,
            sticks=self.sticks,
            errors=self.errors,
            serving=self._serving,
            restart=lambda: None,
            hear_tone=lambda: (Sound.HEARD, -20),
        )

    def _serving(self) -> object:
        """As a kiosk that takes packs up when it has been asked three times."""
        self.asked += 1
        return self.asked // 4

    def inserts(self, *files: Path) -> None:
        self.stick.mkdir(exist_ok=True)
        for file in files:
            shutil.copy(file, self.stick / file.name)
        self.sticks.look()

    def lists(self, place: Place) -> list[PackLine]:
        return [pack for pack in self.behind.survey().packs if pack.place is place]


def quiet(done: int, of: int) -> None: ...


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_pack_goes_from_the_stick_to_the_kiosk_and_back_to_a_stick(machine: Machine) -> None:
    machine.inserts(machine.centre.packed("aigul"))
    (on_stick,) = machine.lists(Place.STICK)
    steps: list[tuple[int, int]] = []
    compared = machine.behind.compare(on_stick, lambda done, of: steps.append((done, of)))
    assert steps, "there is progress"
    assert compared.pack.speaker == "Айгүл" and compared.pack.signed and not compared.pack.active
    assert compared.changes[RUSSIAN] == Change(stale=1)
    machine.behind.activate(compared.pack, quiet)
    assert machine.asked >= 4, "it is not done before the kiosk has taken it up"
    (kept,) = machine.lists(Place.INSTALLED)
    assert kept.active and machine.behind.survey().can_roll_back
    (machine.stick / on_stick.name).with_suffix(".vkpack").unlink()
    machine.behind.export(kept, quiet)
    machine.sticks.look()
    assert [pack.name for pack in machine.lists(Place.STICK)] == ["aigul-1.vkpack"]
    machine.behind.roll_back()
    assert not machine.lists(Place.INSTALLED)[0].active


def test_the_stick_may_be_pulled_out_as_soon_as_the_pack_is_checked(machine: Machine) -> None:
    machine.inserts(machine.centre.packed("aigul"))
    compared = machine.behind.compare(machine.lists(Place.STICK)[0], quiet)
    shutil.rmtree(machine.stick)
    machine.behind.activate(compared.pack, quiet)
    assert machine.lists(Place.INSTALLED)[0].active


def test_a_pack_of_somebody_unknown_is_refused_and_changes_nothing(
    machine: Machine, tmp_path: Path
) -> None:
    stranger = Centre(tmp_path / "stranger")
    machine.inserts(stranger.packed("evil"))
    with pytest.raises(PromptError):
        machine.behind.compare(machine.lists(Place.STICK)[0], quiet)
    assert not machine.lists(Place.INSTALLED)


def test_without_a_stick_nothing_is_exported(machine: Machine) -> None:
    name = machine.centre.installed("aigul")
    pack = next(p for p in machine.lists(Place.INSTALLED) if p.key == name)
    with pytest.raises(PromptError, match="Put one in"):
        machine.behind.export(pack, quiet)


def test_reviews_claims_and_errors_are_those_of_now(machine: Machine) -> None:
    before = machine.behind.survey()
    assert {line.locale for line in before.reviews} == {KYRGYZ, RUSSIAN}
    assert all(0 < line.waiting <= line.of for line in before.reviews)
    assert before.claims == ()
    today = date.today()
    fact = next(iter(load_all(machine.folder, today).facts.by_id.values()))
    until = today + timedelta(days=30)
    write_check(machine.folder, fact, check_of("A. Name", today, until, today))
    machine.errors.note(AudioError("No microphone", "Plug it in"))
    after = machine.behind.survey()
    assert [(c.until, c.expired) for c in after.claims] == [(until.strftime("%d.%m.%Y"), False)]
    assert [error.kind for error in after.errors] == ["audio"]


def test_content_that_somebody_spoils_is_an_error_and_not_the_end(machine: Machine) -> None:
    (machine.folder / "claims.yaml").write_text("not: [yaml")
    assert machine.behind.survey().reviews == ()
    assert machine.errors.lines[0].kind == "other"


def test_only_clips_of_todays_texts_can_be_heard(machine: Machine) -> None:
    machine.inserts(machine.centre.packed("aigul"))
    compared = machine.behind.compare(machine.lists(Place.STICK)[0], quiet)
    assert compared.changes[KYRGYZ].stale == 1
    (clip,) = compared.clips
    assert clip.text == CONTENT.prompts[NAME][KYRGYZ][0]
    assert machine.behind.clip(clip).pcm.duration > 0.3
