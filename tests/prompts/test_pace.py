"""Slower, but the same voice: how long it lasts, how high it is, and whether it is understood."""

from pathlib import Path

import numpy as np
import pytest
import soxr

from voicekiosk.core.types import RUSSIAN, Clip, Seconds
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, PLAYBACK_RATE
from voicekiosk.prompts import sound
from voicekiosk.prompts.pace import stretched
from voicekiosk.recognition.vosk_recognizer import VoskRecognizer

ROOT = Path(__file__).parents[2]
PACE = 0.75


def recorded(prompt: str) -> Clip:
    samples = sound.decode(ROOT / "audio_prompts" / "starter-ru" / f"{prompt}.opus")
    return Clip(sound.pcm_of(samples), (Seconds(0), Seconds(1)), "a voice", recorded=False)


def pitch(samples: np.ndarray) -> float:
    """Hertz of the voice: the median over all voiced 80 ms."""
    width, found = PLAYBACK_RATE * 8 // 100, []
    highest, lowest = PLAYBACK_RATE // 400, PLAYBACK_RATE // 70
    for at in range(0, len(samples) - width, width // 2):
        window = samples[at : at + width] * np.hanning(width)
        alike = np.correlate(window, window, "full")[width - 1 :]
        period = highest + int(np.argmax(alike[highest:lowest]))
        if alike[0] > 0.5 and alike[period] > 0.4 * alike[0]:
            before, here, after = alike[period - 1 : period + 2]
            shift = (before - after) / (2 * (before - 2 * here + after))
            found.append(PLAYBACK_RATE / (period + shift))
    assert len(found) > 20
    return float(np.median(found))


@pytest.mark.parametrize("prompt", ["system.welcome", "system.help.home", "topic.war.name"])
def test_it_lasts_a_third_longer_and_its_sentences_begin_later(prompt: str) -> None:
    clip = recorded(prompt)
    slow = stretched(clip, PACE)
    assert slow.pcm.duration == pytest.approx(clip.pcm.duration / PACE, rel=0.02)
    assert slow.starts == (0, pytest.approx(1 / PACE))
    assert slow.voice == clip.voice


@pytest.mark.parametrize("prompt", ["system.welcome", "system.help.home"])
def test_the_voice_is_neither_lower_nor_softer(prompt: str) -> None:
    clip = recorded(prompt)
    usual, slow = (sound.samples_of(c.pcm) for c in (clip, stretched(clip, PACE)))
    assert abs(1200 * np.log2(pitch(slow) / pitch(usual))) < 30, "cents"
    assert sound.loudness(slow) == pytest.approx(sound.loudness(usual), abs=1)


def test_slow_words_are_still_recognised(tmp_path: Path) -> None:
    names = {"command.home.name": "главное меню", "topic.documents.name": "документы"}
    ear = VoskRecognizer(ROOT / "models" / "vosk-ky", tmp_path)
    ear.learn({(phrase, RUSSIAN) for phrase in (*names.values(), "перевод денег", "медосмотр")})
    for prompt, phrase in names.items():
        samples = sound.samples_of(stretched(recorded(prompt), PACE).pcm) * 16000
        heard = soxr.resample(np.pad(samples, PLAYBACK_RATE // 3), PLAYBACK_RATE, FRAME_RATE)
        heard += np.random.default_rng(7).normal(0, 4, len(heard))
        ear.begin(())
        for at in range(0, len(heard) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
            ear.accept(heard[at : at + FRAME_SAMPLES].astype("<i2").tobytes())
        assert ear.finish().candidates[0].phrase == phrase
