"""Staff confirm a claim and withdraw it; of the file nothing else changes, whatever happens."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.loading.small_folder import CLAIMS, NUMBERS, TODAY, SmallFolder, small_folder, telling
from tests.loading.spoiling import copy_into
from voicekiosk.cli import main
from voicekiosk.core.content import Topic
from voicekiosk.loading import load_all
from voicekiosk.loading.checking import CheckError, check_of, write_check
from voicekiosk.loading.facts import RELEASED, Check, State

CHECK = Check(TODAY, 'Айгүл "Ая" Асанова: кеңешчи', date(2028, 1, 1))


@pytest.fixture
def folder(tmp_path: Path) -> SmallFolder:
    return small_folder(tmp_path)


def _bytes(folder: SmallFolder) -> bytes:
    return (folder.folder / CLAIMS).read_bytes()


@pytest.mark.parametrize(
    ("name", "file"), [("limit", CLAIMS), ("spare", CLAIMS), ("hotline", NUMBERS)]
)
def test_what_is_confirmed_is_in_force_and_the_rest_of_the_file_is_as_it_was(
    folder: SmallFolder, name: str, file: str
) -> None:
    before = (folder.folder / file).read_bytes().decode()
    loaded = folder.on(TODAY)
    write_check(folder.folder, loaded.facts.by_id[name], CHECK)

    after = folder.on(TODAY)
    assert after.facts.by_id[name].check == CHECK
    others = [f for f in after.facts.by_id.values() if f.id != name]
    assert others == [f for f in loaded.facts.by_id.values() if f.id != name]
    written = (folder.folder / file).read_bytes().decode()
    values = r"(_on|_by|_until):( null| ~| \d{4}-\d\d-\d\d| \"[^#\n]*\")?(?=[,}\s])"
    assert re.sub(values, r"\1:", written) == re.sub(values, r"\1:", before)


def test_confirmed_and_withdrawn_twice_over_the_file_comes_to_rest(folder: SmallFolder) -> None:
    fact = folder.on(TODAY).facts.by_id["limit"]
    write_check(folder.folder, fact, None)
    withdrawn = _bytes(folder)
    write_check(folder.folder, fact, CHECK)
    assert "claim.limit" in telling(folder.on(TODAY).content)
    write_check(folder.folder, fact, None)
    assert _bytes(folder) == withdrawn
    assert "claim.limit.otherwise" in telling(folder.on(TODAY).content)


def test_a_file_written_on_windows_keeps_its_line_ends(folder: SmallFolder) -> None:
    file = folder.folder / CLAIMS
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    lines = file.read_bytes().count(b"\r\n")
    write_check(folder.folder, folder.on(TODAY).facts.by_id["limit"], CHECK)
    assert folder.on(TODAY).facts.by_id["limit"].check == CHECK
    assert file.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert (file.read_bytes().count(b"\r\n"), file.read_bytes().count(b"\n")) == (lines, lines)


def test_the_file_keeps_its_rights_and_its_link(folder: SmallFolder, tmp_path: Path) -> None:
    file, real = folder.folder / CLAIMS, tmp_path / "kept elsewhere.yaml"
    file.rename(real)
    real.chmod(0o640)
    file.symlink_to(real)
    write_check(folder.folder, folder.on(TODAY).facts.by_id["limit"], CHECK)
    assert file.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert folder.on(TODAY).facts.by_id["limit"].check == CHECK


class PowerCut(Exception): ...


def test_a_power_cut_before_the_renaming_leaves_the_old_file(folder: SmallFolder) -> None:
    before, seen = _bytes(folder), []

    def cut(new: Path, old: Path) -> None:
        seen.append(new.read_bytes())
        raise PowerCut

    fact = folder.on(TODAY).facts.by_id["limit"]
    with pytest.raises(PowerCut):
        write_check(folder.folder, fact, CHECK, rename=cut)
    assert _bytes(folder) == before
    assert b"2028-01-01" in seen[0], "the new file is whole before it takes the old one's place"
    assert "claim.limit.otherwise" in telling(folder.on(TODAY).content), "what was left disturbs"
    write_check(folder.folder, fact, CHECK)
    assert folder.on(TODAY).facts.by_id["limit"].check == CHECK


def test_a_disk_that_is_full_is_told_of_and_leaves_nothing(folder: SmallFolder) -> None:
    before = _bytes(folder)

    def full(new: Path, old: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(CheckError, match="cannot be changed"):
        write_check(folder.folder, folder.on(TODAY).facts.by_id["limit"], CHECK, rename=full)
    assert _bytes(folder) == before
    assert [p.name for p in folder.folder.iterdir() if p.name.startswith(".")] == []


def test_a_claim_that_somebody_removed_meanwhile_is_told_of(folder: SmallFolder) -> None:
    fact = folder.on(TODAY).facts.by_id["spare"]
    folder.change(CLAIMS, "spare:", "other:")
    with pytest.raises(CheckError, match="`spare` is no longer in the file"):
        write_check(folder.folder, fact, CHECK)


DAY = timedelta(1)
REFUSED = [
    (("Айгүл", TODAY, TODAY - DAY), "is past"),
    (("Айгүл", TODAY + DAY, TODAY + 9 * DAY), "still to come"),
    (("Айгүл", TODAY, TODAY + 732 * DAY), "more than two years"),
    ((" ", TODAY, TODAY + DAY), "is no name"),
    (("42", TODAY, TODAY + DAY), "is no name"),
]


@pytest.mark.parametrize(("asked", "why"), REFUSED)
def test_a_check_that_cannot_be_is_refused(asked: tuple[str, date, date], why: str) -> None:
    by, on, until = asked
    with pytest.raises(CheckError, match=why) as caught:
        check_of(by, on, until, TODAY)
    assert caught.value.mend


def test_a_check_of_today_for_a_day_or_two_years_may_be_written() -> None:
    assert check_of(" Айгүл  Асанова ", TODAY, TODAY, TODAY).by == "Айгүл Асанова"
    assert check_of("Айгүл", TODAY, TODAY + 731 * DAY, TODAY)


def test_a_machine_before_its_own_release_confirms_nothing() -> None:
    with pytest.raises(CheckError, match="before this kiosk was made"):
        check_of("Айгүл", date(1970, 1, 1), date(1970, 1, 2), RELEASED - DAY)


def _claims(folder: SmallFolder, *words: str) -> int:
    return main(["claims", "--content", str(folder.folder), *words])


UNTIL = (date.today() + timedelta(300)).isoformat()


def test_staff_list_show_confirm_and_withdraw(
    folder: SmallFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _claims(folder) == 0
    rows = capsys.readouterr().out.splitlines()
    assert re.split(r"\s\s+", rows[1]) == [*("limit", "unconfirmed"), *"---", "rules", "somewhere"]
    assert len(rows) == 4

    assert _claims(folder, "show", "limit") == 0
    told = capsys.readouterr().out
    for part in ("На год, девяносто дней.", "Бул эреже өзгөрүп турат.", "is it so", "of 2025"):
        assert part in told

    assert (
        _claims(folder, "confirm", "limit", "--by", "Айгүл", "--valid-until", UNTIL, "--yes") == 0
    )
    assert "Бул жыл үчүн, токсон күн." in capsys.readouterr().out
    loaded = folder.on(date.today())
    assert loaded.facts.state(loaded.facts.by_id["limit"]) is State.IN_FORCE

    assert _claims(folder, "withdraw", "limit") == 0
    assert "Это правило меняется." in capsys.readouterr().out
    assert folder.on(date.today()).facts.by_id["limit"].check is None


@pytest.mark.parametrize(("answer", "told"), [("", False), ("no\n", False), ("ооба\n", True)])
def test_who_does_not_say_yes_has_changed_nothing(
    folder: SmallFolder, answer: str, told: bool
) -> None:
    before = _bytes(folder)
    words = ("--content", str(folder.folder), "confirm", "limit", "--by", "Айгүл")
    asked = subprocess.run(
        [
            sys.executable,
            "-X",
            "utf8",
            "-m",
            "voicekiosk",
            "claims",
            *words,
            "--valid-until",
            UNTIL,
        ],
        input=answer,
        capture_output=True,
        encoding="utf-8",
    )
    assert "Did Айгүл find on" in asked.stdout
    assert asked.returncode == (0 if told else 1)
    assert (_bytes(folder) != before) == told


def test_an_id_that_is_not_there_is_told_of(
    folder: SmallFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _claims(folder, "withdraw", "nothing") == 1
    assert "No claim and no number is called nothing" in capsys.readouterr().err


def test_check_counts_the_states_and_refuses_days_that_are_still_to_come(
    folder: SmallFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    today = date.today()
    folder.checked(on=str(today), until=str(today + timedelta(59)))
    assert main(["check", "--content", str(folder.folder)]) == 0
    told = capsys.readouterr().out
    assert "Claims (2): 1 unconfirmed, 0 in force, 1 expires within 60 days, 0 expired." in told
    assert f"expires within 60 days, until {today + timedelta(59)}: limit" in told
    assert "Numbers (1): 1 unconfirmed" in told
    folder.checked(on=str(today + timedelta(1)), until=str(today + timedelta(2)))
    assert main(["check", "--content", str(folder.folder)]) == 1
    assert "is still to come" in capsys.readouterr().err


def test_whatever_the_kiosk_knows_can_be_confirmed_is_told_in_time_and_ends(tmp_path: Path) -> None:
    """Over all topics of the content as it stands, and the days around a check."""
    folder = copy_into(tmp_path).folder
    until = TODAY + 90 * DAY
    for fact in load_all(folder, TODAY).facts.by_id.values():
        write_check(folder, fact, Check(TODAY, "Айгүл", until))
    for day, told in ((TODAY - DAY, False), (TODAY, True), (until, True), (until + DAY, False)):
        content = load_all(folder, day).content
        topics = [o for o in content.options.values() if isinstance(o, Topic)]
        passing = [p for t in topics for p in t.telling if not p.startswith("topic.")]
        assert len(topics) == 36 and len(passing) > 20
        assert all(p.endswith(".otherwise") != told for p in passing)
        assert (content.shown != {}) == told
