"""The one voice, sample by sample: whatever is asked in whatever order, it never clicks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicekiosk.audio.voice import FADE_SECONDS, Telling, Voice, telling_of
from voicekiosk.core.types import Clip, Pcm, Seconds
from voicekiosk.ports import PLAYBACK_RATE, AudioError

LOUD = 8_000
STEP = LOUD / (FADE_SECONDS * PLAYBACK_RATE) + 2
"""The steepest a fade may fall from one sample to the next; 2 for rounding."""


def steady(seconds: float = 60, rate: int = PLAYBACK_RATE) -> Clip:
    """A clip of one height: whatever is not flat in what is rendered, the voice has done."""
    samples = np.full(round(seconds * rate), LOUD, "<i2").tobytes()
    return Clip(Pcm(samples, rate), (Seconds(0.0),), "flat", recorded=False)


def telling(seconds: float = 60) -> Telling:
    return telling_of([steady(seconds)], lambda _c, _s: None, lambda: None)


def test_stop_is_silent_after_the_fade_and_for_good() -> None:
    voice = Voice()
    voice.start(telling())
    voice.render(1000)
    voice.stop()
    after, marks, ended = voice.render(PLAYBACK_RATE)
    heard = np.nonzero(after)[0]
    assert 0 < heard[-1] <= round(0.020 * PLAYBACK_RATE)
    assert not marks and not ended


def test_a_held_voice_goes_on_where_it_stopped() -> None:
    voice = Voice()
    said = telling(1)
    voice.start(said)
    voice.render(1000)
    voice.held = True
    voice.render(PLAYBACK_RATE)
    place = said.position
    assert 1000 < place <= 1000 + 0.020 * PLAYBACK_RATE
    assert not voice.render(5000)[0].any()
    assert said.position == place
    voice.held = False
    _, _, ended = voice.render(PLAYBACK_RATE)
    assert ended


def test_a_foreign_sample_rate_is_refused() -> None:
    with pytest.raises(AudioError, match="22050"):
        telling_of([steady(0.1, 22_050)], lambda _c, _s: None, lambda: None)


ASKED = st.one_of(
    st.sampled_from(["start", "stop", "hold", "go on"]),
    st.floats(0, 1),
    st.integers(1, 3000),
)


@given(st.lists(ASKED, max_size=40))
def test_whatever_is_asked_it_never_falls_faster_than_a_fade_and_never_speaks_twice(
    asked: list[str | float | int],
) -> None:
    voice = Voice()
    blocks = [np.zeros(1, np.int16)]
    for ask in asked:
        match ask:
            case "start":
                if voice.current is None:
                    voice.start(telling())
            case "stop":
                voice.stop()
            case "hold" | "go on":
                voice.held = ask == "hold"
            case float():
                voice.volume = ask
            case int():
                blocks.append(voice.render(ask)[0])
    heard = np.concatenate(blocks).astype(int)
    assert heard.max() <= LOUD and heard.min() >= 0
    assert (-np.diff(heard)).max(initial=0) <= STEP
