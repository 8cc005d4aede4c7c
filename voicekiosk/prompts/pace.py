"""A clip said slower, at the pitch of whoever speaks."""
# mypy: disable-error-code="import-untyped"

from __future__ import annotations

from dataclasses import replace

import numpy as np

from voicekiosk.core.types import Clip, Seconds
from voicekiosk.prompts.sound import pcm_of, samples_of


def stretched(clip: Clip, pace: float) -> Clip:
    """At 0.75 it lasts a third longer. A second of sound takes 5 ms to stretch."""
    from python_stretch import Signalsmith

    stretch = Signalsmith.Stretch()
    sound = samples_of(clip.pcm).astype(np.float32)
    stretch.preset(1, clip.pcm.rate)
    stretch.setTimeFactor(pace)
    slow = np.asarray(stretch.process(sound[np.newaxis, :]), np.float64)[0]
    return replace(
        clip,
        pcm=pcm_of(slow),
        starts=tuple(Seconds(start / pace) for start in clip.starts),
    )
