"""``voicekiosk pack verify FILE-OR-FOLDER`` and ``pack list``, run as a person runs them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import pytest

from tests.packs.shelves import Centre, content_of, pack_folder
from voicekiosk.commands import pack
from voicekiosk.packs.signing import SigningKey, sign
from voicekiosk.ports import KioskError

Run = Callable[..., int]


@pytest.fixture
def run(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> Run:
    """On a kiosk of its own, which trusts the centre's key."""
    config = centre.home / "config" / "keys"
    config.mkdir(parents=True)
    (config / "centre.pub").write_bytes((centre.keys / "centre.pub").read_bytes())
    monkeypatch.setenv("VOICEKIOSK_CONFIG", str(config.parent))
    monkeypatch.setenv("VOICEKIOSK_STATE", str(centre.home / "state"))
    monkeypatch.delenv("VOICEKIOSK_UNSIGNED", raising=False)

    def command(*words: object) -> int:
        parser = argparse.ArgumentParser()
        pack.add_parser(parser.add_subparsers())
        args = parser.parse_args(("pack", *map(str, words)))
        code: int = args.run(args)
        return code

    return command


def test_a_good_pack_is_good_as_a_file_and_as_a_folder(
    centre: Centre, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    file = centre.packed("aigul")
    before = content_of(centre.home)
    assert run("verify", file, centre.desk / "aigul-1") == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2 and all("good. aigul 1, 3 clips in ky-KG, ru-KG" in each for each in told)
    assert all("signed by centre" in each for each in told)
    assert content_of(centre.home) == before, "to look changes nothing"


def test_every_fault_is_told_and_the_command_fails(
    centre: Centre, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = centre.signed("aigul")
    (folder / "ky-KG" / "system.welcome.flac").write_bytes(b"fLaC, but not for long")
    (folder / "ru-KG" / "system.welcome.flac").unlink()
    (folder / "notes.txt").write_text("hello")
    assert run("verify", folder) == 1
    told = capsys.readouterr()
    assert "refused, 2 faults" in told.out
    assert "ru-KG/system.welcome.flac is missing" in told.err
    assert "notes.txt is not listed" in told.err
    assert run("verify", centre.packed("bakyt"), folder) == 1, "one bad pack among good ones"


def test_a_pack_that_nobody_signed_needs_to_be_allowed(
    centre: Centre, run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pack_folder(centre.desk / "aigul")
    assert run("verify", folder) == 1
    assert "nobody signed it" in capsys.readouterr().err
    assert run("verify", "--allow-unsigned", folder) == 0
    assert "signed by nobody" in capsys.readouterr().out
    monkeypatch.setenv("VOICEKIOSK_UNSIGNED", "1")
    assert run("verify", folder) == 0
    sign(folder, SigningKey.read(centre.keys / "secret" / "centre.key"))
    monkeypatch.delenv("VOICEKIOSK_UNSIGNED")
    assert run("verify", folder) == 0


def test_what_is_no_pack_is_told_in_a_sentence(
    centre: Centre, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = centre.home / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    assert run("verify", photo) == 1
    assert "cut off" in capsys.readouterr().err
    with pytest.raises(KioskError, match="is not there"):
        run("verify", centre.home / "nothing.vkpack")


def test_the_list_names_speaker_and_dialect(
    centre: Centre, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    pack_folder(centre.home / "shelf" / "aigul")
    assert run("--packs", centre.home / "shelf", "list") == 0
    assert "aigul 1 (ky-KG, ru-KG): 3 prompts, 3 recorded; Айгүл, Batken; CC0-1.0" in (
        capsys.readouterr().out
    )
