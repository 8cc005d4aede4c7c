"""./kiosk from outside: it says what it can do, starts warm at once, and fails in plain words."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAMP = ROOT / ".venv" / "made-from"

needs_set_up = pytest.mark.skipif(not STAMP.exists(), reason="./kiosk did not set this checkout up")


def kiosk(
    *words: str, at: Path = ROOT, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(at / "kiosk"), *words],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The entrance and its lists alone, never set up, in a folder with a space in its name."""
    place = tmp_path / "a checkout"
    place.mkdir()
    for name in ("kiosk", "pyproject.toml"):
        shutil.copy(ROOT / name, place)
    shutil.copytree(ROOT / "setup", place / "setup")
    return place


def bare_tools(place: Path, *tools: str) -> str:
    """A PATH with nothing but these."""
    place.mkdir()
    for tool in ("bash", "env", "cat", "cut", "dirname", "flock", "grep", "id", "readlink", "sed",
                 "sha256sum", *tools):  # fmt: skip
        found = shutil.which(tool)
        assert found, tool
        (place / tool).symlink_to(found)
    return str(place)


def test_without_a_command_it_says_what_it_can_do() -> None:
    answer = kiosk()
    assert answer.returncode == 2
    assert "./kiosk run" in answer.stdout
    assert "./kiosk test" in answer.stdout


@needs_set_up
def test_a_second_start_adds_next_to_nothing(tmp_path: Path) -> None:
    python = ROOT / ".venv" / "bin" / "python"
    bare, through = [], []
    for _ in range(3):
        before = time.monotonic()
        subprocess.run([python, "-m", "voicekiosk", "--version"], check=True, cwd=tmp_path)
        between = time.monotonic()
        answer = kiosk("--version", cwd=tmp_path)
        through.append(time.monotonic() - between)
        bare.append(between - before)
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout.startswith("voicekiosk ")
        assert answer.stderr == ""
    # The best of three: what a busy machine adds is not the launcher's.
    assert min(through) - min(bare) < 0.3


@needs_set_up
def test_a_command_that_fails_fails_through_the_entrance_too() -> None:
    assert kiosk("no-such-command").returncode == 2


def test_a_machine_without_apt_is_told_what_to_install(checkout: Path, tmp_path: Path) -> None:
    answer = kiosk("run", at=checkout, PATH=bare_tools(tmp_path / "bin"))
    assert answer.returncode == 1
    assert "There is no apt-get here" in answer.stderr
    assert "libportaudio2" in answer.stderr
    assert "Mend: " in answer.stderr


def test_a_machine_without_python_is_told_so(checkout: Path, tmp_path: Path) -> None:
    path = bare_tools(tmp_path / "bin")
    answer = kiosk("run", at=checkout, PATH=path, KIOSK_SKIP_APT="1")
    assert answer.returncode == 1
    assert "There is no python3." in answer.stderr
    assert "apt-get install python3 python3-venv" in answer.stderr


def test_a_python_that_cannot_make_environments_is_told_from_one_that_can(
    checkout: Path, tmp_path: Path
) -> None:
    halved = tmp_path / "python-without-venv"
    real = shutil.which("python3")
    # As on Debian without python3-venv: everything is there but ensurepip.
    halved.write_text(f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexec {real} "$@"\n')
    halved.chmod(0o755)
    answer = kiosk("run", at=checkout, PYTHON=str(halved), KIOSK_SKIP_APT="1")
    assert answer.returncode == 1
    assert "Mend: apt-get install python3-venv" in answer.stderr


def test_every_locked_library_is_sealed() -> None:
    for name in ("requirements.lock", "build-tools.lock"):
        text = (ROOT / "setup" / name).read_text(encoding="utf-8")
        entries = [block for block in text.split("\n") if block and block[0] not in "# -"]
        assert entries
        for entry in entries:
            assert "==" in entry and entry.endswith("\\"), entry
            assert "--hash=sha256:" in text.split(entry, 1)[1].split("\n", 2)[1]
        assert "://" not in text


def test_the_lock_covers_what_the_project_asks_for() -> None:
    import tomllib

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "setup" / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = dict(line.split()[0].split("==") for line in lines if "==" in line and line[0] != " ")
    for wanted in (*project["dependencies"], *project["optional-dependencies"]["test"]):
        requirement = Requirement(wanted)
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), wanted
