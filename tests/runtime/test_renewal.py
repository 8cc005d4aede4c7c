"""The content changes while the kiosk runs: nobody's visit changes under their hands."""

from dataclasses import replace

from tests.fakes import FakeClips
from tests.runtime.hall import CONTENT, Hall
from voicekiosk.core.types import KYRGYZ, PromptId

HOME = PromptId("system.home")
NEWER = replace(
    CONTENT,
    version="newer",
    prompts={**CONTENT.prompts, HOME: {**CONTENT.prompts[HOME], KYRGYZ: ("Жаңы сүйлөм.",)}},
)


def renew(hall: Hall) -> None:
    hall.kiosk.renew(NEWER, FakeClips())
    hall.kiosk.pump()


def test_an_idle_kiosk_listens_for_the_new_phrases_at_once() -> None:
    hall = Hall()
    renew(hall)
    assert hall.ear.learnt == ["newer"]


def test_a_visit_under_way_ends_with_the_old_content_and_the_next_has_the_new() -> None:
    hall = Hall()
    hall.press("h")
    before = hall.screen.caption
    renew(hall)
    assert hall.ear.learnt == [] and hall.screen.caption == before
    hall.press("h")
    assert hall.ear.learnt == ["newer"]
    hall.press("h", "0")
    assert "Жаңы сүйлөм." in hall.screen.caption.sentences


def test_the_last_of_several_changes_during_one_visit_is_the_one_that_is_served() -> None:
    hall = Hall()
    hall.press("h")
    hall.kiosk.renew(replace(NEWER, version="between"), FakeClips())
    renew(hall)
    hall.press("h")
    assert hall.ear.learnt == ["newer"]


def test_a_kiosk_without_an_ear_takes_new_content_all_the_same() -> None:
    hall = Hall(ear=False)
    renew(hall)
    hall.press("h", "0")
    assert "Жаңы сүйлөм." in hall.screen.caption.sentences
