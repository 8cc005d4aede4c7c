"""Reading a folder of recordings that somebody else made."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.evaluation.corpus import chosen, load_sound, read_corpus
from voicekiosk.ports import FRAME_RATE, KioskError


def tone(file: Path, seconds: float = 0.6, rate: int = 16000, channels: int = 1) -> Path:
    """A beep with half a second of near silence on both sides."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beep = 0.3 * np.sin(np.arange(int(seconds * rate)) * 2 * np.pi * 440 / rate)
    quiet = np.zeros(rate // 2)
    sound = np.concatenate([quiet, beep, quiet])
    soundfile.write(file, np.tile(sound[:, None], (1, channels)), rate)
    return file


def test_a_manifest_is_read_by_the_names_of_its_columns(tmp_path):
    tone(tmp_path / "clips" / "a.flac")
    tone(tmp_path / "b.wav")
    (tmp_path / "validated.tsv").write_text(
        "client_id\tpath\tsentence\tgender\tlocale\n"
        "w1\ta.flac\tЁлка, «да»\tfemale\tru\n"
        'w2\tb.wav\t"Тез жардам\tmale\tky\n',
        "utf-8",
    )
    first, second = read_corpus(tmp_path).recordings
    assert (first.text, first.locale, first.speaker, first.group) == (
        "елка да",
        RUSSIAN,
        "w1",
        "female",
    )
    assert (second.text, second.locale) == ("тез жардам", KYRGYZ)


def test_what_cannot_be_used_is_told_line_by_line_and_the_rest_is_read(tmp_path):
    tone(tmp_path / "good.wav")
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "text.wav").write_text("not a sound")
    tone(tmp_path / "long.wav", seconds=31)
    lines = [
        b"file,transcript",
        b"good.wav," + "виза".encode(),
        b"gone.wav," + "виза".encode(),
        b"empty.wav," + "виза".encode(),
        b"text.wav," + "виза".encode(),
        b"long.wav," + "виза".encode(),
        b"good.wav,",
        b"good.wav," + "виза".encode("cp1251"),
        b"good.wav",
        b"good.wav," + "снова".encode(),
    ]
    (tmp_path / "manifest.csv").write_bytes(b"\n".join(lines))
    corpus = read_corpus(tmp_path)
    assert [r.text for r in corpus.recordings] == ["виза"]
    told = "\n".join(corpus.faults)
    for line, why in (
        (3, "no file gone.wav"),
        (4, "no sound file"),
        (5, "no sound file"),
        (6, "lasts 32.0 s"),
        (7, "nothing tells"),
        (8, "not UTF-8"),
        (9, "1 columns instead of 2"),
        (10, "listed twice"),
    ):
        assert f"line {line}: " in told and why in told
    assert len(corpus.faults) == 8


def test_texts_beside_the_sounds(tmp_path):
    tone(tmp_path / "aida" / "1.wav")
    (tmp_path / "aida" / "1.txt").write_text("өмүргө коркунуч\n", "utf-8")
    (only,) = read_corpus(tmp_path).recordings
    assert (only.text, only.speaker, only.locale) == ("өмүргө коркунуч", "aida", KYRGYZ)


def test_files_named_after_what_is_said(tmp_path):
    for name in ("тез_жардам-2.flac", "тез жардам (3).ogg", "ооба.wav", "0007.wav"):
        tone(tmp_path / name)
    corpus = read_corpus(tmp_path, KYRGYZ)
    assert sorted(r.text for r in corpus.recordings) == ["ооба", "тез жардам", "тез жардам"]
    assert corpus.faults == ("0007.wav: nothing tells what is said in it",)


def test_one_kyrgyz_letter_tells_the_language_of_a_folder(tmp_path):
    for name in ("ооба.wav", "үй.wav"):
        tone(tmp_path / "ky" / name)
    tone(tmp_path / "ru" / "дом.wav")
    assert {r.locale for r in read_corpus(tmp_path / "ky").recordings} == {KYRGYZ}
    assert {r.locale for r in read_corpus(tmp_path / "ru").recordings} == {RUSSIAN}
    assert {r.locale for r in read_corpus(tmp_path / "ru", KYRGYZ).recordings} == {KYRGYZ}


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (44100, 2), (48000, 6), (16000, 1)])
def test_any_rate_and_channels_become_speech_without_the_silence_around(tmp_path, rate, channels):
    sound = load_sound(tone(tmp_path / "a.wav", 0.6, rate, channels))
    assert 0.6 <= len(sound) / FRAME_RATE <= 0.76
    crossings = int(np.sum(np.diff(np.signbit(sound[3200:6400]))))
    assert abs(crossings - 2 * 440 * 0.2) < 4


def test_a_recording_of_silence_is_no_recording(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.zeros(16000), 16000)
    with pytest.raises(KioskError, match="no sound"):
        load_sound(tmp_path / "a.wav")


def test_a_drawn_part_is_the_same_with_the_same_seed(tmp_path):
    for number in range(9):
        tone(tmp_path / f"{'абвгдежзи'[number]}.wav", 0.1)
    corpus = read_corpus(tmp_path)
    assert len(chosen(corpus, 4, 1).recordings) == 4
    assert chosen(corpus, 4, 1) == chosen(corpus, 4, 1)
    assert len({chosen(corpus, 4, seed) for seed in range(9)}) > 3


def test_a_folder_that_is_no_corpus_is_told_with_the_mend(tmp_path):
    with pytest.raises(KioskError, match="no folder"):
        read_corpus(tmp_path / "gone")
    with pytest.raises(KioskError, match=r"manifest\.tsv"):
        read_corpus(tmp_path)
    (tmp_path / "a.tsv").write_text("x\ty\n1\t2\n")
    with pytest.raises(KioskError, match="no column for the file"):
        read_corpus(tmp_path)
    (tmp_path / "b.csv").write_text("file,text\n")
    with pytest.raises(KioskError, match="several tables"):
        read_corpus(tmp_path)
    with pytest.raises(KioskError, match="no recording"):
        read_corpus(tmp_path / "b.csv")
