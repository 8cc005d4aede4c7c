"""Staff change a text while the kiosk runs."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.loading.small_folder import TODAY, small_folder, telling
from voicekiosk.core.content import Content
from voicekiosk.loading import ContentError
from voicekiosk.loading.checking import write_check
from voicekiosk.loading.facts import Check
from voicekiosk.loading.watching import ContentWatch

CONTENT = Path(__file__).parents[2] / "content"


class Office:
    """A content folder, somebody who edits it, and the watch."""

    def __init__(self, folder: Path) -> None:
        self.day = date(2026, 11, 24)
        self.folder = folder
        shutil.copytree(CONTENT, folder)
        self.served: list[Content] = []
        self.refused: list[ContentError] = []
        self.watch = ContentWatch(folder, self.served.append, self.refused.append, lambda: self.day)

    def edit(self, old: str, new: str) -> None:
        file = self.folder / "kiosk.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    def look_twice(self) -> None:
        self.watch.look()
        self.watch.look()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "content")


def test_nothing_changed_nothing_happens(office: Office) -> None:
    office.look_twice()
    assert office.served == [] and office.refused == []


def test_a_new_word_for_help_is_served(office: Office) -> None:
    office.edit("подскажи", "подскажите мне")
    office.watch.look()
    assert office.served == []  # somebody may still be writing
    office.watch.look()
    (content,) = office.served
    assert "подскажите мне" in content.meanings()


def test_broken_content_is_refused_until_it_is_mended(office: Office) -> None:
    office.edit("commands:", "comands:")
    office.look_twice()
    office.look_twice()
    assert office.served == [] and len(office.refused) == 1
    assert "comands" in str(office.refused[0])
    office.edit("comands:", "commands: ")
    office.look_twice()
    assert len(office.served) == 1


def test_a_new_day_loads_the_content_again(office: Office) -> None:
    office.day += timedelta(days=1)
    office.look_twice()
    assert len(office.served) == 1


def test_a_claim_is_told_no_longer_on_the_day_after_its_last(tmp_path: Path) -> None:
    folder, day, served = small_folder(tmp_path), [TODAY], []
    folder.checked(on=str(TODAY), until=str(TODAY))
    watch = ContentWatch(folder.folder, served.append, lambda error: None, lambda: day[0])
    assert "claim.limit" in telling(folder.on(TODAY).content)
    day[0] += timedelta(days=1)
    watch.look()
    watch.look()
    (content,) = served
    assert "claim.limit.otherwise" in telling(content)


def test_a_claim_confirmed_while_the_kiosk_runs_is_told_at_once(tmp_path: Path) -> None:
    folder, served = small_folder(tmp_path), []
    watch = ContentWatch(folder.folder, served.append, lambda error: None, lambda: TODAY)
    fact = folder.on(TODAY).facts.by_id["limit"]
    write_check(folder.folder, fact, Check(TODAY, "Айгүл", TODAY))
    watch.look()
    watch.look()
    (content,) = served
    assert "claim.limit" in telling(content)
