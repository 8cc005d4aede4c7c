"""A handset whose earpiece is heard in its mouthpiece: the real program, fed back its own voice."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from tests.rig.hearing import PIECE, SAME, STEPS, envelope
from tests.rig.test_visits import clips, content, pytestmark, say, topic_named
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.speech import system
from voicekiosk.core.types import RUSSIAN
from voicekiosk.prompts.store import ClipStore
from voicekiosk.virtual.handset import EAR_RATE
from voicekiosk.virtual.visit import Visit, visit

__all__ = ["clips", "content", "pytestmark"]


FOUND = 0.5
"""Alike enough to say where it was: a busy machine tears gaps into what it records."""


@pytest.fixture(scope="module", params=[-20, -6])
def coupled(request: pytest.FixtureRequest) -> Iterator[tuple[Visit, int]]:
    """A kiosk that was started in a leaking handset and has said nothing yet."""
    with visit() as guest, leaking(guest, request.param):
        guest.start()
        guest.wait(lambda: "listening" in guest.log, "the kiosk listens", 300)
        yield guest, request.param


@contextmanager
def leaking(guest: Visit, decibels: int) -> Iterator[None]:
    """What is played also reaches the microphone, this much softer and some 60 ms later."""
    module = pactl(
        guest,
        *("load-module", "module-loopback", "source=speaker.monitor", "sink=miccable"),
        *("latency_msec=60", "adjust_time=0"),
    )
    inputs = pactl(guest, "list", "short", "sink-inputs").splitlines()
    (number,) = [line.split()[0] for line in inputs if "module-loopback" in line]
    pactl(guest, "set-sink-input-volume", number, f"{10 ** (decibels / 20):.4f}")
    yield
    pactl(guest, "unload-module", module)


def pactl(guest: Visit, *words: str) -> str:
    return subprocess.run(
        ["pactl", *words],
        env={**os.environ, **guest.handset.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        timeout=20,
        check=True,
    ).stdout.decode()


def place_of(recording: bytes, piece: np.ndarray) -> tuple[float, float]:
    """The second of a recording at which a piece of a prompt begins, and how alike they are."""
    heard = envelope(recording, EAR_RATE)
    if heard.size < piece.size:
        return 0.0, -1.0
    windows = np.lib.stride_tricks.sliding_window_view(heard, piece.size)
    windows = windows - windows.mean(1, keepdims=True)
    known = piece - piece.mean()
    norms = np.sqrt((windows**2).sum(1)) * np.sqrt((known**2).sum())
    alike = (windows @ known) / np.maximum(norms, 1e-9)
    return int(alike.argmax()) / STEPS, float(alike.max())


def test_the_first_welcome_is_said_to_its_end_and_a_spoken_topic_interrupts_the_menu(
    coupled: tuple[Visit, int], clips: ClipStore, content: Content
) -> None:
    guest, decibels = coupled
    welcome = [clips.clip(Spoken(system("welcome"), locale)) for locale in content.locales]
    said = np.concatenate([envelope(clip.pcm.samples, clip.pcm.rate) for clip in welcome])
    size = round(PIECE * STEPS)
    since = guest.ear.seconds
    guest.screen.press("h")
    guest.wait(
        lambda: place_of(guest.ear.samples(since), said[-size:])[1] >= SAME,
        "the welcome in the last language is heard to its end",
        said.size / STEPS + 15,
    )
    recording = guest.ear.samples(since)
    begin, alike = place_of(recording, said[:size])
    assert alike >= FOUND
    end, _ = place_of(recording, said[-size:])
    # Whatever interrupts makes it fall silent for longer than this.
    assert end - begin == pytest.approx((said.size - size) / STEPS, abs=0.4)
    assert [line["what"] for line in guest.journal()] == ["lifted"]
    if decibels == -20:
        topic = topic_named(content, RUSSIAN)
        guest.wait_for_sound()
        say(guest, topic, RUSSIAN, content)
        guest.wait_for_line(option=topic.id, means="voice")
    guest.screen.press("h")
    guest.wait_for_line(what="ended")
