"""Sound to the network's input, number for number as Vosk computes it from ``conf/mfcc.conf``."""

from __future__ import annotations

from pathlib import Path

import kaldi_native_fbank as knf  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt

from .speech import RATE, Samples

Features = npt.NDArray[np.float32]
"""Frames of 10 ms by 13 cepstra."""

CEPSTRA = 13
_QUIET = 50.0
"""A frame whose first cepstrum is at most this leaves Vosk's running mean as it is."""
_GLOBAL_FRAMES = 200
_WINDOW = 600
"""Vosk's online mean: at most this many frames, of which 200 of the global mean at the start."""


def _options(file: Path) -> knf.MfccOptions:
    options = knf.MfccOptions()
    for line in file.read_text("utf-8").split():
        name, value = line.removeprefix("--").split("=")
        match name:
            case "sample-frequency":
                options.frame_opts.samp_freq = float(value)
            case "frame-length":
                options.frame_opts.frame_length_ms = float(value)
            case "frame-shift":
                options.frame_opts.frame_shift_ms = float(value)
            case "preemphasis-coefficient":
                options.frame_opts.preemph_coeff = float(value)
            case "window-type":
                options.frame_opts.window_type = value
            case "dither":
                options.frame_opts.dither = float(value)
            case "num-mel-bins":
                options.mel_opts.num_bins = int(value)
            case "low-freq":
                options.mel_opts.low_freq = float(value)
            case "high-freq":
                options.mel_opts.high_freq = float(value)
            case "num-ceps":
                options.num_ceps = int(value)
            case "cepstral-lifter":
                options.cepstral_lifter = float(value)
            case "use-energy":
                options.use_energy = value == "true"
            case "allow-upsample" | "allow-downsample":
                pass
            case _:
                raise ValueError(f"{file}: --{name} is not an option that training knows")
    return options


class Mfcc:
    """Kaldi's own MFCC, set as a model folder's ``conf/mfcc.conf`` says."""

    def __init__(self, conf: Path) -> None:
        self._options = _options(conf)

    def __call__(self, sound: Samples) -> Features:
        machine = knf.OnlineMfcc(self._options)
        machine.accept_waveform(RATE, sound.tolist())
        machine.input_finished()
        count = machine.num_frames_ready
        if not count:
            return np.zeros((0, CEPSTRA), np.float32)
        return np.stack([machine.get_frame(at) for at in range(count)]).astype(np.float32)


def centred(cepstra: Features, mean: npt.NDArray[np.float64]) -> Features:
    """Less the running mean, as libvosk 0.3.45 does it in an utterance of less than 6 s.

    The mean is of all frames so far and 200 frames of the global mean. A quiet frame keeps the
    statistics of the last loud one, smoothed once more. It was found by probing, not documented.
    """
    count = len(cepstra)
    seen = np.arange(1, count + 1)
    total = np.cumsum(cepstra, 0, dtype=np.float64)
    loud = np.maximum.accumulate(np.where(cepstra[:, 0] > _QUIET, seen - 1, -1))
    last = np.maximum(loud, 0)
    kept = np.minimum(seen[last], _WINDOW)
    weight = kept + np.clip(_WINDOW - kept, 0, _GLOBAL_FRAMES)
    weight = np.minimum(_WINDOW, weight + _GLOBAL_FRAMES * (seen - 1 - loud))
    weight = np.maximum(weight, kept)
    means = total[last] * (kept / seen[last])[:, None] + (weight - kept)[:, None] * mean
    means = np.where((loud < 0)[:, None], mean, means / weight[:, None])
    return np.asarray(cepstra - means, np.float32)
