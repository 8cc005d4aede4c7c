"""The real ``voicekiosk collect`` on a virtual screen and handset: asked, spoken, stored."""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import soundfile

from tests.rig.hearing import SAME, likeness
from tests.rig.sitting import Sitting
from tests.rig.test_visits import MISSING
from voicekiosk.app import places
from voicekiosk.commands.demo import speech
from voicekiosk.core.content import Content, Option
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, OptionId
from voicekiosk.loading import load
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import installed_voices
from voicekiosk.virtual.handset import EAR_RATE

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"the rig needs {', '.join(MISSING)}"),
    pytest.mark.timeout(300),
]
ASKED = ("topic.documents", "topic.blacklist")


class Recording(Sitting):
    """The command that runs, and the person before it."""

    @property
    def folder(self) -> Path:
        return self.home / "voices"

    def collect(self, *options: str) -> None:
        self.start("collect", "--out", str(self.folder), *options)


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    with ExitStack() as stack:
        yield Recording(stack, tmp_path)


@pytest.fixture(scope="module")
def content() -> Content:
    return load(places().content)


def said_by_kiosk(recording: Recording, since: float, content: Content, clips: ClipStore) -> Option:
    """Which of the two names the kiosk has just asked for."""
    asked = [content.options[OptionId(name)] for name in ASKED]
    heard = recording.ear.samples(since)
    return max(
        asked,
        key=lambda o: likeness(heard, EAR_RATE, clips.clip(Spoken(o.name_prompt, KYRGYZ))),
    )


def test_a_person_agrees_and_says_two_names_that_are_then_in_the_folder(
    recording: Recording, content: Content
) -> None:
    where = places()
    clips = ClipStore(content, where.packs, installed_voices(), where.cache / "clips")
    recording.collect("--enable", "--responsible", "A. Name")
    assert recording.finishes() == 0
    recording.collect(
        *("--speaker-group", "woman", "--locale", KYRGYZ, "--days", "30", "--others", "0"),
        *("--items", "2", "--only", *ASKED, "--device", "a cable"),
    )
    recording.hears_it_out(1.5)  # the terms
    recording.screen.press("1")
    recording.hears_it_out()
    yes = content.options[OptionId("command.yes")]
    recording.handset.speak_file(speech(yes, KYRGYZ, content, recording.home / "yes.wav"))
    recording.hears_it_out()  # what was recorded is played back
    said: list[Option] = []
    since = recording.presses_until_it_speaks("2")
    for _ in ASKED:
        recording.hears_it_out()
        option = said_by_kiosk(recording, since, content, clips)
        said.append(option)
        spoken = speech(option, KYRGYZ, content, recording.home / "said.wav")
        recording.handset.speak_file(spoken)
        recording.hears_it_out(1.0)
        since = recording.presses_until_it_speaks("2")
    recording.hears_it_out(1.5)  # thanks, and the number
    recording.screen.press("1")
    assert recording.finishes() == 0, recording.log

    manifest = (recording.folder / "manifest.tsv").read_text(encoding="utf-8")
    lines = list(csv.DictReader(manifest.splitlines(), delimiter="\t"))
    assert [line["transcript"] for line in lines] == [o.phrases[KYRGYZ][0] for o in said]
    assert {option.id for option in said} == set(ASKED)
    for line, option in zip(lines, said, strict=True):
        path = recording.folder / line["file"]
        sound, rate = soundfile.read(path)
        assert rate == 16_000
        assert 0.5 < len(sound) / rate < 4
        clip = clips.clip(Spoken(option.name_prompt, KYRGYZ))
        heard = (sound * 32767).astype("<i2").tobytes()
        assert likeness(heard, rate, clip) >= SAME
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(recording.folder.stat().st_mode) == 0o700
    assert "2 recordings" in recording.log

    recording.collect("--withdraw", lines[0]["speaker"])
    assert recording.finishes() == 0
    assert "removed 2 recordings" in recording.log
    assert not list(recording.folder.rglob("*.flac"))


def test_staff_can_end_it_at_any_time_and_nothing_unapproved_stays(recording: Recording) -> None:
    recording.collect("--enable", "--responsible", "A. Name")
    assert recording.finishes() == 0
    recording.collect("--speaker-group", "man", "--locale", KYRGYZ)
    recording.wait(lambda: recording.sounds(0.2), "the terms are told")
    recording.asks_to_end()
    assert recording.finishes() == 0, recording.log
    assert "nothing was stored" in recording.log
    assert not list(recording.folder.glob("s*"))
