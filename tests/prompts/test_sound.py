"""Loudness, limiting, trimming and the codecs, measured."""

import numpy as np
import pytest
import soxr

from tests.prompts.packs import hum
from voicekiosk.ports import PLAYBACK_RATE
from voicekiosk.prompts import sound


@pytest.mark.parametrize("level", [0.001, 0.05, 0.9])
@pytest.mark.parametrize("seconds", [0.15, 0.5, 3.0])
def test_quiet_and_loud_recordings_end_equally_loud(level: float, seconds: float) -> None:
    result = sound.levelled(hum(seconds, level, PLAYBACK_RATE))
    assert sound.loudness(result) == pytest.approx(-16, abs=1)


def test_clicks_are_limited_without_making_the_rest_quiet() -> None:
    speech = hum(3.0, 0.1, PLAYBACK_RATE)
    speech[::9600] = 0.99
    result = sound.levelled(speech)
    four_times = soxr.resample(result, PLAYBACK_RATE, 4 * PLAYBACK_RATE)
    assert np.abs(four_times).max() <= 10 ** (-1 / 20), "between the samples too"
    assert sound.loudness(result) == pytest.approx(-16, abs=1)


def test_trimming_says_how_much_it_cut() -> None:
    quiet = np.random.default_rng(1).normal(0, 0.0003, PLAYBACK_RATE)
    kept, cut = sound.trimmed(np.concatenate([quiet, hum(1.0, 0.2, PLAYBACK_RATE), quiet]))
    assert cut == pytest.approx(0.99, abs=0.02)
    assert len(kept) / PLAYBACK_RATE == pytest.approx(1.09, abs=0.05)


@pytest.mark.parametrize("codec", ["opus", "flac", "wav"])
def test_codecs_keep_length_and_loudness(codec: str) -> None:
    before = sound.levelled(hum(2.0, 0.2, PLAYBACK_RATE))
    after = sound.decode(sound.encode(before, codec))
    assert len(after) == len(before)
    assert sound.loudness(after) == pytest.approx(sound.loudness(before), abs=0.7)


def test_silence_is_recognised() -> None:
    assert sound.is_silent(np.zeros(PLAYBACK_RATE))
    assert sound.is_silent(hum(1.0, 0.0005, PLAYBACK_RATE))
    assert not sound.is_silent(hum(0.2, 0.05, PLAYBACK_RATE))
