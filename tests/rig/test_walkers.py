"""Four visitors, each without one sense or skill, walk the running kiosk: real window, real sound.

``voicekiosk measure walkers`` walks the same ways to every topic in both languages.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from voicekiosk.app import places
from voicekiosk.commands.measure_walkers import WALKS
from voicekiosk.commands.walker import Walk, known_clips, rig
from voicekiosk.commands.walkers_by_ear import WithoutEyes, WithoutLetters
from voicekiosk.commands.walkers_by_sight import WithoutEars
from voicekiosk.commands.walkers_by_voice import WithoutHands
from voicekiosk.core.content import Content
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale
from voicekiosk.loading import load
from voicekiosk.virtual.known_clips import KnownClips

PROGRAMS = ("Xvfb", "pulseaudio", "paplay", "parec", "pactl", "xdotool", "import", "identify")
MISSING = [program for program in PROGRAMS if shutil.which(program) is None]

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"the rig needs {', '.join(MISSING)}"),
    pytest.mark.timeout(600),
]
# Two kiosks at once: what takes longest is listening. Each walk ends in the other language.
LABELLED = [
    (WithoutEars.name, KYRGYZ, 2),
    (WithoutEars.name, RUSSIAN, 2),
    (WithoutHands.name, KYRGYZ, 1),
    (WithoutHands.name, RUSSIAN, 1),
]
UNLABELLED = [(WithoutEyes.name, KYRGYZ, 1), (WithoutLetters.name, RUSSIAN, 1)]
"""The walker, the language and the number of topics."""

Plan = list[tuple[str, Locale, int]]
Walks = dict[tuple[str, Locale], Walk]


def walked(plan: Plan, content: Content, known: KnownClips, *options: str) -> Walks:
    with rig(content, known, *options) as devices:
        came = {(name, tongue): WALKS[name](devices, tongue, n) for name, tongue, n in plan}
        assert not devices[0].unspoken, "seen on the way, and nothing says it"
    return came


@pytest.fixture(scope="module")
def walks() -> Iterator[Walks]:
    where = places()
    content = load(where.content, date.today())
    known = known_clips(content, where)
    with ThreadPoolExecutor(2) as crowd:
        labelled = crowd.submit(walked, LABELLED, content, known)
        unlabelled = crowd.submit(walked, UNLABELLED, content, known, "--no-labels")
        yield labelled.result() | unlabelled.result()


def reached(walks: Walks, name: str, locale: Locale, topics: int) -> Walk:
    walk = walks[name, locale]
    assert not walk.failed, walk.failed
    assert len(walk.topics) == topics
    return walk


def test_without_eyes_by_keys_and_ears_alone(walks: Walks) -> None:
    """C2, C19, C21: keys as they were heard after the names, to a telling and back."""
    walk = reached(walks, WithoutEyes.name, KYRGYZ, 1)
    assert walk.focus_ms, "what the focus stood on was not named"


@pytest.mark.parametrize("locale", [KYRGYZ, RUSSIAN])
def test_without_ears_by_the_screen_alone(walks: Walks, locale: Locale) -> None:
    """C18, C20, C39: a finger and what is to be read; nothing was said without a caption."""
    reached(walks, WithoutEars.name, locale, 2)


@pytest.mark.parametrize("locale", [KYRGYZ, RUSSIAN])
def test_without_hands_by_voice_alone(walks: Walks, locale: Locale) -> None:
    """C20 from the other side: after the handset is lifted nothing is pressed or touched."""
    reached(walks, WithoutHands.name, locale, 1)


def test_without_letters_by_pictures_and_sound(walks: Walks) -> None:
    """C1, C4, C8: no word on the screen; the picture is touched that was marked while named."""
    reached(walks, WithoutLetters.name, RUSSIAN, 1)
