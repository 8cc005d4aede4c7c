"""The person who keeps the content asks ``voicekiosk check`` how things stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loading.small_folder import CATEGORY, small_folder
from tests.loading.spoiling import CONTENT, WORK, copy_into
from voicekiosk.cli import main


def test_sound_content_is_counted_and_the_open_work_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--content", str(CONTENT)]) == 0
    told = capsys.readouterr().out
    assert "6 categories, 36 topics" in told
    assert "No faults." in told
    assert "36 told" in told
    assert "паспорт: topic.documents, topic.passport_taken, topic.lost_passport" in told
    assert "await a reviewer" in told


def test_faults_go_to_stderr_and_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_into(tmp_path)
    content.change(WORK, "diamond", "star")
    content.change(WORK, "- Он нужен не всем.", "- Он нужен 90 дней.")
    assert main(["check", "--content", str(content.folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{content.folder / WORK}:") for line in lines[:2])
    assert lines[2] == "2 faults"


def test_a_topic_that_nobody_has_written_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = small_folder(tmp_path)
    content.change(CATEGORY, "    telling: {ky-KG: [Күтпөңүз.], ru-KG: [Не ждите.]}\n", "")
    assert main(["check", "--content", str(content.folder)]) == 0
    told = capsys.readouterr().out
    assert "2 topics (1 told)" in told
    assert "  topic.wages" in told


def test_digits_come_back_as_the_words_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = copy_into(tmp_path)
    content.change(WORK, "- Он нужен не всем.", "- Он нужен не позднее 30 дней.")
    assert main(["check", "--content", str(content.folder)]) == 1
    told = capsys.readouterr().err
    assert "Write it in words: Он нужен не позднее тридцати дней." in told


def test_digits_with_two_readings_are_named_and_not_guessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = copy_into(tmp_path)
    content.change(WORK, "- Он нужен не всем.", "- Он нужен с 2019.")
    assert main(["check", "--content", str(content.folder)]) == 1
    assert "`2019` can be read in more than one way" in capsys.readouterr().err


def test_phrases_that_sound_alike_are_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = copy_into(tmp_path)
    content.change(WORK, "ru-KG: [оформить патент, ", "ru-KG: [оформить патент, повторяй, ")
    assert main(["check", "--content", str(content.folder)]) == 1
    told = capsys.readouterr().err
    assert "`повторяй` (topic.patent)" in told
    assert "Drop or lengthen `повторяй`" in told


def test_the_worst_pairs_are_shown_with_their_distances(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--confusable", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert all(" | " in line for line in lines[1:])


def test_readability_is_a_line_a_language_and_a_table_when_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"]) == 0
    summary = capsys.readouterr().out
    assert summary.count("\nReadability ") == 2
    assert main(["check", "--readability"]) == 0
    table = capsys.readouterr().out
    assert table.count("\ndocuments ") == 2
    assert "no list of frequent Kyrgyz words" in table
