"""What the loudspeaker plays, known at the microphone's rate and at the right time."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.clock import Clock
from voicekiosk.audio.played import PlayedSound
from voicekiosk.ports import FRAME_RATE, PLAYBACK_RATE

Sound = np.ndarray
"""Samples from -1 to 1."""
BLOCK = PLAYBACK_RATE // 50


def whole(samples: Sound) -> np.ndarray:
    return np.clip(np.rint(samples * 32768), -32768, 32767).astype("<i2")


def tone(hertz: float, rate: int, seconds: float) -> Sound:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)


@pytest.mark.parametrize(("hertz", "kept"), [(440, True), (6000, True), (9500, False)])
def test_what_is_played_is_known_at_the_microphones_rate_and_without_mirror_images(
    hertz: float, kept: bool
) -> None:
    played = PlayedSound()
    for block in np.array_split(whole(tone(hertz, PLAYBACK_RATE, 1.0)), 37):
        played.put(block.tobytes())
    known = np.concatenate([played.frame() for _ in range(45)])[1600:]
    strength = np.abs(np.fft.rfft(known * np.hanning(known.size)))
    pitches = np.fft.rfftfreq(known.size, 1 / FRAME_RATE)
    at_pitch = np.abs(pitches - hertz) < 20
    assert np.sqrt(np.mean(known**2)) == pytest.approx(0.354 if kept else 0.0, abs=0.02)
    assert strength[~at_pitch].max() < strength.max() / 300 or not kept


def depth_after(seconds: float, clock: Clock, played: PlayedSound) -> int:
    for _ in range(round(seconds * 50)):
        clock.now += 0.02
        played.put(bytes(BLOCK * 2))
        played.frame()
    played.put(whole(np.full(BLOCK, 0.5)).tobytes())
    waited = 0
    while not played.frame().any():
        waited += 1
    return waited


def test_after_the_microphone_was_away_the_sound_is_not_late() -> None:
    clock = Clock()
    played = PlayedSound(clock)
    for _ in range(500):
        played.put(bytes(BLOCK * 2))
    assert depth_after(1.5, clock, played) <= 3


def test_frames_that_waited_for_a_busy_recognizer_still_meet_their_sound() -> None:
    clock = Clock()
    played = PlayedSound(clock)
    for at in range(100):
        played.put(whole(np.full(BLOCK, 0.001 * at)).tobytes())
    heard = [float(np.abs(played.frame()).max()) for _ in range(100)]
    assert heard[90] == pytest.approx(0.09, abs=0.002)
