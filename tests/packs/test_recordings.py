"""Recordings of a telephone find their lines of the sheet, or it is said why they do not."""

import os
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from tests.packs.telephone import room, save, taken, words
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, PromptId
from voicekiosk.packs import recordings
from voicekiosk.packs.any_sound import read_any
from voicekiosk.packs.recordings import Found
from voicekiosk.packs.work import Line, Work
from voicekiosk.ports import PromptError

HELLO = Spoken(PromptId("system.welcome"), KYRGYZ)
TEXTS = {
    "system.welcome": "Саламатсызбы! Трубканы алып угуңуз.",
    "system.home": "Эмне жөнүндө билгиңиз келет?",
    "topic.documents.name": "Документтер",
    "topic.documents.telling.1": "Паспортуңузду жана анын көчүрмөсүн өзүңүз менен кошо алыңыз.",
    "system.goodbye": "Саламатта болуңуз!",
}


@pytest.fixture
def work(tmp_path: Path) -> Work:
    texts = [(Spoken(PromptId(name), KYRGYZ), text) for name, text in TEXTS.items()]
    texts.append((Spoken(PromptId("system.goodbye"), RUSSIAN), "До свидания!"))
    return Work.create(
        tmp_path / "work",
        id="aigul",
        speaker="Айгүл",
        locales=[KYRGYZ, RUSSIAN],
        content="test",
        texts=texts,
    )


def said(text: str) -> np.ndarray:
    return taken(words(0.08 * len(text)))


def outcome(found: tuple[Found, ...]) -> dict[str, int | str]:
    """What became of each file: the number of its line, or why it was not taken."""
    return {each.file.name: each.fault or (each.line.number if each.line else 0) for each in found}


def still(done: int, of: int) -> None:
    """Nobody looks how far it is."""


@pytest.mark.parametrize("ending", ["m4a", "3gp", "amr", "webm", "mp3", "wav", "flac", "opus"])
def test_any_telephone_will_do(tmp_path: Path, ending: str) -> None:
    rate = {"amr": 8_000, "opus": 48_000, "webm": 48_000}.get(ending, 44_100)
    sound = words(1.5, rate=rate)
    samples, heard = read_any(save(tmp_path / f"x.{ending}", sound, rate))
    assert heard == rate
    assert abs(len(samples) - len(sound)) < 0.1 * rate
    assert np.std(samples) == pytest.approx(np.std(sound), rel=0.25)


def test_two_channels_become_one(tmp_path: Path) -> None:
    both = np.stack([words(1.0), np.zeros(48_000)], axis=1)
    samples, _ = read_any(save(tmp_path / "x.wav", both))
    assert samples.ndim == 1 and np.std(samples) == pytest.approx(np.std(both[:, 0]) / 2, rel=0.01)


@pytest.mark.parametrize(
    ("name", "bytes_"), [("x.m4a", b"not sound" * 99), ("x.wav", b"RIFF"), ("x.mp3", b"")]
)
def test_what_is_no_sound_is_named(tmp_path: Path, name: str, bytes_: bytes) -> None:
    (tmp_path / name).write_bytes(bytes_)
    with pytest.raises(PromptError, match=name):
        read_any(tmp_path / name)


def test_a_recording_without_end_is_refused(tmp_path: Path) -> None:
    file = save(tmp_path / "x.m4a", np.zeros(8_000 * 12), 8_000)
    with pytest.raises(PromptError, match="longer than 10 seconds"):
        read_any(file, longest=10)


def test_numbers_of_the_sheet_are_found_in_names() -> None:
    for name in ("017", "17", "17 hello", "запись 017", "recording (17)", "rec_17", "017 (2)"):
        assert recordings.number_in(name) == 17, name
    for name in (
        "20261124",
        "20261124_101533",
        "2026-11-24",
        "10.15.33",
        "ptt-20261124-wa0017",
        "запись",
    ):
        assert recordings.number_in(name) is None, name


def test_by_name_number_or_language_folder(tmp_path: Path, work: Work) -> None:
    phone = tmp_path / "phone"
    # A Macintosh writes й as two signs; it still means the same.
    name = unicodedata.normalize("NFD", "Жаңы жазуу 002.m4a")
    for file in ("System.Welcome.wav", name, "03 Документтер.wav", "ru-KG/system.goodbye.wav"):
        save(phone / file, said("Саламатсызбы!"))
    (phone / "notes.txt").write_text("bought bread")
    (phone / "._002.wav").write_bytes(b"left by a Macintosh")
    found = recordings.by_name(recordings.sounds_in(phone), work)
    assert outcome(found) == {
        "System.Welcome.wav": 1,
        name: 2,
        "03 Документтер.wav": 3,
        "system.goodbye.wav": 6,
    }


def test_nothing_is_guessed(tmp_path: Path, work: Work) -> None:
    phone = tmp_path / "phone"
    for file, pitch in [("1.wav", 140), ("001 again.wav", 150), ("2.wav", 140), ("2 (1).wav", 140)]:
        save(phone / file, taken(words(1.0, pitch)))
    for file in ("system.goodbye.wav", "70.wav", "20261124_101533.wav"):
        save(phone / file, said("Саламатсызбы!"))
    told = outcome(recordings.by_name(recordings.sounds_in(phone), work))
    assert "double" in str(told["1.wav"]) and "001 again.wav" in str(told["1.wav"])
    assert "double" in str(told["001 again.wav"])
    assert sum(told.get(name) == 2 for name in ("2.wav", "2 (1).wav")) == 1, "the same file twice"
    assert "which language" in str(told["system.goodbye.wav"])
    assert "no line 70" in str(told["70.wav"])
    assert "neither a number" in str(told["20261124_101533.wav"])


