"""A topic that carries a clip in sign language shows it where its picture stands."""

import shutil
import time
from dataclasses import replace

import pytest

from tests.ui import views
from tests.ui.conftest import PICTOGRAMS
from tests.ui.test_sign_video import filmed
from voicekiosk.ui.sign_place import SignPlace

PATIENCE = 10


@pytest.fixture
def place(visitor, tmp_path):
    """The screen's own, with a folder of clips that the test has filmed."""
    (tmp_path / "signs").mkdir()
    filmed(tmp_path / "signs" / "documents.mp4", 10)
    visitor.screen.sign.close()
    visitor.screen.sign = SignPlace(tmp_path / "signs")
    yield visitor.screen.sign
    visitor.screen.sign.close()


def wait_until(visitor, seen) -> None:
    deadline = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < deadline, "nothing comes"
        visitor.frame()


def painted(place) -> bool:
    return bool(place.canvas.children)


def test_the_clip_plays_over_the_picture_and_ends_with_the_topic(visitor, place):
    visitor.sees(replace(views.topic(), sign="documents.mp4"))
    wait_until(visitor, lambda: painted(place))
    visitor.sees(views.home())
    assert place.frame is None
    assert not painted(place)


def test_a_paused_voice_holds_the_clip(visitor, place):
    topic = replace(views.topic(), sign="documents.mp4")
    visitor.sees(replace(topic, paused=True))
    assert not place._video._going.is_set()
    visitor.sees(topic)
    assert place._video._going.is_set()
    wait_until(visitor, lambda: painted(place))


def test_told_again_from_the_start_it_is_shown_again(visitor, place):
    topic = replace(views.topic(), sign="documents.mp4")
    visitor.sees(replace(topic, progress=(3, 6)))
    wait_until(visitor, lambda: painted(place))
    before = place._video
    visitor.sees(replace(topic, progress=(0, 6)))
    assert place._video is not before


@pytest.mark.parametrize("name", ["gone.mp4", "text.mp4"])
def test_without_a_clip_that_works_the_picture_stays(visitor, place, name):
    (place._folder / "text.mp4").write_text("no film")
    visitor.sees(replace(views.topic(), sign=name))
    place._video._thread.join(PATIENCE)
    visitor.frame()
    assert not painted(place)


def test_a_blank_screen_shows_no_clip_either(visitor, place):
    topic = replace(views.topic(), sign="documents.mp4")
    visitor.sees(topic)
    wait_until(visitor, lambda: painted(place))
    visitor.sees(replace(topic, blank=True))
    assert not painted(place)


def test_the_content_says_which_topic_has_one(tmp_path):
    from voicekiosk.core.types import OptionId
    from voicekiosk.loading import load

    folder = shutil.copytree(PICTOGRAMS.parent, tmp_path / "content")
    file = folder / "categories" / "1-before-leaving.yaml"
    file.write_text(
        file.read_text("utf-8").replace(
            "  - id: documents\n", "  - id: documents\n    sign: documents.mp4\n"
        ),
        "utf-8",
    )
    assert load(folder).options[OptionId("topic.documents")].sign == "documents.mp4"
