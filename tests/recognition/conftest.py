"""A model as it comes from Vosk, made on the spot."""

from pathlib import Path

import pytest

from voicekiosk.recognition.graph import background, compiled, lexicon

from .test_model_folder import MODELS
from .test_vosk_recognizer import PHRASES


@pytest.fixture(scope="session")
def plain_model(tmp_path_factory) -> Path:
    """A network, a graph of its own and its own list of words: the kiosk's compiled folder."""
    said = lexicon(PHRASES)
    others = background(MODELS / "vosk-ky", said)
    return compiled(MODELS / "vosk-ky", tmp_path_factory.mktemp("plain"), said, others)
