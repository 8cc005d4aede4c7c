"""The real player and microphone on a sound server with two null sinks: what is heard is true."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from voicekiosk.audio.microphone import SoundMicrophone
from voicekiosk.audio.player import SoundPlayer
from voicekiosk.audio.stream import forget_devices
from voicekiosk.core.types import Clip, Pcm, Seconds
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, PLAYBACK_RATE, AudioError
from voicekiosk.virtual.handset import EAR_RATE, Ear, VirtualHandset

BLOCK = EAR_RATE // 100


def tone(*loudness: float, each: float = 0.4, pitch: float = 440, rate: int = PLAYBACK_RATE) -> Pcm:
    """A tone whose loudness changes in steps: an envelope that nothing else has."""
    t = np.arange(round(each * rate) * len(loudness)) / rate
    envelope = np.repeat(loudness, round(each * rate))
    return Pcm((12_000 * envelope * np.sin(2 * np.pi * pitch * t)).astype("<i2").tobytes(), rate)


def clip(pcm: Pcm, *starts: float) -> Clip:
    return Clip(pcm, tuple(Seconds(s) for s in starts or (0.0,)), "tone", recorded=False)


def energy(sound: bytes) -> NDArray[np.float64]:
    """Loudness in steps of 10 ms, 0 to about 1."""
    samples = np.frombuffer(sound, "<i2").astype(float)
    blocks = samples[: samples.size // BLOCK * BLOCK].reshape(-1, BLOCK)
    return np.sqrt((blocks**2).mean(1)) / (12_000 / np.sqrt(2))


def until(happened: Callable[[], bool], what: str, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        threading.Event().wait(0.01)


def sounding(ear: Ear) -> bool:
    return bool((energy(ear.samples())[-30:] > 0.05).any())


def silent(ear: Ear) -> bool:
    return bool((energy(ear.samples())[-30:] < 0.001).all())


@pytest.fixture(scope="module")
def handset() -> Iterator[VirtualHandset]:
    before = {name: os.environ.get(name) for name in ("XDG_RUNTIME_DIR", "PULSE_SERVER")}
    with VirtualHandset() as handset:
        os.environ.update(handset.environment)
        forget_devices()
        yield handset
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


@pytest.fixture
def changes() -> list[bool]:
    return []


@pytest.fixture
def player(handset: VirtualHandset, changes: list[bool]) -> Iterator[SoundPlayer]:
    player = SoundPlayer()
    player.open(changes.append)
    yield player
    player.close()


def nothing(*_: int) -> None: ...


def test_a_clip_is_heard_with_its_own_envelope(
    handset: VirtualHandset, player: SoundPlayer
) -> None:
    ended = threading.Event()
    sentences: list[tuple[int, int]] = []
    with handset.listening() as ear:
        player.play(
            [clip(tone(1, 0.3), 0, 0.4), clip(tone(0.6))],
            lambda c, s: sentences.append((c, s)),
            ended.set,
        )
        assert ended.wait(15)
        until(lambda: silent(ear), "silence after the end")
    assert sentences == [(0, 0), (0, 1), (1, 0)]
    heard = energy(ear.samples())
    begin = int(np.argmax(heard > 0.05))
    steps = [float(np.median(heard[begin + a : begin + a + 25])) for a in (8, 48, 88)]
    assert steps == pytest.approx([1, 0.3, 0.6], abs=0.08)


def test_the_end_is_told_when_it_is_heard_not_when_it_is_written(player: SoundPlayer) -> None:
    ended = threading.Event()
    begin = time.monotonic()
    player.play([clip(tone(1, each=0.8))], nothing, ended.set)
    assert ended.wait(15)
    assert 0.79 <= time.monotonic() - begin < 3


def test_stop_fades_within_20_ms_and_leaves_silence(
    handset: VirtualHandset, player: SoundPlayer
) -> None:
    ended = threading.Event()
    with handset.listening() as ear:
        player.play([clip(tone(1, each=20))], nothing, ended.set)
        until(lambda: sounding(ear), "the tone")
        before = time.monotonic()
        player.stop()
        until(lambda: silent(ear), "silence after stop")
        # 0.3 s of it is the silence we wait for, 0.1 s the stream's buffer; the rest is the rig's.
        assert time.monotonic() - before < 1.5
    samples = np.abs(np.frombuffer(ear.samples(), "<i2").astype(float))
    peaks = np.array([samples[i : i + 36].max() for i in range(0, samples.size - 36, 16)])
    last_full = int(np.nonzero(peaks > 11_000)[0][-1])
    last_heard = int(np.nonzero(peaks > 60)[0][-1])
    # In steps of 1 ms; a millisecond or two is the window of the measurement.
    assert 5 <= last_heard - last_full <= 22
    assert not ended.is_set()


def test_playing_while_playing_is_refused_and_after_stop_allowed(
    handset: VirtualHandset, player: SoundPlayer
) -> None:
    ended = threading.Event()
    player.play([clip(tone(1, each=20))], nothing, nothing)
    with pytest.raises(AudioError, match="Two prompts at once"):
        player.play([clip(tone(1))], nothing, nothing)
    player.stop()
    player.play([clip(tone(1))], nothing, ended.set)
    assert ended.wait(15)


def test_a_new_prompt_can_start_from_the_end_of_the_old_one(player: SoundPlayer) -> None:
    ended = threading.Event()
    player.play([clip(tone(1))], nothing, lambda: player.play([clip(tone(1))], nothing, ended.set))
    assert ended.wait(15)


def test_nothing_to_say_ends_at_once(player: SoundPlayer) -> None:
    ended = threading.Event()
    player.play([], nothing, ended.set)
    assert ended.wait(15)


def test_the_volume_changes_while_speaking(handset: VirtualHandset, player: SoundPlayer) -> None:
    with handset.listening() as ear:
        player.play([clip(tone(1, each=20))], nothing, nothing)
        until(lambda: sounding(ear), "the tone")
        player.volume = 0.25
        until(
            lambda: np.median(energy(ear.samples())[-20:]) == pytest.approx(0.25, abs=0.05),
            "a quarter of the loudness",
        )
        player.volume = 1.0
        until(
            lambda: np.median(energy(ear.samples())[-20:]) == pytest.approx(1, abs=0.08),
            "all of it",
        )
        player.stop()


def test_pause_holds_the_place_and_goes_on(handset: VirtualHandset, player: SoundPlayer) -> None:
    ended = threading.Event()
    with handset.listening() as ear:
        player.play([clip(tone(1, 0.3, each=0.8))], nothing, ended.set)
        until(lambda: sounding(ear), "the tone")
        player.hold(True)
        until(lambda: silent(ear), "silence while held")
        assert not ended.is_set()
        player.hold(False)
        assert ended.wait(15)
        until(lambda: silent(ear), "silence after the end")
    heard = energy(ear.samples())
    assert 1.5 < (heard > 0.05).sum() / 100 < 1.75  # all of it was said, and nothing twice


def test_a_device_nobody_has_is_named_with_what_there_is(handset: VirtualHandset) -> None:
    with pytest.raises(AudioError, match="gramophone") as refusal:
        SoundPlayer("gramophone").open(nothing)
    assert "choose one of" in refusal.value.mend
    with pytest.raises(AudioError, match="No microphone"):
        SoundMicrophone("gramophone").open(lambda _frame: None, nothing)


def test_the_microphone_hears_what_is_spoken(handset: VirtualHandset, tmp_path: Path) -> None:
    frames: list[bytes] = []
    microphone = SoundMicrophone()
    microphone.open(frames.append, nothing)
    try:
        until(lambda: bool(frames), "the first frame")
        spoken = tone(1, each=0.5, rate=FRAME_RATE)
        soundfile.write(tmp_path / "spoken.wav", np.frombuffer(spoken.samples, "<i2"), spoken.rate)
        handset.speak_file(tmp_path / "spoken.wav")
        until(lambda: (energy(b"".join(frames)) > 0.5).sum() > 40, "half a second of tone")
    finally:
        microphone.close()
    assert {len(frame) for frame in frames} == {FRAME_SAMPLES * 2}


def stumble(times: int) -> None:
    """Let nobody else run for longer than the longest buffer, again and again."""
    for _ in range(times):
        begin = time.monotonic()
        while time.monotonic() < begin + 0.12:
            sum(range(3_000_000))  # holds the interpreter, and so the audio thread, to its end
        threading.Event().wait(0.2)


def test_a_machine_that_tears_the_sound_gets_a_longer_buffer_between_two_prompts(
    handset: VirtualHandset,
    player: SoundPlayer,
    changes: list[bool],
    caplog: pytest.LogCaptureFixture,
) -> None:
    stream = player._stream
    assert stream is not None
    assert stream.buffer_seconds == 0.05
    ended = threading.Event()
    player.play([clip(tone(1, each=20))], nothing, nothing)
    stumble(12)
    assert stream.stumbles
    assert stream.buffer_seconds == 0.05, "nothing that is being said is cut off"
    player.stop()
    until(lambda: stream.buffer_seconds == 0.1, "the next buffer")
    player.play([clip(tone(1))], nothing, ended.set)
    assert ended.wait(15)
    assert "stumbled: its buffer is now 100 ms" in caplog.text
    assert changes == [], "nothing was lost"


def test_the_sound_server_dies_and_comes_back(
    handset: VirtualHandset, player: SoundPlayer, changes: list[bool]
) -> None:
    frames: list[bytes] = []
    heard_of: list[bool] = []
    ended = threading.Event()
    microphone = SoundMicrophone()
    microphone.open(frames.append, heard_of.append)
    try:
        player.play([clip(tone(1, each=30))], nothing, ended.set)
        handset.kill()
        until(lambda: changes == [False] and heard_of == [False], "both told of the loss")
        with pytest.raises(AudioError, match="not open"):
            player.play([clip(tone(1))], nothing, nothing)
        handset.restart()
        until(lambda: changes == [False, True] and heard_of == [False, True], "both back", 30)
        frames.clear()
        until(lambda: len(frames) > 10, "frames again")
        with handset.listening() as ear:
            player.play([clip(tone(1))], nothing, nothing)
            until(lambda: sounding(ear), "the tone again")
    finally:
        microphone.close()
    assert not ended.is_set()  # what was cut by the loss never reports an end