def test_takes_are_kept_with_the_words_of_the_sheet(tmp_path: Path, work: Work) -> None:
    save(tmp_path / "phone/1.m4a", said(TEXTS["system.welcome"]))
    save(tmp_path / "phone/2.wav", room(2.0))
    save(tmp_path / "phone/3.wav", taken(words(8.0)))
    (tmp_path / "phone/4.wav").write_bytes(b"torn")
    found = recordings.by_name(recordings.sounds_in(tmp_path / "phone"), work)
    found = recordings.heard(found, still)
    told = outcome(found)
    assert told["1.m4a"] == 1
    assert told["2.wav"] == "nothing can be heard"
    assert "cannot be read" in str(told["4.wav"])
    assert found[2].doubt and "too long for its text" in found[2].doubt
    assert recordings.keep(work, found, still) == 2
    take = work.about(HELLO)
    assert take and take.recorded
    assert (take.text, take.voice) == (TEXTS["system.welcome"], "Айгүл")


def test_by_order_ten_comes_after_two(tmp_path: Path, work: Work) -> None:
    for number, text in zip((1, 2, 3, 10, 11), TEXTS.values(), strict=True):
        save(tmp_path / f"phone/Recording {number}.wav", said(text))
    files = recordings.sounds_in(tmp_path / "phone")
    found = recordings.heard(recordings.by_order(files, work.lines[:5]), still)
    order = [int(each.file.stem.split()[1]) for each in found]
    assert order == [1, 2, 3, 10, 11]
    assert list(outcome(found).values()) == [1, 2, 3, 4, 5]
    recordings.refuse_wrong_order(found)
    with pytest.raises(PromptError, match="say --from 1 --to 5"):
        recordings.by_order(files, work.lines)
    with pytest.raises(PromptError, match="5 files cannot be 2 lines"):
        recordings.by_order(files, work.lines[:2])


def test_an_order_that_cannot_be_is_refused(tmp_path: Path, work: Work) -> None:
    """A word lies where a long text is expected, and a long text where a word is."""
    short, long = TEXTS["topic.documents.name"], TEXTS["topic.documents.telling.1"]
    first, second = TEXTS["system.welcome"], TEXTS["system.home"]
    for number, text in enumerate([first, second, long * 2, short, short], 1):
        save(tmp_path / f"phone/{number}.wav", said(text))
    files = recordings.sounds_in(tmp_path / "phone")
    found = recordings.heard(recordings.by_order(files, work.lines[:5]), still)
    with pytest.raises(PromptError, match=r"order seems to be wrong.*the first is 3\.wav"):
        recordings.refuse_wrong_order(found)


def test_an_order_that_has_slipped_by_one_is_noticed() -> None:
    letters = [40, 9, 22, 35, 12, 60, 18, 8, 45, 30, 11, 26, 50, 15]
    lines = [Line(at, HELLO, "а" * count) for at, count in enumerate(letters, 1)]
    read = [0.09 * count + 0.4 for count in letters]
    files = [Path(f"{at}.m4a") for at in range(len(letters))]

    def in_order(seconds: list[float]) -> list[Found]:
        rows = zip(files, lines, seconds, strict=True)
        return [Found(file, line, seconds=each) for file, line, each in rows]

    assert not recordings.looks_slipped(in_order(read))
    assert recordings.looks_slipped(in_order(read[1:] + read[:1]))


def test_by_time_the_oldest_is_first(tmp_path: Path) -> None:
    for age, name in enumerate(["b", "c", "a"]):
        file = save(tmp_path / f"{name}.wav", said("x" * 9))
        os.utime(file, (1_000_000 + age, 1_000_000 + age))
    in_time = recordings.by_time(recordings.sounds_in(tmp_path))
    assert [file.stem for file in in_time] == ["b", "c", "a"]


def test_one_long_recording_is_cut_at_its_pauses(tmp_path: Path, work: Work) -> None:
    parts = [room(1.0)]
    for text in TEXTS.values():
        speech = words(0.08 * len(text))
        parts += [speech[: len(speech) // 2], room(0.4), speech[len(speech) // 2 :], room(1.6)]
    file = save(tmp_path / "all.flac", np.concatenate(parts))
    lines = work.lines[:5]
    found, pieces, rate = recordings.cut_up(file, lines)
    assert list(outcome(found[-1:]).values()) == [5]
    for each in found:
        assert each.line and each.seconds == pytest.approx(
            0.08 * len(each.line.text) + 0.6, abs=0.1
        )
    assert recordings.keep_pieces(work, found, pieces, rate) == 5
    with pytest.raises(PromptError, match="do not tell 6 lines apart"):
        recordings.cut_up(file, work.lines)


def test_an_empty_folder_and_a_wrong_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no recording"):
        recordings.sounds_in(tmp_path)
    with pytest.raises(PromptError, match="no folder"):
        recordings.sounds_in(tmp_path / "nowhere")
