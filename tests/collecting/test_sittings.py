"""Stories of people who are asked for their voice: who is recorded, and what stays of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from tests.collecting.folders import enabled
from tests.collecting.people import TEXTS, Person
from voicekiosk.collecting.storing import VoiceCollection
from voicekiosk.core.collecting import Choice, Kind, Outcome, Stage
from voicekiosk.core.messages import MicrophoneLost, MicrophoneRestored
from voicekiosk.core.types import KYRGYZ
from voicekiosk.ports import FRAME_RATE


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[VoiceCollection]:
    with VoiceCollection(enabled(tmp_path / "voices")) as opened:
        yield opened


def voices(collection: VoiceCollection) -> list[Path]:
    return sorted(collection.folder.rglob("*.flac"))


def manifest(collection: VoiceCollection) -> list[dict[str, str]]:
    with (collection.folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_who_refuses_is_thanked_and_nothing_is_stored(collection: VoiceCollection) -> None:
    before = sorted(collection.folder.rglob("*"))
    person = Person(collection).listens().presses(Choice.NO)
    assert person.said == ["collect.refused"]
    assert person.session.sitting.outcome is Outcome.REFUSED
    assert sorted(collection.folder.rglob("*")) == before


def test_nobody_can_agree_before_the_terms_have_been_heard(collection: VoiceCollection) -> None:
    person = Person(collection).presses(Choice.YES)
    assert person.stage is Stage.EXPLAINING
    assert person.said == [*TEXTS.terms(child=False)]
    assert person.listens().presses(Choice.YES).stage is Stage.PROMPTING


def test_who_says_nothing_is_asked_once_more_and_then_left_alone(
    collection: VoiceCollection,
) -> None:
    person = Person(collection).listens().waits(21)
    assert person.said == ["collect.question"]
    assert person.listens().waits(21).said == ["collect.nobody"]
    assert not voices(collection)


def test_three_phrases_are_stored_with_what_was_said_and_until_when(
    collection: VoiceCollection,
) -> None:
    person = Person(collection, items=4).agrees().says_what_is_asked(3)
    lines = manifest(collection)
    asked = [item.transcript for item in person.session.sitting.plan[1:4]]
    assert [line["transcript"] for line in lines] == asked
    for line in lines:
        sound, rate = soundfile.read(collection.folder / line["file"])
        assert rate == FRAME_RATE
        assert 1.3 < len(sound) / rate < 1.5, "the word, and 0.3 s of silence around it"
        assert abs(sound[-rate // 5 :]).max() < 0.01, "its end is not cut"
        assert line["expires_on"] == "2027-05-23"
        assert (line["locale"], line["group"], line["device"]) == ("ky-KG", "woman", "a test")
        consent = json.loads((collection.folder / line["consent"]).read_text(encoding="utf-8"))
        assert consent["by"] == "key"
        assert consent["heard"][0] == TEXTS.prompts[TEXTS.terms(False)[0]][KYRGYZ][0]
    # The spoken yes lies beside, and is nothing to measure with.
    assert len(voices(collection)) == 4


def test_the_last_item_is_followed_by_thanks_and_the_number(collection: VoiceCollection) -> None:
    person = Person(collection, items=4).agrees().says_what_is_asked(3).speaks().listens()
    person.presses(Choice.NEXT)
    number = person.session.sitting.number
    digits = [f"collect.digit.{digit}" for digit in number]
    assert person.said == ["collect.thanks", "collect.number", *digits]
    assert person.session.speaker == f"s{number}"
    kinds = [line["kind"] for line in manifest(collection)]
    assert sorted(kinds) == ["other", "phrase", "phrase", "phrase"]
    assert person.listens().waits(26).stage is Stage.CLOSED


@pytest.mark.parametrize(
    ("level", "complaint"),
    [(-50.0, "collect.too_quiet"), (3.0, "collect.too_loud")],
)
def test_a_take_that_cannot_be_used_is_asked_for_again(
    collection: VoiceCollection, level: float, complaint: str
) -> None:
    person = Person(collection).agrees().speaks(level)
    asked = person.session.sitting.item
    assert person.said[0] == complaint
    assert not manifest(collection)
    person.listens().speaks().listens().presses(Choice.NEXT)
    assert [line["transcript"] for line in manifest(collection)] == [asked.transcript]


def test_who_speaks_into_the_tone_is_told_to_wait_for_it(collection: VoiceCollection) -> None:
    person = Person(collection).agrees().speaks(pause=0.0)
    assert person.said[0] == "collect.too_early"


def test_silence_is_asked_about_three_times_and_then_passed_over(
    collection: VoiceCollection,
) -> None:
    person = Person(collection).agrees()
    for _ in range(2):
        assert person.waits(9).said[0] == "collect.nothing"
        person.listens()
    first = person.session.sitting.at
    assert person.waits(9).said[0] == "collect.skipped"
    assert person.session.sitting.at == first + 1
    assert not manifest(collection)


def test_a_slip_of_the_tongue_is_said_again_and_only_the_second_is_kept(
    collection: VoiceCollection,
) -> None:
    person = Person(collection).agrees().speaks(seconds=2.0).listens().presses(Choice.AGAIN)
    person.listens().speaks(seconds=0.8).listens().presses(Choice.NEXT)
    (line,) = manifest(collection)
    assert soundfile.info(collection.folder / line["file"]).duration < 1.5


def test_what_nobody_has_approved_is_not_stored(collection: VoiceCollection) -> None:
    person = Person(collection).agrees().speaks().listens().waits(31).listens().waits(31)
    assert person.said == ["collect.thanks"]
    assert person.session.sitting.outcome is Outcome.STOPPED
    assert not manifest(collection)


def test_stop_keeps_what_was_said_when_the_person_wants_it(collection: VoiceCollection) -> None:
    person = Person(collection).agrees().says_what_is_asked(1).presses(Choice.STOP)
    assert person.said == ["collect.leaving"]
    person.listens().presses(Choice.KEEP)
    assert person.said[:2] == ["collect.thanks", "collect.number"]
    assert len(manifest(collection)) == 1


def test_stop_removes_everything_when_the_person_wants_it(collection: VoiceCollection) -> None:
    person = Person(collection).agrees().says_what_is_asked(2).presses(Choice.STOP)
    assert voices(collection)
    person.listens().presses(Choice.REMOVE)
    assert person.said == ["collect.withdrawn"]
    assert not voices(collection) and not manifest(collection)
    assert not list(collection.folder.glob("s*"))


def test_after_stop_one_can_go_on_with_the_same_word(collection: VoiceCollection) -> None:
    person = Person(collection).agrees()
    asked = person.session.sitting.item
    person.presses(Choice.STOP).listens().presses(Choice.GO_ON).listens()
    assert person.session.sitting.item == asked
    assert person.stage is Stage.RECORDING


def test_a_microphone_that_is_pulled_out_is_waited_for(collection: VoiceCollection) -> None:
    person = Person(collection).agrees()
    asked = person.session.sitting.item
    person.session.take(MicrophoneLost())
    assert person.said == ["collect.lost"]
    person.session.take(MicrophoneRestored())
    person.listens().speaks().listens().presses(Choice.NEXT)
    assert [line["transcript"] for line in manifest(collection)] == [asked.transcript]


def test_a_disk_that_fails_ends_the_sitting_and_staff_is_told(collection: VoiceCollection) -> None:
    person = Person(collection).agrees().says_what_is_asked(1).speaks().listens()
    speaker = collection.folder / person.session.speaker
    for file in speaker.iterdir():
        file.unlink()
    speaker.rmdir()
    person.presses(Choice.NEXT)
    assert person.said[0] == "collect.failed"
    assert "cannot be written" in person.complaints[0].what


def test_the_phrases_recorded_least_are_asked_for_first(collection: VoiceCollection) -> None:
    first = Person(collection, items=4).agrees().says_what_is_asked(3)
    second = Person(collection, items=40)
    before, now = (
        {item.transcript for item in person.session.sitting.plan if item.kind is Kind.PHRASE}
        for person in (first, second)
    )
    recorded = {line["transcript"] for line in manifest(collection)} & before
    assert recorded and len(now) >= 30 and not recorded & now
