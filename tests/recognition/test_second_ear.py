"""A second ear judges a shortlist by its own model, and says how likely it is any other speech."""

import math
import shutil
import statistics
import time
from pathlib import Path

import numpy as np
import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.cepstra import speech
from voicekiosk.recognition.graph import background, label_of, lexicon
from voicekiosk.recognition.second_ear import Opinion, SphinxEar

from .test_model_folder import MODELS
from .test_vosk_recognizer import PHRASES, RU_DEV, needs_a_voice, spoken

MODEL = MODELS / "sphinx-ky"


def listening_for(phrases) -> SphinxEar:
    ear = SphinxEar(MODEL)
    said = lexicon(phrases)
    ear.learn(said, background(MODELS / "vosk-ky", said))
    return ear


@pytest.fixture(scope="module")
def ear() -> SphinxEar:
    return listening_for(PHRASES)


SHORTLIST = ("документтер", "депортация", "өмүргө_коркунуч", "кыргызча")


@needs_a_voice
@pytest.mark.parametrize("label", SHORTLIST)
def test_what_was_said_is_the_likeliest_of_a_shortlist(ear, label):
    opinion = ear.judge(spoken(label.replace("_", " ")), SHORTLIST)
    assert opinion.best == label
    assert opinion.score(label) > max(opinion.score(x) for x in SHORTLIST if x != label)
    assert 40 < opinion.frames < 250


@needs_a_voice
def test_a_pause_between_two_words_is_borne(ear):
    first, second = spoken("өмүргө"), spoken("коркунуч")
    apart = np.concatenate([first[:-3000], second[3000:]])
    assert ear.judge(apart, SHORTLIST).best == "өмүргө_коркунуч"


@needs_a_voice
def test_other_speech_scores_less_than_the_phrase_itself(ear):
    said = ear.judge(spoken("документтер"), SHORTLIST).score("документтер")
    other = ear.judge(spoken("картошка менен сабиз"), SHORTLIST)
    assert max(other.score(label) for label in SHORTLIST) < min(said, -1)


@needs_a_voice
def test_the_same_sound_gets_the_same_opinion_whoever_spoke_before(ear):
    sound = spoken("кыргызча")
    first = ear.judge(sound, SHORTLIST)
    ear.judge(spoken("депортация"), SHORTLIST)
    assert ear.judge(sound, SHORTLIST) == first


@needs_a_voice
def test_a_label_never_learnt_is_not_judged(ear):
    opinion = ear.judge(spoken("кыргызча"), ["кыргызча", "элчилик", "жолборс"])
    assert set(opinion.likelihoods) == {"кыргызча", "элчилик"}
    assert opinion.score("жолборс") == -np.inf


@pytest.mark.parametrize("samples", [0, 1, 5, 400, 32000])
def test_silence_however_long_is_no_word(ear, samples):
    assert ear.judge(np.zeros(samples, np.int16), SHORTLIST) == Opinion()


@pytest.mark.parametrize("samples", [1, 100, 700])
def test_a_click_does_not_upset_it(ear, samples):
    ear.judge(np.full(samples, -32768, np.int16), SHORTLIST)


def test_ten_times_the_content_is_learnt_within_two_seconds():
    said = {f"{label}{n}": ways for n in range(260) for label, ways in lexicon(PHRASES).items()}
    ear = SphinxEar(MODEL)
    before = time.perf_counter()
    ear.learn(said, background(MODELS / "vosk-ky", said))
    assert len(said) > 3000
    assert time.perf_counter() - before < 2


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        ("means", lambda whole: whole[: len(whole) // 2]),
        ("variances", lambda whole: b"not a model"),
        ("mixture_weights", lambda whole: whole.replace(b"\x44\x33\x22\x11", b"\x11\x22\x33\x44")),
        ("cmn.txt", lambda whole: b"a b c"),
        ("feature_transform", lambda whole: b""),
        ("mdef", lambda whole: whole[: len(whole) // 2]),
        ("mdef", lambda whole: b""),
        ("phones.txt", lambda whole: b"SIL a b"),
    ],
)
def test_a_broken_model_is_refused_with_a_mend(tmp_path, file, spoil):
    folder = tmp_path / "sphinx-ky"
    shutil.copytree(MODEL, folder)
    (folder / file).write_bytes(spoil((folder / file).read_bytes()))
    with pytest.raises(RecognitionError, match="Install the model again"):
        SphinxEar(folder)


def test_a_folder_that_is_no_model_says_what_is_missing(tmp_path):
    with pytest.raises(RecognitionError, match=r"mdef.*transition_matrices"):
        SphinxEar(tmp_path)


@pytest.mark.skipif(not RU_DEV.is_dir(), reason="no ../shared/speech/ru-dev: human speech untested")
def test_human_words_are_told_from_words_outside_the_menu():
    import soundfile

    lines = (RU_DEV / "manifest.tsv").read_text("utf-8").splitlines()[1:61:2]
    items = [line.split("\t")[:2] for line in lines]
    ear = listening_for({(text, RUSSIAN) for _, text in items[:15]} | {("паспорт", KYRGYZ)})
    menu = [label_of(text) for _, text in items[:15]]
    scores: list[tuple[float, bool]] = []
    right = 0
    for at, (file, text) in enumerate(items):
        opinion = ear.judge(soundfile.read(RU_DEV / file, dtype="int16")[0], menu)
        assert opinion.best
        right += at < 15 and opinion.best == label_of(text)
        scores.append((opinion.score(opinion.best), at < 15))
    assert right >= 13
    inside, outside = ([s for s, known in scores if known is wanted] for wanted in (True, False))
    assert statistics.median(inside) > max(statistics.median(outside), 0)


def test_a_model_is_named_after_its_folder():
    assert SphinxEar(Path(MODEL)).name == "sphinx-ky"


@needs_a_voice
def test_likelihoods_are_those_of_pocketsphinx_itself(ear, tmp_path):
    pocketsphinx = pytest.importorskip("pocketsphinx", reason="no pocketsphinx to compare with")
    said = {label: max(lexicon(PHRASES)[label], key=len) for label in ("документтер", "элчилик")}
    words = tmp_path / "words.dic"
    lines = (f"w{n} {' '.join(way)}\n" for n, way in enumerate(said.values()))
    words.write_text("".join(lines))
    theirs = pocketsphinx.Decoder(
        pocketsphinx.Config(
            **{"hmm": str(MODEL), "dict": str(words), "lm": None, "loglevel": "FATAL"},
            **{"cmn": "none", "lw": 1.0, "wip": 1.0, "topn": 8, "compallsen": True},
            **{"bestpath": False, "fwdflat": False},
            **{"beam": 1e-90, "pbeam": 1e-90, "wbeam": 1e-90},
        )
    )
    sound = spoken("документтер")
    mean = np.array((MODEL / "cmn.txt").read_text().split(), np.float32)
    rows, _ = speech(sound, mean)
    nats = []
    for n in range(2):
        theirs.add_jsgf_string(f"g{n}", f"#JSGF V1.0;\ngrammar g;\npublic <s> = w{n} ;\n")
        theirs.activate_search(f"g{n}")
        theirs.start_utt()
        theirs.process_cep(rows.tobytes(), False, True)
        theirs.end_utt()
        nats.append(math.log(theirs.hyp().score) * 1024)
    ours = ear.judge(sound, list(said)).likelihoods
    # They prune and round; the distance between two words stays the same within three nats.
    assert ours["документтер"] - ours["элчилик"] == pytest.approx(nats[0] - nats[1], abs=3)
