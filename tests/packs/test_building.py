"""Takes of a telephone become a pack: equally loud, trimmed, sealed, signed, always the same."""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.packs.telephone import RATE, room, save, taken, words
from tests.prompts.packs import content
from voicekiosk.commands import pack as pack_command
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, PromptId
from voicekiosk.packs.archive import unpack
from voicekiosk.packs.building import Built, build
from voicekiosk.packs.checking import Checked, check
from voicekiosk.packs.encoding import encoded
from voicekiosk.packs.signing import SECRET_FOLDER, SigningKey, TrustedKeys, make_key
from voicekiosk.packs.work import Take, Work
from voicekiosk.ports import PromptError
from voicekiosk.prompts import sound

HELLO, HOME, KEY, BYE = (
    Spoken(PromptId(f"system.{name}"), KYRGYZ) for name in ("welcome", "home", "key.1", "goodbye")
)
POLITE = Spoken(HELLO.prompt, RUSSIAN)
TEXTS = {
    HELLO: ("Саламатсызбы!", "Трубканы алып угуңуз."),
    HOME: ("Эмне жөнүндө билгиңиз келет?",),
    KEY: ("Бирди басыңыз.",),
    BYE: ("Саламатта болуңуз!",),
    POLITE: ("Здравствуйте! Снимите трубку.",),
}


def today(**changed: str) -> Content:
    texts: dict[PromptId, dict] = {}
    for spoken, sentences in TEXTS.items():
        texts.setdefault(spoken.prompt, {})[spoken.locale] = sentences
    for name, text in changed.items():
        texts[PromptId(f"system.{name}")][KYRGYZ] = (text,)
    return content(texts)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work.create(
        tmp_path / "aigul",
        id="aigul",
        speaker="Айгүл",
        dialect="Баткен",
        locales=[KYRGYZ, RUSSIAN],
        content="2026.11",
        texts=[(spoken, " ".join(text)) for spoken, text in TEXTS.items()],
    )


def record(work: Work, spoken: Spoken, samples: np.ndarray, **changes: object) -> None:
    take = {"text": work.by_spoken[spoken].text, "voice": "Айгүл", "recorded": True} | changes
    work.keep(spoken, samples, RATE, Take(**take))  # type: ignore[arg-type]


def record_all(work: Work) -> None:
    """Some near the microphone and some far from it, as it happens on a Monday."""
    for spoken, level in zip(TEXTS, (0.02, 0.1, 0.3, 0.05, 0.25), strict=True):
        record(work, spoken, taken(words(1.2, level=level)))


def opened(built: Built, folder: Path, trusted: Path | None = None) -> Checked:
    """As a kiosk opens what a driver brings."""
    folder.mkdir()
    unpack(built.file, folder, lambda *_: None)
    keys = TrustedKeys.read(trusted or folder)
    return check(folder, keys, allow_unsigned=trusted is None, progress=lambda *_: None)


def test_a_kiosk_takes_what_was_built(tmp_path: Path, work: Work) -> None:
    record_all(work)
    make_key(tmp_path / "keys", "osh")
    key = SigningKey.read(tmp_path / "keys" / SECRET_FOLDER / "osh.key")
    built = build(work, today(), key=key)
    assert built.file == tmp_path / "aigul/aigul-1.vkpack"
    assert (built.left_out, built.warnings, built.missing) == ((), (), ())
    checked = opened(built, tmp_path / "kiosk", tmp_path / "keys")
    assert checked.signer == "osh"
    pack = checked.pack
    assert (pack.id, pack.speaker, pack.dialect, pack.content) == (
        *("aigul", "Айгүл", "Баткен"),
        "2026.11",
    )
    assert pack.locales == (KYRGYZ, RUSSIAN) and len(pack.entries) == 5
    entry = pack.entries[HELLO]
    assert entry.text == "Саламатсызбы! Трубканы алып угуңуз."
    assert entry.recorded and entry.voice == "Айгүл"
    assert pack.clip(entry, TEXTS[HELLO]).pcm.duration == pytest.approx(1.2, abs=0.3)


