"""``voicekiosk models`` teaches, lists what there is and could be, and mends nothing silently."""

import shutil
from pathlib import Path

import pytest

from voicekiosk.cli import main

ROOT = Path(__file__).parent.parent


@pytest.fixture
def models(tmp_path) -> Path:
    shutil.copytree(ROOT / "models" / "vosk-ky", tmp_path / "vosk-ky")
    shutil.copy(ROOT / "models" / "catalogue.toml", tmp_path)
    return tmp_path


def said(capsys, *arguments: object) -> tuple[int, str]:
    code = main(["models", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_list_tells_what_is_installed_missing_possible_and_merely_lying_there(models, capsys):
    shutil.copytree(models / "vosk-ky", models / "found-somewhere")
    code, told = said(capsys, "list", "--models", models)
    assert code == 0
    assert "vosk-ky: installed, first ear, ky-KG, ru-KG, 3.1 MB" in told
    assert "sphinx-ky: missing" in told
    assert "vosk-model-small-ky-0.42: not installed" in told
    assert "models add vosk-model-small-ru-0.22.zip" in told
    assert "found-somewhere: not in use" in told


def test_verify_names_what_is_broken_and_the_mend(models, capsys):
    (models / "vosk-ky" / "conf" / "mfcc.conf").write_text("--dither=1\n")
    code, told = said(capsys, "--models", models, "verify")
    assert code == 1
    assert "mfcc.conf is not the file the catalogue describes" in told
    assert "sphinx-ky: there is no recognition model" in told


def test_words_counts_every_phrase_and_shows_how_it_is_said(capsys):
    code, told = said(capsys, "words", "--ways")
    assert code == 0
    assert "vosk-ky: can hear" in told
    assert "ru-KG  паспорт\n    p a s p o r t" in told


def test_words_names_what_an_added_model_does_not_know(models, capsys, tmp_path_factory):
    from voicekiosk.core.types import KYRGYZ
    from voicekiosk.loading import load
    from voicekiosk.recognition.graph import compiled, lexicon

    phrases = load(ROOT / "content").meanings()
    words = {word for phrase in phrases for word in phrase.split()} - {"паспорт"}
    said_so = lexicon({(word, KYRGYZ) for word in words})
    plain = compiled(models / "vosk-ky", tmp_path_factory.mktemp("plain"), said_so, {})
    source = plain.rename(plain.with_name("vosk-model-small-ru-0.99"))
    code, told = said(capsys, "add", source, "--models", models)
    assert code == 0, told
    assert "vosk-model-small-ru-0.99: added, ru-KG" in told
    code, told = said(capsys, "words", "--models", models)
    assert code == 0
    assert "vosk-model-small-ru-0.99: can hear" in told
    assert "    ru-KG  паспорт: паспорт\n" in told


def test_what_cannot_be_done_is_one_sentence_and_a_mend(models, capsys):
    assert said(capsys, "remove", "vosk-ky", "--models", models)[0] == 1
    code, told = said(capsys, "add", models / "catalogue.toml", "--models", models)
    assert code == 1
    assert "catalogue.toml is cut off or no .zip" in told
    assert "Traceback" not in told


def test_help_teaches(capsys):
    with pytest.raises(SystemExit):
        main(["models", "--help"])
    assert "voicekiosk models add ~/Downloads/" in capsys.readouterr().out
