"""The acoustic model without Vosk: it must be the same model, and know what was not said."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from voicekiosk.core.proof import NO_MATCH
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Pcm
from voicekiosk.ports import FRAME_RATE, RecognitionError
from voicekiosk.prompts import sound
from voicekiosk.recognition.acoustics import Acoustics
from voicekiosk.recognition.aligning import Chain
from voicekiosk.recognition.graph import compiled, lexicon
from voicekiosk.recognition.letters_to_phones import pronunciations
from voicekiosk.recognition.proof_ear import ProofEar, said_together

from .test_model_folder import MODELS

vosk = pytest.importorskip("vosk")

STARTER = MODELS.parent / "audio_prompts" / "starter-ky"
WORDS = ["бүгүн", "кечээ"]
TODAY, YESTERDAY = "answer.ago_0.name.opus", "answer.ago_1.name.opus"


@pytest.fixture(scope="module")
def ear() -> ProofEar:
    return ProofEar(MODELS / "vosk-ky")


def clip(name: str) -> Pcm:
    return sound.pcm_of(sound.decode((STARTER / name).read_bytes()))


def at_the_microphone(pcm: Pcm) -> np.ndarray:
    """16 kHz, with the faint noise of a room around it."""
    import soxr

    samples = soxr.resample(np.frombuffer(pcm.samples, "<i2").astype(float), pcm.rate, FRAME_RATE)
    around = np.random.default_rng(0).integers(-20, 20, 5000).astype(float)
    return np.rint(np.concatenate([around, samples, around])).astype("<i2")


@pytest.mark.parametrize("name", [TODAY, YESTERDAY])
def test_likelihoods_are_those_of_vosk_to_a_hundredth(name: str, tmp_path: Path) -> None:
    model = MODELS / "vosk-ky"
    heard = at_the_microphone(clip(name))
    acoustics = Acoustics(model)
    vosk.SetLogLevel(-1)
    ready = vosk.Model(
        model_path=str(compiled(model, tmp_path, lexicon({(word, KYRGYZ) for word in WORDS}), {}))
    )
    ours, theirs = [], []
    for word in WORDS:
        (way,) = pronunciations(word, KYRGYZ)
        chain = Chain([[tuple(acoustics.phones[phone] for phone in way)]])
        ours.append(chain.best(acoustics.likelihoods(heard))[0])
        decoder = vosk.KaldiRecognizer(ready, FRAME_RATE, json.dumps([word], ensure_ascii=False))
        decoder.SetMaxAlternatives(1)
        decoder.AcceptWaveform(heard.tobytes())
        found = json.loads(decoder.FinalResult())["alternatives"][0]
        assert found["text"].strip() == word
        theirs.append(found["confidence"])
    assert ours[0] - ours[1] == pytest.approx(theirs[0] - theirs[1], abs=0.01)


def test_the_text_that_was_said_explains_the_clip_and_another_does_not(ear: ProofEar) -> None:
    heard = ear.hear(clip(TODAY))
    assert heard.match("Бүгүн", KYRGYZ).score > 0.4
    assert heard.match("Кечээ", KYRGYZ).score < 0


def test_the_path_is_whole_and_in_order(ear: ProofEar) -> None:
    acoustics = Acoustics(MODELS / "vosk-ky")
    heard = acoustics.likelihoods(at_the_microphone(clip(TODAY)))
    (way,) = pronunciations("бүгүн", KYRGYZ)
    numbers = tuple(acoustics.phones[phone] for phone in way)
    _, path = Chain([[numbers]]).best(heard)
    assert path[0].start == 0
    assert path[-1].end == len(heard)
    assert all(one.end == other.start for one, other in pairwise(path))
    assert tuple(said.phone for said in path if said.word == 0) == numbers


def test_a_rival_word_is_named_only_where_it_is_likelier(ear: ProofEar) -> None:
    rivals = {"бүгүн": {"кечээ"}, "кечээ": {"бүгүн"}}
    heard = ear.hear(clip(TODAY))
    assert heard.instead("Бүгүн", KYRGYZ, rivals) == ()
    (found,) = heard.instead("Кечээ", KYRGYZ, rivals)
    assert (found.written, found.heard) == ("кечээ", "бүгүн")
    assert found.nats > 5


def test_the_nearest_text_is_found_among_both_languages(ear: ProofEar) -> None:
    texts = [("Кечээ", KYRGYZ), ("Сегодня", RUSSIAN), ("Бүгүн", KYRGYZ), ("Вчера", RUSSIAN)]
    found = ear.hear(clip(TODAY)).nearest(texts)
    assert found is not None
    assert found[0] == 2


def test_no_sound_and_no_words_match_nothing(ear: ProofEar) -> None:
    assert ear.hear(Pcm(b"", FRAME_RATE)).match("Бүгүн эртең менен", KYRGYZ).score < 0
    assert ear.hear(clip(TODAY)).match("112", KYRGYZ) == NO_MATCH
    long = "Кармап кетишсе, сабыр кылыңыз, каршылык көрсөтпөңүз. " * 9
    assert ear.hear(clip(TODAY)).match(long, KYRGYZ) == NO_MATCH


def test_small_russian_words_are_said_with_what_follows_but_not_over_a_breath() -> None:
    assert said_together("Он в Корее. Вы там?", RUSSIAN) == ["он в корее", "вы там"]
    assert said_together("Ещё и вы. Потом — в путь", RUSSIAN) == ["ещё", "и вы", "потом", "в путь"]
    assert said_together("Эч ким да", KYRGYZ) == ["эч", "ким", "да"]


def test_a_network_of_another_kind_is_refused_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "other"
    for name in ("am/final.mdl", "am/phones.txt", "am/phone_bigram.npy", "am/global_cmvn.stats"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"\0BTDNN-F of somebody else")
    (folder / "conf").mkdir()
    for name in ("mfcc.conf", "model.conf"):
        (folder / "conf" / name).write_bytes(b"")
    with pytest.raises(RecognitionError, match="no network of the kiosk's own recipe"):
        ProofEar(folder)
