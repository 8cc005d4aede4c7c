"""``voicekiosk collect`` at the terminal: off until enabled, clear when it cannot record."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.collecting.folders import enabled
from tests.collecting.test_storing import record
from voicekiosk.cli import main
from voicekiosk.collecting.storing import VoiceCollection

ROOT = Path(__file__).parents[2]
ONE = ("--speaker-group", "woman", "--locale", "ky-KG")


def collect(folder: Path, *options: str) -> int:
    return main(["collect", "--out", str(folder), *options])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return enabled(tmp_path / "voices")


def test_it_is_off_until_staff_enables_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voices = tmp_path / "voices"
    assert collect(voices, *ONE) == 1
    assert "is not enabled for recordings" in capsys.readouterr().err
    assert not voices.exists()
    assert collect(voices, "--enable") == 1
    assert "--responsible" in capsys.readouterr().err
    assert collect(voices, "--enable", "--responsible", "A. Name, 0312 000000") == 0
    assert collect(voices, "--list") == 0
    assert "0 speakers, 0 recordings" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["content/voices", "audio_prompts/voices", "voices"])
def test_a_folder_of_the_program_is_refused(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert collect(ROOT / place, "--enable", "--responsible", "A. Name") == 1
    assert "lies inside" in capsys.readouterr().err
    assert not (ROOT / place).exists()


def test_staff_sees_who_is_there_and_removes_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 2)
        record(collection, "s000002", 1)
    assert collect(folder, "--list") == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[1].split() == ["s000001", "woman", "ky-KG", "2", "2026-11-24", "2027-05-23"]
    assert listed[-1] == "2 speakers, 3 recordings; A. Name answers for them"
    assert collect(folder, "--withdraw", "s000001") == 0
    assert capsys.readouterr().out == "removed 2 recordings of s000001: s000001 withdrew\n"
    assert collect(folder, "--withdraw", "s000001") == 1
    assert "It has s000002" in capsys.readouterr().err


def test_what_expired_is_removed_at_every_start(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 2, days=-5000)
    assert collect(folder, "--list") == 0
    said = capsys.readouterr().out
    assert "removed 2 recordings of s000001: kept long enough" in said
    assert "0 speakers" in said
    assert collect(folder, "--expire") == 0
    assert "nothing expires before" in capsys.readouterr().out


def test_who_speaks_must_be_told_and_a_child_needs_a_guardian(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert collect(folder) == 1
    assert "--speaker-group woman|man" in capsys.readouterr().err
    assert collect(folder, "--speaker-group", "child") == 1
    assert "add --guardian" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--days", "0"), ("--days", "721"), ("--items", "many"), ("--others", "2"), ("--size", "x")],
)
def test_a_value_that_makes_no_sense_is_refused_with_an_example(
    folder: Path, option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        collect(folder, *ONE, option, value)
    assert refused.value.code == 2
    assert "write" in capsys.readouterr().err


def test_an_option_nobody_knows_is_told_with_those_like_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert collect(folder, *ONE, "--only", "topic.document") == 1
    assert "topic.documents" in capsys.readouterr().err


@pytest.mark.timeout(90)
def test_without_a_microphone_nobody_is_asked(folder: Path) -> None:
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "voicekiosk", "collect", "--out", str(folder), *ONE),
            *("--microphone", "the one at home"),
        ],
        env={**os.environ, "SDL_VIDEODRIVER": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=80,
        check=False,
    )
    assert ended.returncode == 1
    assert "No microphone can be opened under the name 'the one at home'" in ended.stderr
    assert "Plug it in" in ended.stderr
    assert not list(folder.glob("s*"))


def test_nothing_but_this_command_leads_to_recording() -> None:
    """No screen, key or command of the kiosk can start it: nobody else even knows the room.

    The recorder is known to one more command, the studio in which staff read the prompts aloud.
    """
    for path in sorted((ROOT / "voicekiosk").rglob("*.py")):
        name = str(path.relative_to(ROOT / "voicekiosk"))
        if name.startswith("collecting/") or "collect" in path.stem:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            used = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                used = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
            inside = [m.removeprefix("voicekiosk.") for m in used if m.startswith("voicekiosk.")]
            assert not [module for module in inside if "collect" in module], name
            if not name.startswith(("recording/", "commands/pack_record")):
                assert not [module for module in inside if module.startswith("recording")], name
