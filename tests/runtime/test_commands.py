"""The command line teaches, survives trouble without a traceback, and talks by typing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.small_content import small_content
from voicekiosk.commands.type import conversation

ROOT = Path(__file__).parent.parent.parent


def voicekiosk(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "voicekiosk", *words],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=60,
    )


def test_the_help_names_the_first_steps() -> None:
    told = voicekiosk("--help")
    assert told.returncode == 0
    for step in ("doctor", "run --windowed", "check", "type"):
        assert f"voicekiosk {step}" in told.stdout


def test_without_a_command_the_help_is_shown() -> None:
    assert voicekiosk().stdout == voicekiosk("--help").stdout


@pytest.mark.parametrize("command", ["run", "type"])
def test_a_missing_content_folder_is_a_sentence_and_a_mend(command: str, tmp_path: Path) -> None:
    options = ["--virtual"] if command == "run" else []
    told = voicekiosk(command, *options, "--content", str(tmp_path / "nowhere"))
    assert told.returncode == 1
    assert "nowhere" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_size_that_is_none_is_explained() -> None:
    told = voicekiosk("run", "--size", "big")
    assert told.returncode == 2
    assert "1280x800" in told.stderr


def test_the_real_kiosk_answers_typed_words() -> None:
    told = voicekiosk("type", typed="паспорт\n/hang\n")
    assert told.returncode == 0, told.stderr
    assert "nobody is here" in told.stdout


def talk(*lines: str) -> list[str]:
    return list(conversation(small_content(), lines))


def test_a_typed_word_goes_where_the_spoken_one_goes() -> None:
    assert talk("документы")[-1] == "[ Документы ]  1 Трудовой договор  2 Регистрация"


def test_a_typed_key_goes_where_the_pressed_one_goes() -> None:
    assert talk("/2")[-1].startswith("[ Жумуш ]  1 Эмгек келишими")
    assert talk("/2", "/1", "/back")[-1].startswith("[ Жумуш ]")


def test_a_slip_of_the_finger_is_asked_about() -> None:
    shown = talk("регистраци")[-1]
    assert shown.startswith("[ choice ]") and "Регистрация" in shown


def test_hanging_up_ends_the_visit_and_lifting_begins_another() -> None:
    assert talk("/2", "/hang")[-1].startswith("[ nobody is here")
    assert talk("/2", "/hang", "/lift")[-1].startswith("[ home ]")


def test_who_stays_silent_is_taught_asked_twice_and_let_go() -> None:
    assert not talk(*["/wait"] * 4)[-1].startswith("[ nobody")
    assert talk(*["/wait"] * 5)[-1].startswith("[ nobody")


def test_what_is_no_key_is_answered() -> None:
    assert "/help" in talk("/f5")[-1]