def test_all_clips_are_equally_loud_trimmed_and_below_the_ceiling(
    tmp_path: Path, work: Work
) -> None:
    record_all(work)
    opened(built := build(work, today()), tmp_path / "kiosk")
    for entry in built.pack.entries.values():
        samples = sound.decode(tmp_path / "kiosk" / entry.file)
        assert sound.loudness(samples) == pytest.approx(-16, abs=1)
        assert 20 * np.log10(sound.peak(samples)) <= -1.0
        # The breath and the finger on the button are gone, the words are all there.
        assert 1.2 <= len(samples) / 24_000 < 1.5
        assert entry.duration == pytest.approx(len(samples) / 24_000, abs=0.01)


def test_the_same_takes_make_the_same_bytes_and_another_take_other_ones(work: Work) -> None:
    for spoken in (HOME, KEY):
        record(work, spoken, taken(words(1.2)))
    first = build(work, today()).file.read_bytes()
    assert build(work, today()).file.read_bytes() == first
    record(work, HOME, taken(words(1.3)))
    assert build(work, today()).file.read_bytes() != first


def too_loud() -> np.ndarray:
    return np.clip(taken(words(1.2, level=3.0)), -1, 1)


@pytest.mark.parametrize(
    ("take", "named"),
    [
        (lambda: room(2.0), "nothing can be heard"),
        (too_loud, "distorted"),
        (lambda: taken(words(0.25)), "too short for its text"),
        (lambda: taken(words(11.0)), "too long for its text"),
    ],
    ids=["silent", "clipped", "short", "long"],
)
def test_a_take_that_cannot_be_used_is_named_and_left_out(
    work: Work, take: Callable[[], np.ndarray], named: str
) -> None:
    record(work, KEY, taken(words(0.9)))
    record(work, HOME, take())
    built = build(work, today())
    assert list(built.pack.entries) == [KEY]
    (trouble,) = built.left_out
    assert trouble.spoken == HOME and named in trouble.what
    assert "Record it again" in trouble.mend
    kept = build(work, today(), wanted={HOME.prompt})
    assert (HOME in kept.pack.entries) == (named != "nothing can be heard")


def test_what_is_torn_or_not_there_is_named(work: Work) -> None:
    for spoken in (HOME, KEY):
        record(work, spoken, taken(words(0.9)))
    work.take(HOME).write_bytes(work.take(HOME).read_bytes()[:60])
    built = build(work, today())
    assert list(built.pack.entries) == [KEY]
    assert built.missing == (HELLO, BYE, POLITE)
    (torn,) = built.left_out
    assert torn.spoken == HOME and str(work.take(HOME)) in torn.what


def test_a_noisy_room_and_a_changed_text_are_said_and_go_in(work: Work) -> None:
    record(work, HOME, taken(words(1.2), level=0.03))
    record(work, BYE, taken(words(1.2)))
    built = build(work, today(goodbye="Жакшы барыңыз!"))
    assert list(built.pack.entries) == [HOME, BYE]
    told = {trouble.spoken: trouble.what for trouble in built.warnings}
    assert "the room is heard" in told[HOME] and "text has changed" in told[BYE]
    assert built.pack.entries[BYE].text == "Саламатта болуңуз!", "as it was recorded"


def test_a_voice_is_marked_and_its_licence_is_told(work: Work) -> None:
    record(work, HOME, taken(words(2.0)))
    record(work, HELLO, words(2.0), voice="RHVoice Nazgul", recorded=False, starts=(0.0, 1.2))
    built = build(work, today(), licences={"RHVoice": "LGPL-2.1-or-later"})
    assert built.pack.licence == "CC-BY-4.0 AND LGPL-2.1-or-later"
    assert built.pack.locales == (KYRGYZ,)
    (stick := work.folder.parent / "stick").mkdir()
    assert build(work, today(), stick).file == stick / "aigul-1.vkpack"
    entry = built.pack.entries[HELLO]
    assert not entry.recorded and entry.voice == "RHVoice Nazgul"
    assert entry.starts == pytest.approx((0.0, 1.2), abs=0.05)
    work.take(HOME).unlink()
    alone = build(work, today(), licences={"RHVoice": "LGPL-2.1-or-later"})
    assert alone.pack.licence == "LGPL-2.1-or-later"


