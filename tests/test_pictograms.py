"""Nobody who meets two pictures can take one for the other, or for the picture of before."""

from __future__ import annotations

import importlib.util
import sys
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from voicekiosk.core.content import Action, Category, Topic
from voicekiosk.loading import load

CONTENT = Path(__file__).parent.parent / "content"
PICTURES = CONTENT / "pictograms"
LEAST = 0.2
"""Two houses with a hole each were 0.09 apart, two heads with a sign beside them 0.15."""
DEGREES = {frozenset(("louder", "softer"))}
"""The same thing, more or less of it."""


@pytest.fixture(scope="module")
def render() -> ModuleType:
    for needed in ("cairosvg", "PIL"):
        pytest.importorskip(needed, reason=f"drawing pictograms needs {needed}")
    described = importlib.util.spec_from_file_location("render", PICTURES / "render.py")
    assert described and described.loader
    module = importlib.util.module_from_spec(described)
    sys.modules["render"] = module  # dataclasses look for it there
    described.loader.exec_module(module)
    return module


def _near(render: ModuleType, names: set[str]) -> list[tuple[str, str]]:
    seen = {name: render.coarse(PICTURES / f"{name}.png") for name in sorted(names)}
    return [
        (one, other)
        for one, other in combinations(seen, 2)
        if render.difference(seen[one], seen[other]) < LEAST
        and frozenset((one, other)) not in DEGREES
    ]


def test_no_two_topics_or_categories_look_alike(render: ModuleType) -> None:
    options = load(CONTENT).options.values()
    shown = [option.pictogram for option in options if isinstance(option, Topic | Category)]
    assert len(shown) == len(set(shown)) == 42
    assert _near(render, set(shown)) == []


def test_no_two_commands_look_alike(render: ModuleType) -> None:
    options = load(CONTENT).options.values()
    assert _near(render, {o.pictogram for o in options if isinstance(o, Action)}) == []


def test_a_picture_that_is_nearly_another_is_seen(render: ModuleType) -> None:
    assert ("microphone", "question") not in _near(render, {"microphone", "question"})
    assert _near(render, {"today", "yesterday"}) == [("today", "yesterday")]


def test_every_picture_can_be_made_again(render: ModuleType) -> None:
    assert set(render.PICTOGRAMS) == {file.stem for file in PICTURES.glob("*.png")}
