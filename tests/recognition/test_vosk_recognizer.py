"""The recognizer hears synthetic speech of this machine, and refuses what is no phrase."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soxr

from voicekiosk.core.messages import Utterance
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.ports import FRAME_SAMPLES, RecognitionError
from voicekiosk.recognition.vosk_recognizer import VoskRecognizer

from .test_model_folder import MODELS

PHRASES = {
    *((p, KYRGYZ) for p in ("документтер", "депортация", "медкароо", "өмүргө коркунуч")),
    *((p, KYRGYZ) for p in ("башкы бет", "кыргызча", "элчилик", "балдар мектеп", "паспорт")),
    *((p, RUSSIAN) for p in ("перевод денег", "главное меню", "медосмотр", "паспорт")),
}
needs_a_voice = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is missing")


def spoken(text: str, voice: str = "ky") -> np.ndarray:
    """A synthetic voice with a moment of room around it, 16 kHz."""
    made = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", "150", "--stdout", text], capture_output=True, check=True
    ).stdout
    sound = soxr.resample(np.frombuffer(made[44:], "<i2").astype("f4"), 22050, 16000)
    room = np.random.default_rng(7).normal(0, 4, 4800 + len(sound) + 6400)
    room[4800 : 4800 + len(sound)] += sound * 0.5
    return np.clip(room, -32768, 32767).astype("<i2")


def hear(recognizer: VoskRecognizer, sound: np.ndarray, offered: tuple[str, ...] = ()) -> Utterance:
    recognizer.begin(offered)
    for at in range(0, len(sound) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        recognizer.accept(sound[at : at + FRAME_SAMPLES].tobytes())
    return recognizer.finish()


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory) -> VoskRecognizer:
    ear = VoskRecognizer(MODELS / "vosk-ky", tmp_path_factory.mktemp("cache"))
    ear.learn(PHRASES)
    return ear


@needs_a_voice
@pytest.mark.parametrize("phrase", ["документтер", "өмүргө коркунуч", "кыргызча"])
def test_a_phrase_is_heard(recognizer, phrase):
    utterance = hear(recognizer, spoken(phrase))
    best = utterance.candidates[0]
    assert best.phrase == phrase
    assert best.confidence > 0.5
    assert 0.4 < utterance.speech < 3


@needs_a_voice
@pytest.mark.parametrize("other", ["бүгүн аба ырайы жакшы болот", "картошка менен сабиз"])
def test_other_speech_is_not_accepted(recognizer, other):
    assert all(c.confidence < 0.8 for c in hear(recognizer, spoken(other)).candidates)


@needs_a_voice
def test_the_last_speaker_leaves_no_trace(recognizer):
    sound = spoken("документтер")
    first = hear(recognizer, sound)
    hear(recognizer, spoken("депортация"))
    recognizer.begin(())
    recognizer.accept(spoken("элчилик")[:FRAME_SAMPLES].tobytes() * 40)  # hung up in mid-word
    assert hear(recognizer, sound) == first


def test_silence_and_hiss_are_no_phrase(recognizer):
    assert hear(recognizer, np.zeros(32000, "<i2")).candidates == ()
    hiss = np.random.default_rng(0).normal(0, 800, 32000).astype("<i2")
    assert all(c.confidence < 0.4 for c in hear(recognizer, hiss).candidates)


def test_nothing_at_all_is_no_phrase(recognizer):
    assert hear(recognizer, np.zeros(0, "<i2")) == Utterance()


def test_listening_before_learning_is_told(tmp_path):
    with pytest.raises(RecognitionError, match="learnt no phrases"):
        VoskRecognizer(MODELS / "vosk-ky", tmp_path).begin(())


def test_a_folder_that_is_no_model_never_reaches_vosk(tmp_path):
    with pytest.raises(RecognitionError, match="is not a recognition model"):
        VoskRecognizer(tmp_path, tmp_path / "cache")


RU_DEV = Path(__file__).parents[3] / "shared" / "speech" / "ru-dev"


@pytest.mark.skipif(not RU_DEV.is_dir(), reason="no ../shared/speech/ru-dev: human speech untested")
def test_human_russian_is_heard_among_the_phrases(recognizer, tmp_path):
    import soundfile

    lines = (RU_DEV / "manifest.tsv").read_text("utf-8").splitlines()[1:16]
    items = [line.split("\t")[:2] for line in lines]
    ear = VoskRecognizer(MODELS / "vosk-ky", tmp_path)
    ear.learn(PHRASES | {(text, RUSSIAN) for _, text in items})
    right = 0
    for file, text in items:
        sound, _ = soundfile.read(RU_DEV / file, dtype="int16")
        best = hear(ear, np.pad(sound, (4000, 8000))).candidates[:1]
        right += bool(best) and best[0].phrase == text
    assert right >= 12
