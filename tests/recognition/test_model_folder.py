"""A folder is checked before Vosk sees it."""

import shutil
from pathlib import Path

import pytest

from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.calibration import CALIBRATION
from voicekiosk.recognition.model_folder import catalogue, verify

MODELS = Path(__file__).parents[2] / "models"


def test_every_model_of_the_catalogue_is_whole_and_says_where_it_is_from():
    for name, entry in catalogue(MODELS).items():
        verify(MODELS / name)
        assert entry.languages and entry.licence and entry.provenance
        present = {
            p.relative_to(MODELS / name).as_posix()
            for p in (MODELS / name).rglob("*")
            if p.is_file()
        }
        # The calibration is made anew for a place; it has no fingerprint.
        assert present - {CALIBRATION} == set(entry.files)


def test_a_changed_file_is_noticed(tmp_path):
    copy = tmp_path / "models"
    shutil.copytree(MODELS, copy)
    with (copy / "vosk-ky" / "am" / "final.mdl").open("r+b") as file:
        file.write(b"X")
    with pytest.raises(RecognitionError, match=r"final\.mdl is not the file"):
        verify(copy / "vosk-ky")


def test_an_empty_folder_is_no_model_and_the_error_says_what_is_missing(tmp_path):
    with pytest.raises(RecognitionError, match=r"am/final\.mdl"):
        verify(tmp_path)
    with pytest.raises(RecognitionError, match="no recognition model at"):
        verify(tmp_path / "nowhere")
