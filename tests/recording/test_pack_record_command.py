"""``voicekiosk pack record``: what is asked for, what is done already, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recording.readers import in_a_room, quiet, voice
from voicekiosk.app import places
from voicekiosk.cli import main
from voicekiosk.commands.pack_record_sitting import recorded, wanted
from voicekiosk.core.messages import Spoken
from voicekiosk.core.studio_screen import plan_of
from voicekiosk.core.types import KYRGYZ, RUSSIAN, PromptId
from voicekiosk.loading import load
from voicekiosk.packs.work import Take, Work, text_of
from voicekiosk.prompts.sound import samples_of

CONTENT = load(places().content)
ASKED = [
    Spoken(PromptId(prompt), locale)
    for locale in (RUSSIAN, KYRGYZ)
    for prompt in ("system.goodbye", "topic.documents.name")
]
GONE = Spoken(PromptId("topic.closed.name"), KYRGYZ)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    texts = [(spoken, text_of(CONTENT, spoken) or "") for spoken in ASKED]
    return Work.create(
        tmp_path / "aigul",
        id="aigul",
        speaker="Айгүл",
        locales=[KYRGYZ, RUSSIAN],
        content=CONTENT.version,
        texts=[*texts, (GONE, "Мындай жок")],
    )


def keep(work: Work, spoken: Spoken, text: str, recorded: bool = True) -> None:
    samples = samples_of(in_a_room(quiet(0.2), voice(0.5), quiet(0.2)))
    work.keep(spoken, samples, 24_000, Take(text, work.speaker, recorded))


def test_everything_of_the_sheet_in_its_order_but_what_is_gone(work: Work) -> None:
    assert list(wanted(work, CONTENT, None, [])) == ASKED
    assert list(wanted(work, CONTENT, "ky-KG", [])) == ASKED[2:]
    only = wanted(work, CONTENT, None, ["system.goodbye"])
    assert list(only) == [ASKED[0], ASKED[2]]


def test_done_is_what_a_person_has_read_as_it_is_written_today(work: Work) -> None:
    for spoken in ASKED[:2]:
        keep(work, spoken, text_of(CONTENT, spoken) or "")
    keep(work, ASKED[1], "Это читали раньше")
    keep(work, ASKED[2], text_of(CONTENT, ASKED[2]) or "", recorded=False)
    work.take(ASKED[3]).write_bytes(b"no sound at all")
    assert recorded(work, CONTENT, plan_of(CONTENT, tuple(ASKED))) == {ASKED[0]}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--locale", "ru"], "nothing in ru It has ky-KG, ru-KG"),
        (["--only", "topic.document.name"], "no prompt topic.document.name Perhaps topic.doc"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    work: Work, words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", "record", str(work.folder), *words]) != 0
    assert complaint in " ".join(capsys.readouterr().err.split())


def test_a_folder_of_photographs_is_no_work_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", "record", str(tmp_path)]) != 0
    assert "voicekiosk pack new" in capsys.readouterr().err


def test_the_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["pack", "record", "--help"])
    told = capsys.readouterr().out
    assert "voicekiosk pack new" in told and "goes on where it stopped" in told.replace("\n", " ")
