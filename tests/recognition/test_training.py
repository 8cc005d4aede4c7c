"""The recipe of the acoustic model: trains on a little synthetic speech, and Vosk hears with it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from voicekiosk.core.types import KYRGYZ
from voicekiosk.recognition.graph import compiled, lexicon

from .test_model_folder import MODELS

pytest.importorskip(
    "torch", reason="training is not tested: pip install -r models/training/requirements.txt"
)
pytest.importorskip("kaldi_native_fbank", reason="training is not tested: no kaldi-native-fbank")
vosk = pytest.importorskip("vosk")

from models.training import kaldi_files, train, voices  # noqa: E402
from models.training.alignment import align  # noqa: E402
from models.training.features import Mfcc, centred  # noqa: E402
from models.training.material import ways_of  # noqa: E402
from models.training.network import listen  # noqa: E402
from models.training.speech import RATE, load, manifest  # noqa: E402
from models.training.surroundings import framed  # noqa: E402

MODEL = MODELS / "vosk-ky"
WORDS = ["паспорт", "жумуш", "келишим", "элчилик", "балдар"]
SPEAKERS = [f"espeak:ky+{variant}" for variant in ("m1", "m2", "m3", "f1", "f2", "f3")]
STRANGER = "espeak:ky+m7"

espeak = pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="training is not tested: no espeak-ng speaks here"
)


def in_silence(file: Path) -> np.ndarray:
    quiet = RATE // 3
    return framed(load(file), np.random.default_rng(1), quiet, quiet).astype("<i2")


def heard_by_vosk(folder: Path, cache: Path, sound: np.ndarray, words: list[str]):
    vosk.SetLogLevel(-1)
    ready = compiled(folder, cache, lexicon({(word, KYRGYZ) for word in WORDS}), {})
    decoder = vosk.KaldiRecognizer(
        vosk.Model(model_path=str(ready)), RATE, json.dumps(words, ensure_ascii=False)
    )
    decoder.SetMaxAlternatives(1)
    decoder.AcceptWaveform(sound.tobytes())
    return json.loads(decoder.FinalResult())["alternatives"][0]


@espeak
def test_features_network_and_aligner_agree_with_vosk_to_a_hundredth(tmp_path):
    voices.render(WORDS[:3], [STRANGER], tmp_path)
    model = kaldi_files.read(MODEL)
    mfcc = Mfcc(MODEL / "conf" / "mfcc.conf")
    for utterance in manifest(tmp_path):
        sound = in_silence(utterance.file)
        cepstra = centred(mfcc(sound.astype(np.float32)), model.mean)
        answers = listen(model.network, cepstra)
        ours, theirs = [], []
        for word in (utterance.text, "балдар"):
            path = align(answers, [ways_of(word, "ky", model.phones)])
            ours.append(
                sum(
                    answers[s.start, 2 * s.phone]
                    + answers[s.start + 1 : s.end, 2 * s.phone + 1].sum()
                    for s in path
                )
            )
            found = heard_by_vosk(MODEL, tmp_path / "cache", sound, [word])
            assert found["text"].strip() == word
            theirs.append(found["confidence"])
        assert ours[0] - ours[1] == pytest.approx(theirs[0] - theirs[1], abs=0.05)


def test_a_model_read_and_written_again_is_the_same_to_the_byte(tmp_path):
    kaldi_files.write(kaldi_files.read(MODEL), tmp_path, MODEL / "conf")
    for name in ("final.mdl", "global_cmvn.stats", "phones.txt"):
        assert (tmp_path / "am" / name).read_bytes() == (MODEL / "am" / name).read_bytes(), name


@espeak
@pytest.mark.timeout(900)
def test_a_network_that_knew_nothing_learns_a_few_words_that_vosk_then_hears(tmp_path, capsys):
    said, stranger, out = tmp_path / "said", tmp_path / "stranger", tmp_path / "new"
    assert voices.render(WORDS, SPEAKERS, said) == len(WORDS) * len(SPEAKERS)
    voices.render(WORDS, [STRANGER], stranger)
    small = ["--from-nothing", "--width", "56", "--batch", "16", "--workers", "0"]
    train.main(
        [
            str(said),
            "--out",
            str(out),
            *small,
            "--steps",
            "120",
            "--rate",
            "4e-3",
            "--rough",
            "0.3",
            "--threads",
            "1",
        ]
    )
    assert "step 120 of 120" in capsys.readouterr().err
    heard = {
        utterance.text: heard_by_vosk(out, tmp_path / "cache", in_silence(utterance.file), WORDS)
        for utterance in manifest(stranger)
    }
    right = [word for word, found in heard.items() if found["text"].strip() == word]
    assert len(right) >= 3, heard  # one of five would be chance
