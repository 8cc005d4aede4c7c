"""What is done to a recording is what its name says."""

import numpy as np
import pytest

from voicekiosk.evaluation.conditions import (
    AFTER,
    BEFORE,
    CONDITIONS,
    active_level,
    heard,
    reverberated,
)
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES


def voice(seed: int = 1, seconds: float = 1.0) -> np.ndarray:
    """As loud as speech, and with pauses like speech; wide in band."""
    noise = np.random.default_rng(seed).normal(0, 0.05, round(seconds * FRAME_RATE))
    noise[4000:7000] *= 0.001
    return noise.astype(np.float32)


def samples(name: str, sound: np.ndarray, others: tuple[np.ndarray, ...] = ()) -> np.ndarray:
    frames = heard(sound, CONDITIONS[name], np.random.default_rng(5), others)
    assert len(frames) % (2 * FRAME_SAMPLES) == 0
    return np.frombuffer(frames, "<i2") / 32767


def level(sound: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(sound**2)) + 1e-12))


def test_quiet_is_the_recording_with_a_little_room_around_it():
    sound = voice()
    played = samples("quiet", sound)
    assert level(played[:BEFORE]) == pytest.approx(-78, abs=2)
    assert np.allclose(played[BEFORE : BEFORE + len(sound)], sound, atol=0.001)
    assert AFTER <= len(played) - BEFORE - len(sound) < AFTER + FRAME_SAMPLES


@pytest.mark.parametrize("name", ["white20", "white10", "white5", "babble20", "babble10"])
def test_noise_is_as_far_below_the_speech_as_the_name_says(name):
    others = tuple(voice(seed) for seed in range(2, 9))
    sound = voice()
    noise = samples(name, sound, others) - samples("quiet", sound)
    below = 20 * np.log10(active_level(sound)) - level(noise)
    assert below == pytest.approx(CONDITIONS[name].snr, abs=0.7)


def test_pauses_do_not_make_the_speech_quieter():
    loud = voice()
    longer = np.concatenate([loud, np.zeros(3 * FRAME_RATE, np.float32)])
    assert active_level(longer) == pytest.approx(active_level(loud), rel=0.05)


def test_a_line_lets_through_300_to_3400_hertz():
    played = samples("line", voice(seconds=4))
    power = np.abs(np.fft.rfft(played)) ** 2
    hertz = np.fft.rfftfreq(len(played), 1 / FRAME_RATE)

    def density(low: float, high: float) -> float:
        return float(10 * np.log10(power[(hertz > low) & (hertz < high)].mean()))

    inside = density(500, 3000)
    assert inside - density(20, 180) > 30
    assert inside - density(4000, 7900) > 30
    assert inside - density(350, 3350) < 1


def test_a_hall_rings_for_its_time():
    click = np.zeros(FRAME_RATE // 10)
    click[0] = 1.0
    answer = reverberated(click, np.random.default_rng(3))
    tenth = FRAME_RATE // 10
    fall = level(answer[tenth : 2 * tenth]) - level(answer[5 * tenth : 6 * tenth])
    assert fall == pytest.approx(60 * 0.4 / 0.8, abs=2)  # 60 dB in 0.8 s


def test_the_same_seed_makes_the_same_sound():
    others = tuple(voice(seed) for seed in range(2, 9))
    for name in CONDITIONS:
        assert np.array_equal(samples(name, voice(), others), samples(name, voice(), others))


def test_a_loud_recording_is_not_clipped():
    loud = voice() / np.abs(voice()).max() * 0.999
    assert np.abs(samples("white5", loud)).max() < 1.0
