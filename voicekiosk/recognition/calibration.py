"""The measured constants that turn evidence into confidence, read from the model's own folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voicekiosk.core.types import Locale
from voicekiosk.ports import RecognitionError

CALIBRATION = "calibration.toml"
PARTS = ("loop", "word", "size", "hurry", "noise", "second")
"""The names of the weights, in the order of the features."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: how much each piece of evidence speaks for "this was said"."""

    loop: float
    """Per nat and frame by which the phrase beats any sounds."""
    word: float
    """Per nat and frame by which it beats any word of daily speech."""
    size: float
    """Per e-fold of phrases beyond fifteen: among many, one fits by chance."""
    hurry: float
    """Per squared log of how much faster than usual it would have been said."""
    noise: float = 0.0
    """Per 10 dB that the speech lacks to be clear of the noise: all likelihoods draw together."""
    second: float = 0.0
    """Per nat and frame of the second ear's own score."""
    offsets: Mapping[str, float] = field(default_factory=dict)
    """By locale: where certainty begins."""

    def offset(self, locale: Locale) -> float:
        return self.offsets.get(locale, min(self.offsets.values(), default=0.0))


@dataclass(frozen=True, slots=True)
class Calibration:
    alone: Weights
    """When only the first ear was asked."""
    together: Weights
    """When the second ear was asked as well."""
    sharpness: float
    """How far a nat of difference tells two phrases apart, against 1 for a perfect model."""
    second_sharpness: float
    frames_per_phone: float
    """What is usual, in the network's frames of 30 ms."""


def calibration(model: Path) -> Calibration:
    """The calibration that lies beside a model. Raises RecognitionError."""
    file = model / CALIBRATION
    try:
        read = tomllib.loads(file.read_text("utf-8"))
        return Calibration(
            Weights(**read["alone"]),
            Weights(**read["together"]),
            float(read["sharpness"]),
            float(read["second_sharpness"]),
            float(read["frames_per_phone"]),
        )
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise RecognitionError(
            f"the calibration {file} cannot be read ({error})",
            "Install the model again, or make one: voicekiosk measure calibrate.",
        ) from error


def written(values: Calibration, about: str) -> str:
    """The text of a calibration file; ``about`` says in comments what it was measured on."""
    lines = [f"# {line}" for line in about.splitlines()]
    lines += [
        f"sharpness = {values.sharpness:.2f}",
        f"second_sharpness = {values.second_sharpness:.3f}",
        f"frames_per_phone = {values.frames_per_phone:.2f}",
    ]
    for name, weights in (("alone", values.alone), ("together", values.together)):
        lines += ["", f"[{name}]"]
        for part in PARTS:
            lines.append(f"{part} = {getattr(weights, part):.3f}")
        offsets = ", ".join(f'"{k}" = {v:.3f}' for k, v in sorted(weights.offsets.items()))
        lines.append(f"offsets = {{ {offsets} }}")
    return "\n".join(lines) + "\n"
