"""Is the tone heard? In a quiet hall, in a loud one, faintly, and not at all."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from tests.fakes import FakePlayer
from voicekiosk.audio.tone import TONE, Tap, hear_tone, judged
from voicekiosk.core.staff import Sound
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, PLAYBACK_RATE, AudioError

RANDOM = np.random.default_rng(7)


def hall(tone_db: float | None, noise_db: float, hum: float = 0.0) -> bytes:
    """What a microphone hears: a quiet 0.6 s, the tone, and 0.6 s after it."""
    wave = np.frombuffer(TONE.pcm.samples, "<i2") / 32768
    tone = soxr.resample(wave, PLAYBACK_RATE, FRAME_RATE)
    still = np.zeros(round(0.6 * FRAME_RATE))
    heard = np.concatenate([still, tone / np.abs(tone).max(), still])
    heard = heard * (0 if tone_db is None else 10 ** (tone_db / 20))
    heard = heard + RANDOM.normal(0, 10 ** (noise_db / 20), heard.size)
    if hum:
        heard = heard + 10 ** (hum / 20) * np.sin(
            2 * np.pi * 1000 * np.arange(heard.size) / FRAME_RATE
        )
    return np.clip(heard * 32767, -32768, 32767).astype("<i2").tobytes()


@pytest.mark.parametrize(("tone", "noise"), [(-6, -60), (-20, -45), (-35, -40), (-45, -70)])
def test_a_tone_is_heard_and_its_level_is_true(tone: float, noise: float) -> None:
    sound, level = judged(hall(tone, noise))
    assert sound is Sound.HEARD
    assert abs(level - tone) <= 1.5


def test_a_tone_nobody_would_understand_a_voice_at_is_faint() -> None:
    assert judged(hall(-58, -80))[0] is Sound.FAINT


@pytest.mark.parametrize("noise", [-70, -40, -20, -10])
def test_a_hall_alone_is_no_tone_however_loud(noise: float) -> None:
    assert judged(hall(None, noise))[0] is Sound.NOT_HEARD


def test_a_machine_that_hums_on_the_same_pitch_is_not_the_tone() -> None:
    assert judged(hall(None, -60, hum=-20))[0] is Sound.NOT_HEARD


def test_speech_is_no_tone() -> None:
    at = np.arange(FRAME_RATE * 2) / FRAME_RATE
    voice = sum(np.sin(2 * np.pi * 125 * n * at) / n for n in range(1, 30))
    voice = voice * (np.sin(2 * np.pi * 3 * at) > 0) * 3000
    assert judged(voice.astype("<i2").tobytes())[0] is Sound.NOT_HEARD


def test_nothing_but_zeros_is_a_muted_microphone_and_nothing_at_all_is_none() -> None:
    assert judged(bytes(FRAME_RATE * 2))[0] is Sound.MUTED
    assert judged(b"")[0] is Sound.NO_MICROPHONE


class Unplugged:
    def open(self, on_frame: object, on_change: object) -> None:
        raise AudioError("No microphone", "Plug it in")

    def close(self) -> None:
        raise AssertionError("it was never open")


class Loop:
    """A loudspeaker that is heard by the microphone while it plays."""

    def __init__(self, tap: Tap, hears: bool = True) -> None:
        self.player = FakePlayer()
        self.player.open(lambda back: None)
        self.tap = tap
        self.volume = 1.0
        self._heard = hall(-20 if hears else None, -60)

    def open(self, on_change: object) -> None: ...
    def hold(self, held: bool) -> None: ...
    def stop(self) -> None: ...

    def play(self, clips: object, on_sentence: object, on_end: object) -> None:
        for at in range(0, len(self._heard), 2 * FRAME_SAMPLES):
            self.tap(self._heard[at : at + 2 * FRAME_SAMPLES])
        on_end()  # type: ignore[operator]


class Plugged:
    """Delivers one frame as soon as it is open."""

    closed = False

    def open(self, on_frame: object, on_change: object) -> None:
        on_frame(bytes(2 * FRAME_SAMPLES))  # type: ignore[operator]

    def close(self) -> None:
        self.closed = True


def test_without_any_frame_there_is_no_microphone() -> None:
    tap = Tap(lambda frame: frame)
    assert hear_tone(Loop(tap), tap, Unplugged()) == (Sound.NO_MICROPHONE, 0)


@pytest.mark.parametrize("hears", [True, False])
def test_the_kiosk_hears_itself_and_gives_its_own_microphone_back(hears: bool) -> None:
    tap, microphone = Tap(lambda frame: frame), Plugged()
    sound, level = hear_tone(Loop(tap, hears), tap, microphone)
    assert (sound, microphone.closed) == (Sound.HEARD if hears else Sound.NOT_HEARD, True)
    assert level == (-20 if hears else 0)


def test_a_tap_keeps_nothing_unless_somebody_listens() -> None:
    tap = Tap(bytes.upper)
    kept = tap.listens()
    assert tap(b"one") == b"ONE"
    tap.forgets()
    tap(b"two")
    assert kept == [b"one"]
