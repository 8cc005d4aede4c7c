"""The commands say and pack, run as a person runs them."""

import argparse
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile
import yaml

from voicekiosk.commands import pack, say
from voicekiosk.commands.pack_synthesize import synthesize
from voicekiosk.core.types import RUSSIAN
from voicekiosk.loading import load
from voicekiosk.ports import KioskError
from voicekiosk.synthesis.espeak import EspeakSynthesizer

CONTENT = Path(__file__).parents[2] / "content"


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    say.add_parser(subparsers)
    pack.add_parser(subparsers)
    args = parser.parse_args(words)
    code: int = args.run(args)
    return code


def test_say_writes_what_a_visitor_would_hear(tmp_path: Path) -> None:
    out = tmp_path / "said.wav"
    assert command("say", "Саламатсызбы!", "--espeak", "--out", str(out)) == 0
    assert soundfile.info(out).samplerate == 24_000
    assert soundfile.info(out).duration > 0.5


def test_say_a_prompt_of_the_content(tmp_path: Path) -> None:
    out = tmp_path / "welcome.flac"
    words = ("--prompt", "system.welcome", "--locale", "ru-KG", "--out", str(out))
    assert command("say", *words, "--content", str(CONTENT), "--packs", str(tmp_path)) == 0
    assert soundfile.info(out).duration > 2


def test_say_wants_one_thing() -> None:
    assert command("say") == 2
    assert command("say", "текст", "--prompt", "system.home") == 2


def test_say_refuses_digits(tmp_path: Path) -> None:
    with pytest.raises(KioskError, match="digits"):
        command("say", "112", "--out", str(tmp_path / "x.wav"))


def test_a_pack_is_made_verified_and_found_out_when_it_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = tmp_path / "packs" / "tiny-ru"
    content = load(CONTENT)
    few = {prompt: content.prompts[prompt] for prompt in list(content.prompts)[:3]}
    content = replace(content, prompts=few)

    assert synthesize(content, small, RUSSIAN, EspeakSynthesizer(), "1") == 0
    manifest = yaml.safe_load((small / "manifest.yaml").read_text("utf-8"))
    assert len(manifest["prompts"]["ru-KG"]) == 3
    for line in manifest["prompts"]["ru-KG"].values():
        assert line["recorded"] is False and line["voice"] and line["duration"] > 0.3
        assert -17 < line["loudness"] < -15
    clips = {clip: clip.stat().st_mtime_ns for clip in small.glob("*.opus")}
    first = next(iter(few))
    few[first] = {RUSSIAN: ("Новый текст.",)}
    assert synthesize(content, small, RUSSIAN, EspeakSynthesizer(), "2") == 0
    again = {clip.name for clip, made in clips.items() if clip.stat().st_mtime_ns != made}
    assert again == {f"{first}.opus"}, "only the text that changed is spoken again"
    few[first] = load(CONTENT).prompts[first]
    assert synthesize(content, small, RUSSIAN, EspeakSynthesizer(), "3") == 0
    where = ("--content", str(CONTENT), "--packs", str(tmp_path / "packs"))
    assert command("pack", *where, "verify") == 0
    next(small.glob("*.opus")).write_bytes(b"not sound")
    assert command("pack", *where, "list") == 0
    assert "tiny-ru" in capsys.readouterr().out
    assert command("pack", *where, "verify") == 1
    assert "tiny-ru" in capsys.readouterr().err
