"""``voicekiosk doctor`` on a whole kiosk, and on one that lacks something."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voicekiosk.app import places
from voicekiosk.cli import main
from voicekiosk.packs.active import Active, PackSet, write_active
from voicekiosk.packs.durable import Disk


def report(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, list[str]]]:
    """The exit code, and under each subject its mark, what was seen and how to mend it."""
    code = main(["doctor", *words])
    findings: dict[str, list[str]] = {}
    for line in capsys.readouterr().out.splitlines():
        if line.startswith("["):
            mark, _, rest = line[1:].partition("] ")
            subject, _, seen = rest.partition(": ")
            findings[subject] = lines = [mark.strip(), seen]
        elif line.startswith("    "):
            lines.append(line.strip())
    return code, findings


def test_it_looks_at_everything_and_marks_each(capsys: pytest.CaptureFixture[str]) -> None:
    _, findings = report(capsys)
    for subject in ("Python", "screen", "content", "listening", "prompt packs", "voice ky-KG"):
        assert findings[subject][0] in {"OK", "note", "mend"}, subject
    # Whatever is not all right says what to do.
    assert all(len(lines) > 2 for lines in findings.values() if lines[0] != "OK")


def test_the_model_in_the_repository_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    _, findings = report(capsys)
    assert findings["listening"][0] == "OK"


def test_a_changed_model_is_to_be_mended(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    models = tmp_path / "models"
    shutil.copytree(places().models, models)
    network = models / "vosk-ky" / "am" / "final.mdl"
    network.write_bytes(network.read_bytes()[:-1])
    code, findings = report(capsys, "--models", str(models))
    assert code == 1
    assert findings["listening"][0] == "mend"
    assert str(network) in findings["listening"][1]


def test_missing_content_hides_nothing_else(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, findings = report(capsys, "--content", str(tmp_path / "nowhere"))
    assert code == 1
    assert findings["content"][0] == "mend"
    assert findings["listening"][0] == "OK"
    assert "disk for the cache" in findings


def test_a_chosen_pack_that_has_vanished_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICEKIOSK_STATE", str(tmp_path))
    root = places().shelf
    root.mkdir(parents=True)
    write_active(root, Active(1, PackSet(("neighbour-1-abcdef12",))), Disk())
    code, findings = report(capsys)
    assert code == 1
    assert findings["prompt packs"][0] == "mend"
    assert "neighbour-1-abcdef12" in findings["prompt packs"][2]


def test_a_broken_pack_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pack = tmp_path / "torn"
    pack.mkdir()
    (pack / "manifest.yaml").write_text("id: torn\nprompts: [", encoding="utf-8")
    code, findings = report(capsys, "--packs", str(tmp_path))
    assert code == 1
    assert findings["prompt packs"][0] == "mend"
    assert "torn" in findings["prompt packs"][2]
