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
