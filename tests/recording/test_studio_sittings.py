"""Stories from the studio, on virtual time: a real recorder, a voice, and what is kept of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.fakes import Clock, FakeClips, FakePlayer
from tests.recording.readers import Samples, in_a_room, quiet, voice
from voicekiosk.core.messages import MicrophoneLost, MicrophoneRestored, Spoken
from voicekiosk.core.staff import ENGLISH
from voicekiosk.core.studio import Choice, Fault, Line, Pressed, Stage, Studio
from voicekiosk.core.types import KYRGYZ, Locale, Pcm, PromptId, Seconds
from voicekiosk.ports import KioskError, PromptError
from voicekiosk.recording.recorder import Recorder
from voicekiosk.recording.sounds import flac, pcm_of
from voicekiosk.recording.studio import RATE, StudioSession

FRAME_BYTES = RATE // 50 * 2
WELCOME = Line(Spoken(PromptId("system.welcome"), KYRGYZ), ("Саламатсызбы, кош келиңиз",))
GOODBYE = Line(Spoken(PromptId("system.goodbye"), KYRGYZ), ("Жакшы барыңыз.", "Жолуңуз болсун."))


class Reader:
    """Sits in the studio; what they keep lies in a folder."""

    def __init__(self, folder: Path, language: Locale = KYRGYZ) -> None:
        self.folder = folder
        self.full = False
        self.clock, self.player = Clock(), FakePlayer()
        self.complaints: list[KioskError] = []
        self.recorder = Recorder(lambda event: self.session.post(event), rate=RATE, whole=True)
        done = frozenset(
            line.spoken for line in (WELCOME, GOODBYE) if self.file(line.spoken).exists()
        )
        self.session: StudioSession = StudioSession(
            Studio((WELCOME, GOODBYE), language, done),
            FakeClips(),
            self.player,
            self.recorder,
            self.keep,
            self.recall,
            lambda studio: None,
            self.complaints.append,
            self.clock,
        )
        self.player.open(lambda back: None)
        self.session.start()

    def file(self, spoken: Spoken) -> Path:
        return self.folder / f"{spoken.prompt}.flac"

    def keep(self, spoken: Spoken, pcm: Pcm) -> None:
        if self.full:
            raise PromptError("No space is left", "Free some")
        self.file(spoken).write_bytes(flac(pcm))

    def recall(self, spoken: Spoken) -> Pcm:
        try:
            return pcm_of(self.file(spoken).read_bytes())
        except (OSError, ValueError) as error:
            raise PromptError(f"Not readable: {error}", "Record it again") from error

    @property
    def studio(self) -> Studio:
        return self.session.studio

    @property
    def said(self) -> list[str]:
        return [name.rsplit(" ", 1)[0] for name in self.player.said[-1]]

    def presses(self, *choices: Choice) -> Reader:
        for choice in choices:
            self.session.take(Pressed(choice))
            self.session.take_posted()
        return self

    def listens(self) -> Reader:
        while self.player.playing:
            self.player.end()
            self.session.take_posted()
        return self

    def reads(self, *parts: Samples, noise: float = -66.0) -> Reader:
        """Into the microphone, frame by frame, as long as it is recorded."""
        assert self.studio.stage is Stage.RECORDING
        sound = in_a_room(*parts, noise=noise).samples
        for at in range(0, len(sound) - FRAME_BYTES + 1, FRAME_BYTES):
            self.recorder.hear(sound[at : at + FRAME_BYTES])
            self.session.take_posted()
        return self

    def reads_well(self) -> Reader:
        return self.reads(quiet(1.0), voice(2.2), quiet(3.0))


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def seconds(path: Path) -> Seconds:
    pcm = pcm_of(path.read_bytes())
    assert pcm.rate == RATE
    return pcm.duration


def test_hear_count_read_hear_oneself_keep(reader: Reader) -> None:
    assert reader.said == ["studio.welcome"]
    reader.listens().presses(Choice.RECORD)
    assert reader.said == ["system.welcome"]
    reader.listens()
    assert reader.player.said[-4:] == [("tone",)] * 4
    reader.reads_well()
    assert reader.player.playing == ("take",)
    reader.listens()
    assert (reader.studio.stage, reader.studio.faults) == (Stage.JUDGING, ())
    wave = reader.studio.wave
    assert wave is not None and 0.05 < wave.begin < 0.2, "the silence that is cut off is seen, too"
    reader.presses(Choice.NEXT)
    assert seconds(reader.file(WELCOME.spoken)) == pytest.approx(2.8, abs=0.15)
    assert reader.said == ["system.goodbye"]


def test_the_tone_is_longer_and_higher_than_the_counts(reader: Reader) -> None:
    reader.listens().presses(Choice.RECORD, Choice.RECORD)
    pitches = []
    for _ in range(4):
        samples = np.frombuffer(reader.player.clips[0].pcm.samples, "<i2")
        spectrum = np.abs(np.fft.rfft(samples))
        pitches.append(spectrum.argmax() * reader.player.clips[0].pcm.rate / len(samples))
        reader.player.end()
        reader.session.take_posted()
    assert pitches[0] == pitches[1] == pitches[2] < pitches[3] / 1.5


def test_a_bad_take_is_named_and_the_second_one_replaces_it(reader: Reader) -> None:
    reader.listens().presses(Choice.RECORD).listens()
    reader.reads(quiet(0.6), voice(2.2, -43), quiet(3.0), noise=-80).listens()
    assert reader.studio.faults == (Fault.TOO_QUIET,)
    assert reader.said == ["studio.too_quiet"]
    reader.presses(Choice.RECORD).listens().reads_well().listens().presses(Choice.NEXT)
    taken = np.frombuffer(pcm_of(reader.file(WELCOME.spoken).read_bytes()).samples, "<i2")
    assert np.abs(taken.astype(int)).max() > 3000


def test_done_ends_a_take_in_a_room_that_never_falls_silent(reader: Reader) -> None:
    reader.listens().presses(Choice.RECORD).listens()
    reader.reads(quiet(0.6), voice(2.2), voice(1.0, -30), noise=-40)
    assert reader.studio.stage is Stage.RECORDING
    reader.presses(Choice.DONE).listens()
    assert reader.studio.stage is Stage.JUDGING
    assert Fault.NOISY in reader.studio.faults


def test_who_says_nothing_is_told_so_and_cannot_keep_it(reader: Reader) -> None:
    reader.listens().presses(Choice.RECORD).listens()
    reader.reads(quiet(1.0))
    reader.clock.now += 9
    reader.session.pass_time()
    reader.session.take_posted()
    assert reader.said == ["studio.nothing"]
    reader.listens().presses(Choice.NEXT)
    assert not list(reader.folder.iterdir())


def test_a_breath_between_sentences_does_not_end_the_take(reader: Reader) -> None:
    reader.listens().presses(Choice.RECORD, Choice.SKIP).listens()
    reader.reads(quiet(0.5), voice(1.2), quiet(1.6), voice(1.2), quiet(3.0)).listens()
    assert (reader.studio.stage, reader.studio.faults) == (Stage.JUDGING, ())
    reader.presses(Choice.NEXT)
    assert seconds(reader.file(GOODBYE.spoken)) == pytest.approx(4.6, abs=0.15)


def test_tomorrow_it_goes_on_with_what_is_missing(reader: Reader) -> None:
    reader.listens().presses(Choice.RECORD).listens().reads_well().listens()
    reader.presses(Choice.NEXT, Choice.STOP)
    assert reader.session.closed
    tomorrow = Reader(reader.folder)
    assert tomorrow.studio.line == GOODBYE
    tomorrow.listens().presses(Choice.RECORD, Choice.BACK)
    assert tomorrow.player.playing == ("take",)
    assert tomorrow.studio.kept and tomorrow.studio.faults == ()


def test_a_take_that_cannot_be_read_is_told_and_made_again(reader: Reader) -> None:
    reader.file(WELCOME.spoken).write_bytes(b"fLaC and then nothing")
    again = Reader(reader.folder)
    again.listens().presses(Choice.RECORD, Choice.BACK)
    assert again.studio.faults == (Fault.NOTHING,)
    assert "Not readable" in str(again.complaints[0])
    again.presses(Choice.RECORD).listens().reads_well().listens().presses(Choice.NEXT)
    assert seconds(again.file(WELCOME.spoken)) > 2


def test_on_a_full_disk_the_studio_says_so_and_counts_nothing(reader: Reader) -> None:
    reader.full = True
    reader.listens().presses(Choice.RECORD).listens().reads_well().listens()
    reader.presses(Choice.NEXT)
    assert reader.studio.stage is Stage.FAILED
    assert reader.said == ["studio.failed"]
    assert not reader.studio.done


def test_a_microphone_that_is_pulled_out_and_back_costs_one_take(reader: Reader) -> None:
    reader.listens().presses(Choice.RECORD).listens()
    reader.reads(quiet(0.6), voice(0.4))
    events: list[Any] = [MicrophoneLost(), MicrophoneRestored()]
    reader.session.take(events[0])
    assert (reader.said, reader.studio.wave) == (["studio.lost"], None)
    reader.session.take(events[1])
    assert reader.said == ["system.welcome"]
    reader.listens().reads_well().listens().presses(Choice.NEXT)
    assert seconds(reader.file(WELCOME.spoken)) == pytest.approx(2.8, abs=0.15)


def test_english_is_read_and_not_said(tmp_path: Path) -> None:
    reader = Reader(tmp_path, ENGLISH)
    assert reader.player.said == []
    assert reader.studio.said == (PromptId("studio.welcome"),)
    assert not reader.complaints
