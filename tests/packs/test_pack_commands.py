"""A pack comes from a stick, speaks, goes back and travels on, all from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packs.shelves import Centre, content_of, pack_folder
from voicekiosk.app import places
from voicekiosk.cli import main
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, PromptId
from voicekiosk.loading import load
from voicekiosk.packs.archive import pack_up
from voicekiosk.packs.signing import SigningKey, sign

GOODBYE = Spoken(PromptId("system.goodbye"), KYRGYZ)
FAREWELL = Spoken(PromptId("system.goodbye"), RUSSIAN)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(centre: Centre, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("VOICEKIOSK_STATE", str(centre.home))
    monkeypatch.setenv("VOICEKIOSK_CONFIG", str(centre.home))

    def pack(*arguments: object) -> tuple[int, str, str]:
        code = main(["pack", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return pack


def stick(centre: Centre, version: str, pitch: float, *, signed: bool = True) -> Path:
    """A pack with one clip of today's content, one of yesterday's, and one that nobody needs."""
    today = " ".join(load(places().content).prompts[GOODBYE.prompt][KYRGYZ])
    unneeded = Spoken(PromptId("topic.gone.name"), KYRGYZ)
    folder = pack_folder(
        centre.desk / f"aigul-{version}",
        version=version,
        pitch=pitch,
        spoken=(GOODBYE, FAREWELL, unneeded),
        texts={GOODBYE: today, FAREWELL: "Пока!", unneeded: "Эч нерсе"},
    )
    if signed:
        sign(folder, SigningKey.read(centre.keys / "secret" / "centre.key"))
    file = centre.home / f"aigul-{version}.vkpack"
    pack_up(folder, file, lambda what, done, of: None)
    return file


def active(centre: Centre) -> list[str]:
    return [folder.name for folder in centre.shelf().active()]


def test_from_the_stick_to_the_visitor_and_back(centre: Centre, run: Run) -> None:
    code, out, err = run("import", stick(centre, "1", 200))
    assert code == 0 and "3 clips, signed by centre" in out
    assert err.split() == ["copying", "unpacking", "listening", "to"], "no line for every clip"
    name = out.split("pack activate ")[1].split()[0]

    code, out, err = run("activate", "aigul")
    assert code == 0 and "Active from the next visit on" in out and "checking" in err
    kyrgyz = next(line for line in out.splitlines() if line.startswith("ky-KG:"))
    assert "; 1 aigul 1 (Айгүл, Batken)" in kyrgyz and "starter-ky" in kyrgyz
    assert "aigul" not in next(line for line in out.splitlines() if line.startswith("ru-KG:"))
    assert active(centre)[0] == name

    code, out, _ = run("rollback")
    assert code == 0 and "aigul" not in out and active(centre) == ["starter"]
    assert run("rollback")[0] == 0 and active(centre)[0] == name
    assert run("activate", "--shipped")[0] == 0 and active(centre) == ["starter"]


def test_diff_says_what_would_change_and_changes_nothing(centre: Centre, run: Run) -> None:
    before = content_of(centre.home / "shipped")
    code, out, _ = run("diff", stick(centre, "1", 200))
    assert code == 0 and "ky-KG: 0 new, 1 changed, 0 lost, 0 stale, 1 unknown" in out
    assert "  changed  system.goodbye\n" in out and "  unknown  topic.gone.name\n" in out
    assert "ru-KG: 0 new, 0 changed, 0 lost, 1 stale, 0 unknown" in out
    assert not centre.root.exists() and content_of(centre.home / "shipped") == before

    run("import", stick(centre, "1", 200))
    run("activate", "aigul")
    code, out, _ = run("diff", stick(centre, "2", 300), "--json")
    told = json.loads(out)
    assert told["replaces"] == [{"id": "aigul", "version": "1"}]
    assert told["locales"]["ky-KG"]["changed"] == ["system.goodbye"]
    assert told["locales"]["ky-KG"]["lost"] == []
    code, out, _ = run("diff", "aigul")
    assert code == 0 and "0 new, 0 changed, 0 lost" in out


def test_a_long_list_is_cut_unless_all_is_asked_for(centre: Centre, run: Run) -> None:
    many = tuple(Spoken(PromptId(f"topic.gone{number}.name"), KYRGYZ) for number in range(12))
    folder = centre.signed("aigul", spoken=many)
    assert "and 2 more (--all)" in run("diff", folder)[1]
    assert "topic.gone9.name" in run("diff", folder, "--all")[1]


def test_an_unsigned_pack_is_refused_unless_it_is_allowed_aloud(centre: Centre, run: Run) -> None:
    file = stick(centre, "1", 200, signed=False)
    code, _, err = run("import", file)
    assert code != 0 and "nobody signed it" in err
    code, out, _ = run("import", file, "--allow-unsigned")
    assert code == 0 and "signed by nobody" in out and "the screen says so" in out


def test_every_fault_of_a_refused_pack_is_told(centre: Centre, run: Run) -> None:
    folder = centre.signed("aigul")
    for clip in folder.rglob("*.flac"):
        clip.write_bytes(b"no sound")
    code, _, err = run("import", folder)
    assert code != 0
    for clip in folder.rglob("*.flac"):
        assert clip.name in err
    assert active(centre) == ["starter"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "/nowhere/aigul.vkpack"), "Is the stick in?"),
        (("activate",), "Name some, or --shipped"),
        (("activate", "zamir"), "no pack 'zamir'"),
        (("activate", "zamir", "--shipped"), "Name some, or --shipped"),
        (("rollback",), "No other packs were active before"),
        (("remove", "zamir"), "no pack 'zamir'"),
        (("export", "zamir", "."), "no pack 'zamir'"),
        (("diff", "zamir"), "no pack 'zamir'"),
    ],
)
def test_what_cannot_be_done_says_what_can(run: Run, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = run(*arguments)
    assert code != 0 and told in err and "Traceback" not in err and not out


def test_a_pack_is_removed_and_travels_on(centre: Centre, run: Run) -> None:
    run("import", stick(centre, "1", 200))
    away = centre.home / "other-stick"
    away.mkdir()
    code, out, _ = run("export", "aigul", away)
    assert code == 0 and str(away / "aigul-1.vkpack") in out
    assert (away / "aigul-1.vkpack").read_bytes() == (centre.home / "aigul-1.vkpack").read_bytes()
    code, out, _ = run("remove", "aigul-1")
    assert code == 0 and "is deleted" in out and not centre.shelf().installed()
    assert run("import", away / "aigul-1.vkpack")[0] == 0


def test_two_imports_at_once_from_two_terminals(centre: Centre, run: Run) -> None:
    files = [centre.packed("north"), centre.packed("south", pitch=300)]
    both = [
        subprocess.Popen([sys.executable, "-m", "voicekiosk", "pack", "import", str(file)])
        for file in files
    ]
    assert [each.wait(60) for each in both] == [0, 0]
    assert {pack.id for pack in centre.shelf().installed()} == {"north", "south"}