def test_sentences_begin_where_they_did_after_the_silence_is_cut(work: Work) -> None:
    speech = taken(words(2.0))  # 0.8 s before the first word
    record(work, HELLO, speech, starts=(0.8, 2.0))
    starts = build(work, today()).pack.entries[HELLO].starts
    assert starts == pytest.approx((0.0, 1.2), abs=0.1)


def test_nothing_to_build_is_refused(tmp_path: Path, work: Work) -> None:
    with pytest.raises(PromptError, match="Record first"):
        build(work, today())
    record(work, HOME, room(2.0))
    with pytest.raises(PromptError, match="nothing can be heard"):
        build(work, today())
    with pytest.raises(PromptError, match="no folder for"):
        build(work, today(), tmp_path / "nowhere" / "x.vkpack")
    assert not list(tmp_path.rglob("*.vkpack"))


def test_what_opus_makes_softer_is_made_as_loud_as_the_rest() -> None:
    """Opus takes two decibels from a hiss."""
    hiss = np.random.default_rng(3).normal(0, 0.1, 9_000)
    for speech in (hiss, words(0.35, rate=24_000), words(1.5, rate=24_000)):
        opus, loudness = encoded(sound.levelled(speech))
        again = sound.decode(opus)
        assert loudness == pytest.approx(-16, abs=1)
        assert sound.loudness(again) == pytest.approx(loudness, abs=0.01)
        assert sound.peak(again) <= 10 ** (-1 / 20)


def test_from_an_empty_folder_to_a_pack_as_staff_do_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOICEKIOSK_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("VOICEKIOSK_CONFIG", str(tmp_path / "config"))
    make_key(tmp_path / "config/keys", "osh")

    def voicekiosk(*words: str) -> int:
        parser = argparse.ArgumentParser()
        pack_command.add_parser(parser.add_subparsers())
        args = parser.parse_args(["pack", *words])
        return int(args.run(args))

    folder = tmp_path / "aigul"
    assert voicekiosk("new", str(folder), "--speaker", "Айгүл", "--dialect", "Баткен") == 0
    sheet = (folder / "sheet.csv").read_bytes()
    assert sheet.startswith(b"\xef\xbb\xbf"), "else a spreadsheet shows no Cyrillic"
    assert "1;;Саламатсызбы!" in sheet.decode("utf-8-sig")
    page = (folder / "sheet.html").read_text("utf-8")
    assert page.count("<tr>") == len(Work.read(folder).lines) + 1 and "data:image/png" in page

    for line in Work.read(folder).lines[:2]:
        save(tmp_path / f"phone/{line.number}.m4a", taken(words(0.08 * len(line.text))))
    brought = ("import-recordings", str(folder), str(tmp_path / "phone"))
    assert voicekiosk(*brought, "--try") == 0
    assert not (folder / "takes").exists()
    assert voicekiosk(*brought) == 0
    save(tmp_path / "phone/hello.m4a", taken(words(1.0)))
    assert voicekiosk(*brought) == 1
    assert voicekiosk("build", str(folder)) == 0
    out = capsys.readouterr().out
    assert "hello.m4a" in out and "NOT TAKEN: neither a number" in out
    assert "2 clips (2 by Айгүл, 0 by a voice)" in out and "signed by osh" in out
    lines = len(Work.read(folder).lines) - 2  # two are taken
    with pytest.raises(PromptError, match=f"3 files cannot be {lines} lines"):
        voicekiosk(*brought, "--by", "order")
