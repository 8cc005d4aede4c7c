"""A take is looked at: what is cut away, and every fault by its own name only."""

from __future__ import annotations

import numpy as np
import pytest

from tests.recording.readers import Samples, in_a_room, quiet, voice
from voicekiosk.core.studio import Fault
from voicekiosk.core.types import Pcm, Seconds
from voicekiosk.recording.judging import AFTER, BEFORE, Look, look_at
from voicekiosk.recording.studio import RATE

USUAL = Seconds(1.0), Seconds(4.0)
"""For a text that is read in two seconds."""


def look(*parts: Samples, noise: float = -66.0, early: bool = False) -> Look:
    return look_at(in_a_room(*parts, noise=noise), USUAL, early)


def test_a_calm_take_is_good_and_the_silence_around_it_is_cut_off() -> None:
    found = look(quiet(1.5), voice(2.0), quiet(1.5))
    assert found.faults == ()
    assert found.kept is not None and found.wave is not None
    assert found.kept.duration == pytest.approx(BEFORE + 2.0 + AFTER, abs=0.1)
    assert found.wave.seconds == pytest.approx(found.kept.duration)
    assert 0 < found.wave.begin < found.wave.end < 1


@pytest.mark.parametrize(
    ("parts", "noise", "fault"),
    [
        ((quiet(3.0),), -66, Fault.NOTHING),
        ((quiet(0.5), voice(2.0, -44), quiet(0.5)), -80, Fault.TOO_QUIET),
        ((quiet(0.5), voice(2.0), quiet(0.5)), -42, Fault.NOISY),
        ((quiet(0.5), np.clip(voice(2.0, 6), -0.99, 0.99), quiet(0.5)), -66, Fault.CLIPPED),
        ((quiet(0.5), np.clip(voice(2.0, 0), -0.7, 0.7), quiet(0.5)), -66, Fault.CLIPPED),
        ((voice(3.0)[RATE:], quiet(0.5)), -66, Fault.BEGINNING),
        ((quiet(0.5), voice(3.1)[: round(2.1 * RATE)]), -66, Fault.END),
        ((quiet(0.5), voice(0.5), quiet(0.5)), -66, Fault.TOO_SHORT),
        ((quiet(0.5), voice(2.0), quiet(1.0), voice(2.0), quiet(0.5)), -66, Fault.TOO_LONG),
    ],
    ids=lambda value: value.value if isinstance(value, Fault) else "",
)
def test_a_fault_has_its_name_and_no_other(
    parts: tuple[Samples, ...], noise: float, fault: Fault
) -> None:
    assert look(*parts, noise=noise).faults == (fault,)


def test_who_speaks_under_the_tone_loses_the_beginning() -> None:
    take = quiet(0.5), voice(2.0), quiet(0.5)
    assert look(*take, early=True).faults == (Fault.BEGINNING,)


def test_a_click_before_the_speech_is_no_speech() -> None:
    click = np.zeros(RATE)
    click[RATE // 2 : RATE // 2 + 200] = 0.6
    found = look(click, voice(2.0), quiet(0.5))
    assert found.kept is not None
    assert found.kept.duration == pytest.approx(BEFORE + 2.0 + AFTER, abs=0.1)


def test_the_loudest_clean_voice_is_not_clipped() -> None:
    loud = voice(2.0)
    assert look(quiet(0.5), loud * 0.97 / np.abs(loud).max(), quiet(0.5)).faults == ()


@pytest.mark.parametrize("pcm", [None, Pcm(b"", RATE), Pcm(b"\0\0" * 5, RATE)])
def test_of_no_sound_nothing_is_kept(pcm: Pcm | None) -> None:
    assert look_at(pcm, USUAL) == Look((Fault.NOTHING,), None, None)
