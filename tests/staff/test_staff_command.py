"""``voicekiosk staff pin`` at a terminal, and staff.yaml when somebody has spoilt it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from voicekiosk.app import places
from voicekiosk.cli import main
from voicekiosk.loading import ContentError
from voicekiosk.loading.staff_texts import load_staff_texts
from voicekiosk.staff.pin import PIN_FILE, Pin


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICEKIOSK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("VOICEKIOSK_STATE", str(tmp_path / "state"))
    return tmp_path


def types(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))


def test_a_pin_is_set_without_being_shown(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types(monkeypatch, "483916\n")
    assert main(["staff", "pin"]) == 0
    told = capsys.readouterr()
    assert "The PIN is set" in told.out and "483916" not in told.out + told.err
    assert Pin(home / "config" / PIN_FILE, home / "tries").judge("483916")


@pytest.mark.parametrize("line", ["", "12\n", "1111\n", "abcd\n"])
def test_what_is_no_pin_changes_nothing_and_says_how(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    types(monkeypatch, line)
    assert main(["staff", "pin"]) == 1
    assert "Choose" in capsys.readouterr().err
    assert not (home / "config").exists()


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
