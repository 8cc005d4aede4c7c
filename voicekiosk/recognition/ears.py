"""The second ears that are installed: ours, and native models a technician added."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from voicekiosk.ports import RecognitionError
from voicekiosk.recognition.installed_models import NATIVE, Installed, installed, verify_installed
from voicekiosk.recognition.native_ear import NativeEar
from voicekiosk.recognition.second_ear import SecondEar, SphinxEar

_EARS: dict[str, Callable[[Path], SecondEar]] = {"sphinx": SphinxEar, NATIVE: NativeEar}
_log = logging.getLogger(__name__)


def second_ears(models: Path) -> list[SecondEar]:
    """Our own second ear, then the added ones; none without our own.

    What is broken is left out with a warning: the first ear hears without it. Only our own was
    calibrated: what its score is worth is known, of a stranger only whether it agrees.
    """
    ears: list[SecondEar] = []
    try:
        there = installed(models)
    except RecognitionError as error:
        _log.warning("no second ear: %s", error)
        return ears
    for model in sorted(there.values(), key=lambda m: (m.engine == NATIVE, m.name)):
        if model.engine in _EARS:
            try:
                ears.append(_ear(models, model))
            except RecognitionError as error:
                _log.warning("%s is not listened with: %s", model.name, error)
    if ears and isinstance(ears[0], NativeEar):
        _log.warning("%s is not listened with: our own second ear is missing", ears[0].name)
        return []
    return ears


def _ear(models: Path, model: Installed) -> SecondEar:
    # Added models were tried in a process of their own; unchanged, they cannot end this one.
    verify_installed(models / model.name)
    return _EARS[model.engine](models / model.name)
