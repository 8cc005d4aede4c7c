"""``voicekiosk measure listening`` from the command line, with real engines."""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicekiosk.cli import main
from voicekiosk.commands.measure_voices import texts
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.evaluation.conditions import CONDITIONS
from voicekiosk.evaluation.corpus import Recording, read_corpus
from voicekiosk.evaluation.engines import Engine, evaluate
from voicekiosk.evaluation.trials import random_menus
from voicekiosk.loading import load
from voicekiosk.recognition.native_vosk import NativeVosk
from voicekiosk.synthesis.speakers import Speakers

ROOT = Path(__file__).parents[2]
PHRASES = ["документтер", "паспорт", "кара тизме", "медкароо", "кыргызча", "элчилик"]


@pytest.fixture(scope="module")
def voices(tmp_path_factory) -> Path:
    """Six phrases and as many other words, spoken by a machine."""
    folder = tmp_path_factory.mktemp("voices")
    speakers = Speakers()
    speaker = next(s for s in speakers.all if s.name == "espeak-ng ky+m3")
    _, others = texts(load(ROOT / "content"), KYRGYZ)
    for text in [*PHRASES, *others[:6]]:
        pcm = speakers.say(speaker, text, KYRGYZ)
        sound = np.frombuffer(pcm.samples, "<i2")
        soundfile.write(folder / f"{text.replace(' ', '_')}.flac", sound, pcm.rate)
    return folder


def test_a_folder_is_measured_against_the_content_and_against_menus(voices, tmp_path, capsys):
    kept, page = tmp_path / "deep" / "figures.json", tmp_path / "report.html"
    files = ["--json", str(kept), "--html", str(page)]
    words = ["measure", "listening", str(voices), "--menu", "content", "6", "--menus", "1"]
    assert main([*words, "--locale", "ky", *files]) == 0
    figures = json.loads(kept.read_text("utf-8"))["scores"]
    assert [f["menu"] for f in figures] == ["content", "6 phrases"]
    for figure in figures:
        assert (figure["right"]["n"], figure["n"]) == (6, 12)
        assert figure["right"]["k"] >= 5
        assert figure["fixed_bands"]["imposters_accepted"]["k"] <= 1
        assert figure["decision_ms"]["median"] > 0
    assert {p["name"] for p in figures[0]["by"]["topic"]} <= set(load(ROOT / "content").options)
    assert page.read_text("utf-8").rstrip().endswith("</html>")
    shown = capsys.readouterr()
    assert "6 phrases" in shown.out and "12 recordings" in shown.err
    assert not list(voices.glob("*.json"))


def test_an_engine_that_fails_leaves_the_others_standing(voices):
    recordings = read_corpus(voices, KYRGYZ).recordings
    engines = [
        Engine("gone", partial(NativeVosk, voices)),
        Engine("crashing", crash),
        Engine("deaf", Deaf),
    ]
    menus = random_menus(recordings, 6, 1)
    session = evaluate(engines, menus, [CONDITIONS["babble10"], CONDITIONS["hall"]], recordings)
    assert "no Vosk model" in session.failures["gone"]
    assert "ended the process" in session.failures["crashing"]
    assert {o.engine for o in session.outcomes} == {"deaf"}
    assert len(session.outcomes) == 2 * 12


def test_a_file_that_breaks_in_the_middle_is_skipped_and_told(voices, tmp_path):
    whole = read_corpus(voices, KYRGYZ).recordings
    broken = tmp_path / "broken.flac"
    broken.write_bytes(whole[0].file.read_bytes()[:600])
    recordings = [Recording(broken, whole[0].text, KYRGYZ), *whole[1:]]
    menus = random_menus(recordings, 6, 1)
    session = evaluate([Engine("deaf", Deaf)], menus, [CONDITIONS["quiet"]], recordings)
    assert list(session.faults) == ["broken.flac"] and len(session.outcomes) == 11


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "nothing to measure with"),
        (["gone"], "no folder gone"),
        (["{voices}", "--synthetic"], "both a folder and --synthetic"),
        (["{voices}", "--engine", "siri"], "no engine siri"),
        (["{voices}", "--condition", "rain"], "Choose of quiet"),
        (["{voices}", "--locale", "fr"], "no language of the kiosk"),
        (["{voices}", "--menu", "40"], "--menu 6 or less"),
        (["{voices}", "--json", "{voices}"], "cannot be written"),
        (["{voices}", "--locale", "ky", "--engine", "vosk:gone"], "no Vosk model"),
    ],
)
def test_what_cannot_be_measured_is_told_with_the_mend(voices, capsys, words, told):
    assert main(["measure", "listening", *(w.format(voices=voices) for w in words)]) == 1
    assert told in capsys.readouterr().err


def test_imposters_of_the_synthetic_run_say_no_phrase():
    content = load(ROOT / "content")
    for locale in (KYRGYZ, RUSSIAN):
        inside, outside = texts(content, locale, frozenset({"керек"}))
        assert len(inside) > 50 and len(outside) > 200
        assert not set(outside) & set(content.meanings())
        assert not any("керек" in text.split() for text in outside)


class Deaf:
    """A recognizer that hears nothing."""

    def learn(self, phrases):
        pass

    def begin(self, offered):
        pass

    def accept(self, frame):
        assert len(frame) == 640

    def finish(self):
        from voicekiosk.core.messages import Utterance

        return Utterance()


def crash():
    import os

    os._exit(9)
