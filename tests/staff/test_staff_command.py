"""``voicekiosk staff pin`` at a terminal, and staff.yaml when somebody has spoilt it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from voicekiosk.app import places
from voicekiosk.cli import main
from voicekiosk.loading import ContentError
from voicekiosk.loading.staff_texts import load_staff_texts
from voicekiosk.staff.pin import PIN_FILE, Pin


def staff_pin(home: Path, typed: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with what is typed into it."""
    folders = {"VOICEKIOSK_CONFIG": str(home / "config"), "VOICEKIOSK_STATE": str(home / "state")}
    return subprocess.run(
        [sys.executable, "-m", "voicekiosk", "staff", "pin"],
        env={**os.environ, **folders},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_pin_is_set_without_being_shown(tmp_path: Path) -> None:
    done = staff_pin(tmp_path, "483916\n")
    assert done.returncode == 0 and "The PIN is set" in done.stdout
    assert "483916" not in done.stdout + done.stderr
    assert Pin(tmp_path / "config" / PIN_FILE, tmp_path / "tries").judge("483916")


@pytest.mark.parametrize("typed", ["", "12\n", "abcd\n"])
def test_what_is_no_pin_changes_nothing_and_says_how(tmp_path: Path, typed: str) -> None:
    done = staff_pin(tmp_path, typed)
    assert done.returncode == 1 and "Choose" in done.stderr
    assert not (tmp_path / "config").exists()


def test_the_help_teaches_how_the_page_is_opened(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["staff", "--help"])
    told = capsys.readouterr().out
    assert "five touches" in told and "* 0 * 0 #" in told and "staff pin" in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("  pin: {", "  pan: {", "`pan` is not known here"),
        ("{seconds}", "{secs}", "{secs}"),
        ('en: "PIN"', 'de: "PIN"', "`en` is missing"),
        ("  menu:\n    ky-KG: [", "  menu:\n    ky-KG: 3 #[", "list"),
    ],
)
def test_a_spoilt_text_is_named_with_its_place(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    file = tmp_path / "staff.yaml"
    shutil.copy(places().content / "staff.yaml", file)
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))
    with pytest.raises(ContentError) as refused:
        load_staff_texts(tmp_path)
    assert any(told in str(fault) and "staff.yaml" in str(fault) for fault in refused.value.faults)


def test_check_names_what_is_wrong_with_the_staff_texts_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(places().content, folder)
    file = folder / "staff.yaml"
    file.write_text(file.read_text().replace("{seconds}", "{secs}"))
    assert main(["check", "--content", str(folder)]) == 1
    assert "{secs}" in capsys.readouterr().err
