"""A work folder: what is to be read, in which order, and what every take says of itself."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.prompts.packs import NAME, TELLING, TEXTS, WELCOME, content, hum
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, PromptId
from voicekiosk.packs.work import Take, Work
from voicekiosk.ports import PromptError

HELLO = Spoken(WELCOME, KYRGYZ)
PASSPORT = Spoken(TELLING, RUSSIAN)


def work(folder: Path, *spoken: Spoken) -> Work:
    texts = [(each, " ".join(TEXTS[each.prompt][each.locale])) for each in spoken]
    return Work.create(
        folder,
        id="aigul",
        speaker="Айгүл",
        dialect="Баткен",
        locales=[KYRGYZ, RUSSIAN],
        content="test",
        texts=texts,
    )


def test_a_folder_is_made_once_and_read_as_it_was_made(tmp_path: Path) -> None:
    made = work(tmp_path / "aigul", HELLO, PASSPORT)
    read = Work.read(tmp_path / "aigul")
    assert read == made
    assert [line.number for line in read.lines] == [1, 2]
    assert read.by_spoken[PASSPORT].text == "Возьмите паспорт. Сделайте копию."
    with pytest.raises(PromptError, match="is there already"):
        work(tmp_path / "aigul", HELLO)


def test_a_take_knows_who_read_what_even_when_the_file_is_carried_elsewhere(tmp_path: Path) -> None:
    folder = work(tmp_path / "aigul", HELLO)
    assert folder.about(HELLO) is None
    take = Take("Саламатсызбы!", "Айгүл", recorded=True, starts=(0.0, 1.25))
    path = folder.keep(HELLO, hum(2.0), 48_000, take)
    assert path == tmp_path / "aigul/takes/ky-KG/system.welcome.flac"
    assert path == folder.take(HELLO)
    moved = path.rename(tmp_path / "x.flac")
    moved.rename(path)
    assert Work.read(tmp_path / "aigul").about(HELLO) == take


def test_a_take_is_kept_raw_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    folder = work(tmp_path / "aigul", HELLO)
    sound = hum(1.0, rate=44_100)
    path = folder.keep(HELLO, sound, 44_100, Take("Саламатсызбы!", "Айгүл", True))
    kept, rate = soundfile.read(path)
    assert rate == 44_100
    assert np.abs(kept - sound).max() < 1 / 32_000
    assert list(path.parent.iterdir()) == [path]


def test_what_has_no_take_or_another_text_since_is_missing(tmp_path: Path) -> None:
    folder = work(tmp_path / "aigul", HELLO, Spoken(NAME, KYRGYZ))
    assert folder.missing(content()) == (HELLO, Spoken(NAME, KYRGYZ))
    folder.keep(HELLO, hum(1.0), 48_000, Take("Саламатсызбы!", "Айгүл", True))
    assert folder.missing(content()) == (Spoken(NAME, KYRGYZ),)
    changed = content({**TEXTS, WELCOME: {KYRGYZ: ("Кош келиңиз!",)}})
    assert folder.missing(changed) == (HELLO, Spoken(NAME, KYRGYZ))
    without = content({WELCOME: TEXTS[WELCOME]})
    assert folder.missing(without) == ()


def test_a_take_that_does_not_tell_what_it_says_is_missing_and_named(tmp_path: Path) -> None:
    folder = work(tmp_path / "aigul", HELLO)
    path = folder.take(HELLO)
    path.parent.mkdir(parents=True)
    soundfile.write(path, hum(1.0), 48_000)
    assert folder.missing(content()) == (HELLO,)
    with pytest.raises(PromptError, match="does not tell what it says"):
        folder.about(HELLO)
    path.write_bytes(b"torn")
    with pytest.raises(PromptError, match=r"system\.welcome\.flac"):
        folder.about(HELLO)


@pytest.mark.parametrize(
    ("before", "after", "match"),
    [
        ("id: aigul", "id: ../aigul", "cannot be the id"),
        ("locale: ky-KG", "locale: ..", "cannot be the locale"),
        ("prompt: system.welcome", "prompt: a/../../b", "cannot be the prompt"),
        ("prompt: system.welcome", "prompt: topic.documents.telling", "twice"),
        ("speaker: Айгүл", "speaker: ' '", "Nobody is named"),
        ("number: 1", "number: one", "cannot be read"),
        ("lines:", "line:", "cannot be read"),
        ("id: aigul", "id: [", "cannot be read"),
    ],
)
def test_a_plan_that_was_spoilt_by_hand_is_refused(
    tmp_path: Path, before: str, after: str, match: str
) -> None:
    work(tmp_path / "aigul", HELLO, Spoken(TELLING, KYRGYZ))
    plan = tmp_path / "aigul/work.yaml"
    text = plan.read_text("utf-8")
    assert before in text
    plan.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(PromptError, match=match):
        Work.read(tmp_path / "aigul")


def test_a_folder_without_a_plan_and_a_plan_without_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no work folder"):
        Work.read(tmp_path)
    with pytest.raises(PromptError, match="Nothing is left to record"):
        work(tmp_path / "aigul")
    with pytest.raises(PromptError, match="cannot be the prompt"):
        Work.create(
            tmp_path / "b",
            id="b",
            speaker="Айгүл",
            locales=[KYRGYZ],
            content="test",
            texts=[(Spoken(PromptId("../x"), KYRGYZ), "x")],
        )
    assert not (tmp_path / "b").exists()
