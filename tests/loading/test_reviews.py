"""Who has reviewed what: a review lives as long as its words do, and survives a power cut."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.loading.returned_spreadsheet import BY_KY, KY, ON_KY, RU, Returned
from tests.loading.small_folder import CATEGORY, CLAIMS, small_folder
from voicekiosk.cli import main
from voicekiosk.core.types import KYRGYZ
from voicekiosk.loading import ContentError
from voicekiosk.loading.many_files import WriteError, cut_off, finish, put
from voicekiosk.loading.reviews import REVIEWS, read_reviews

NAME = 'Айгүл "Ая" Асанова'


@pytest.fixture
def sent(tmp_path: Path) -> Returned:
    returned = Returned(small_folder(tmp_path), tmp_path / "texts.xlsx")
    returned.export()
    return returned


def _review(sent: Returned, text: str, day: str = "28.02.2027") -> None:
    sent.write(text, BY_KY, NAME)
    sent.write(text, ON_KY, day)


def test_a_review_counts_until_its_text_is_changed_and_again_when_it_is_as_it_was(
    sent: Returned,
) -> None:
    all_ky, all_ru = sent.awaiting("ky-KG"), sent.awaiting("ru-KG")
    before = sent.bytes()
    _review(sent, "claim.limit")
    sent.take_in()
    assert {**before, REVIEWS: b""} == {**sent.bytes(), REVIEWS: b""}, "only the reviews changed"
    assert set(all_ky) - set(sent.awaiting("ky-KG")) == {"claim.limit"}
    assert sent.awaiting("ru-KG") == all_ru

    sent.content.change(CLAIMS, "Бул жыл үчүн, токсон күн.", "Бул жылда, токсон күн.")
    assert sent.awaiting("ky-KG") == all_ky
    sent.export()
    sheet, _, cell = sent.cell("claim.limit", BY_KY).partition("!")
    assert load_workbook(sent.file)[sheet][cell].value is None, "nobody has reviewed these words"
    reviewed = (sent.content.folder / REVIEWS).read_bytes()
    assert sent.take_in().files == {}
    assert (sent.content.folder / REVIEWS).read_bytes() == reviewed, "and nothing is forgotten"

    sent.content.change(CLAIMS, "Бул жылда, токсон күн.", "Бул жыл үчүн, токсон күн.")
    assert "claim.limit" not in sent.awaiting("ky-KG")
    sent.export()
    sent.write("claim.limit", BY_KY, None)
    sent.write("claim.limit", ON_KY, None)
    sent.take_in()
    assert sent.awaiting("ky-KG") == all_ky, "a review is withdrawn by emptying its cells"


def test_who_corrects_a_text_and_signs_has_reviewed_the_corrected_one(sent: Returned) -> None:
    sent.write("topic.rules.telling.1", KY, "Күндү санаңыз.")
    _review(sent, "topic.rules.telling.1")
    sent.take_in()
    assert "topic.rules.telling.1" not in sent.awaiting("ky-KG")
    review = read_reviews(sent.content.folder, (KYRGYZ,))["topic.rules.telling.1"]
    assert (review.by_locale[KYRGYZ].by, str(review.by_locale[KYRGYZ].on)) == (NAME, "2027-02-28")

    sent.export()
    sent.write("topic.rules.telling.1", KY, "Күндөрдү санаңыз.")
    sent.take_in()
    assert "topic.rules.telling.1" in sent.awaiting("ky-KG"), "corrected without signing anew"


def test_a_review_file_that_somebody_spoiled_is_named_by_line(sent: Returned) -> None:
    (sent.content.folder / REVIEWS).write_text(
        "claim.limit:\n  ky-KG: {text: a, by: b, day: soon}\n  kk-KZ: {}\n", encoding="utf-8"
    )
    with pytest.raises(ContentError) as error:
        read_reviews(sent.content.folder, (KYRGYZ,))
    assert [fault.line for fault in error.value.faults] == [2, 3]


class PowerCut(Exception): ...


@pytest.mark.parametrize("moves", range(4))
def test_a_power_cut_between_the_files_leaves_all_old_or_all_new_ones(
    sent: Returned, moves: int
) -> None:
    old = sent.bytes()
    sent.write("claim.limit", RU, "На год, сто дней.")
    sent.write("topic.rules.telling.1", RU, "Считайте все дни.")
    _review(sent, "claim.limit")
    files = sent.plan().files
    assert len(files) == 3
    left = moves

    def cut(new: Path, file: Path) -> None:
        nonlocal left
        if not left:
            raise PowerCut
        left -= 1
        new.replace(file)

    with pytest.raises(PowerCut):
        put(sent.content.folder, files, rename=cut)
    assert cut_off(sent.content.folder) == (moves > 0)
    assert finish(sent.content.folder) == (4 - moves if moves else 0)
    new = {**old, **{file.as_posix(): content for file, content in files.items()}}
    after = {name: file for name, file in sent.bytes().items() if not name.endswith(".new")}
    assert after == (new if moves else old)
    put(sent.content.folder, files)
    assert sent.bytes() == new, "what was left behind is gone"


def test_what_somebody_changed_after_a_power_cut_is_not_overwritten(sent: Returned) -> None:
    sent.write("topic.rules.telling.1", RU, "Считайте все дни.")
    files, journalled = sent.plan().files, False

    def cut(new: Path, file: Path) -> None:
        nonlocal journalled
        if journalled:
            raise PowerCut
        new.replace(file)
        journalled = True

    with pytest.raises(PowerCut):
        put(sent.content.folder, files, rename=cut)
    sent.content.change(CATEGORY, "Не ждите.", "Не ждите!")
    before = sent.bytes()
    with pytest.raises(WriteError, match="has been changed since"):
        finish(sent.content.folder)
    assert sent.bytes() == before


def test_a_full_disk_changes_nothing(sent: Returned) -> None:
    before = sent.bytes()
    sent.write("topic.rules.telling.1", RU, "Считайте все дни.")

    def full(new: Path, file: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(WriteError, match="nothing was"):
        put(sent.content.folder, sent.plan().files, rename=full)
    assert sent.bytes() == before


def test_from_the_command_line_to_and_fro(
    sent: Returned, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def kiosk(*words: str) -> tuple[int, str]:
        code = main(["content", "--content", str(sent.content.folder), *words])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    file = str(sent.file)
    assert "is there already" in kiosk("export", file)[1]
    assert kiosk("export", file, "--replace")[0] == 0
    assert kiosk("export", str(tmp_path / "texts.xls"))[0] == 1
    assert kiosk("export", str(tmp_path / "nowhere" / "texts.xlsx"))[0] == 1
    assert kiosk("import", file) == (0, "The spreadsheet changes nothing.\n")
    cell = sent.write("topic.rules.telling.1", RU, "Считайте 90 дней.")
    code, told = kiosk("import", file, "--yes")
    assert code == 1
    assert f"{cell}: The digits 90" in told
    assert "Считайте девяносто дней." in told
    sent.write("topic.rules.telling.1", RU, "Считайте все дни.")
    before = sent.bytes()
    asking = [sys.executable, "-m", "voicekiosk", "content", "--content", str(sent.content.folder)]
    answer = subprocess.run([*asking, "import", file], input="n\n", capture_output=True, text=True)
    code, told = answer.returncode, answer.stdout
    assert (code, sent.bytes()) == (1, before), "nobody said yes"
    assert "  - Считайте дни.\n  + Считайте все дни.\n" in told
    assert kiosk("import", file, "--yes")[0] == 0
    assert "Считайте все дни.".encode() in sent.bytes()[CATEGORY]

    def check() -> str:
        main(["check", "--content", str(sent.content.folder)])
        return capsys.readouterr().out

    count = len(sent.awaiting("ky-KG"))
    assert f"ky-KG: {count} of {count} texts" in check()
    kiosk("export", file, "--replace")
    _review(sent, "topic.rules.remember", "2026-11-20")
    assert kiosk("import", file, "--yes")[0] == 0
    assert f"ky-KG: {count - 1} of {count} texts" in check()
    assert f"ru-KG: {count} of {count} texts" in check()
    sent.content.change("kiosk.yaml", "ky-KG: null", "ky-KG: Айгүл")
    assert "  ky-KG: " not in check(), "she answers for the whole language"
