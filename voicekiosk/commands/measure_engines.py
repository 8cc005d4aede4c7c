"""The engines that ``measure listening`` can compare, by name."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from voicekiosk.app import Places, recognizer_of
from voicekiosk.evaluation.engines import Engine
from voicekiosk.ports import KioskError, Recognizer


def engine(name: str, where: Places, cache: Path) -> Engine:
    """By its name on the command line. Raises KioskError when there is none of that name."""
    kind, _, folder = name.partition(":")
    if name == "ours":
        return Engine(name, partial(recognizer_of, where.models, cache))
    if name == "pocketsphinx":
        return Engine(name, _sphinx, calibrated=False)
    if kind == "vosk" and folder:
        model = Path(folder).expanduser().resolve()
        return Engine(f"vosk:{model.name}", partial(_native, model), calibrated=False)
    raise KioskError(
        f"there is no engine {name}", "Choose of ours, pocketsphinx, vosk:FOLDER-OF-A-MODEL."
    )


# Functions of a module, because they are called in another process.


def _native(model: Path) -> Recognizer:
    from voicekiosk.recognition.native_vosk import NativeVosk

    return NativeVosk(model)


def _sphinx() -> Recognizer:
    from voicekiosk.recognition.sphinx_english import SphinxEnglish

    return SphinxEnglish()
