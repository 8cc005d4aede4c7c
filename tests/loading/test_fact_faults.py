"""Every mistake in claims.yaml, numbers.yaml and a telling is found where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loading.small_folder import CATEGORY, CLAIMS, NUMBERS, TODAY, SmallFolder, small_folder
from voicekiosk.loading import ContentError, Fault

CHECK = "  checked_on: null    # nobody yet\n  checked_by:\n  valid_until: ~\n"


@pytest.fixture
def folder(tmp_path: Path) -> SmallFolder:
    return small_folder(tmp_path)


def _checked(on: str, by: str, until: str) -> str:
    return f"  checked_on: {on}\n  checked_by: {by}\n  valid_until: {until}\n"


MISTAKES = {
    "a telling of a claim that is not there": (
        *(CATEGORY, "- claim: limit", "- claim: limits"),
        *("limits", "No claim is called limits"),
    ),
    "a number told as a claim": (
        *(CATEGORY, "- claim: limit", "- claim: hotline"),
        *("hotline", "No claim is called hotline"),
    ),
    "a telling of a number that is not there": (
        *(CATEGORY, "- number: hotline", "- number: police"),
        *("police", "No number is called police"),
    ),
    "a related topic that is not there": (
        *(CATEGORY, "[wages]", "[wags]"),
        *("wags", "No topic is called wags"),
    ),
    "a topic related to itself": (
        *(CATEGORY, "[wages]", "[rules]"),
        *("rules]", "A topic does not lead to itself"),
    ),
    "a topic related twice": (
        *(CATEGORY, "[wages]", "[wages, wages]"),
        *("wages]", "wages stands here twice"),
    ),
    "four related topics": (
        *(CATEGORY, "[wages]", "[wages, a, b, fourth]"),
        *("fourth", "This is the fourth related topic"),
    ),
    "a block of two things": (
        *(CATEGORY, "- claim: limit", "- {claim: limit, number: hotline}"),
        *("{claim", "A block is one thing"),
    ),
    "a block of something else": (
        *(CATEGORY, "- claim: limit", "- clam: limit"),
        *("clam: limit", "`clam` is not known here"),
    ),
    "a telling without an invitation": (
        *(CATEGORY, "    invitation: {ky-KG: Канча күн болот., ru-KG: Сколько дней можно.}\n", ""),
        *("id: rules", "`invitation` is missing"),
    ),
    "sensitive in quotes": (
        *(CATEGORY, "sensitive: true", 'sensitive: "true"'),
        *('"true"', "must be true or false"),
    ),
    "a claim without its durable wording": (
        *(CLAIMS, ", otherwise: {ky-KG: [Сураңыз.], ru-KG: [Спросите.]}", ""),
        *("spare:", "`otherwise` is missing"),
    ),
    "a durable wording in one language": (
        *(CLAIMS, "otherwise: {ky-KG: [Сураңыз.], ru-KG: [Спросите.]}", "otherwise: {ky-KG: [А.]}"),
        *("otherwise: {ky-KG: [А.]}", "`ru-KG` is missing"),
    ),
    "an empty durable wording": (
        *(CLAIMS, "ru-KG: [Спросите.]}", "ru-KG: []}"),
        *("[]}", "Nothing is said here"),
    ),
    "a check that is no date": (
        *(CLAIMS, CHECK, _checked("yesterday", "Айгүл", "2027-05-01")),
        *("yesterday", "`yesterday` is no date"),
    ),
    "a thirtieth of February": (
        *(CLAIMS, CHECK, _checked("2027-02-01", "Айгүл", "2027-02-30")),
        *("2027-02-30", "`2027-02-30` is no date"),
    ),
    "a source seen on no date": (
        *(CLAIMS, '"2025"', '"last year"'),
        *('"last year"', "`last year` is no date"),
    ),
    "a name without a day": (
        *(CLAIMS, CHECK, _checked("null", "Айгүл", "2027-05-01")),
        *("checked_by", "`checked_by` stands without `checked_on`"),
    ),
    "a day without a name": (
        *(CLAIMS, CHECK, _checked("2027-01-01", "null", "null")),
        *("checked_on", "stands without `checked_by` and `valid_until`"),
    ),
    "a name of digits": (
        *(CLAIMS, CHECK, _checked("2027-01-01", '"7"', "2027-05-01")),
        *('"7"', "`7` is no name"),
    ),
    "an end before the check": (
        *(CLAIMS, CHECK, _checked("2027-01-01", "Айгүл", "2026-12-31")),
        *("2026-12-31", "It would end on 2026-12-31, before it was checked"),
    ),
    "a number with letters": (
        *(NUMBERS, '"0 312 62"', '"0 312 ab"'),
        *('"0 312 ab"', "`0 312 ab` is no telephone number"),
    ),
    "a number of one digit": (NUMBERS, '"0 312 62"', '"1"', '"1"', "is too short"),
    "a number called like a claim": (
        *(NUMBERS, "hotline:", "limit:"),
        *("limit:", "Something else is already called limit"),
    ),
    "digits in what a claim says": (
        *(CLAIMS, "токсон", "90"),
        *('"Бул жыл', "The digits 90"),
    ),
    "a sentence cut at its comma": (
        *(CLAIMS, "['На год, девяносто дней.']", "[На год, девяносто дней.]"),
        *("девяносто", "was it cut off at a comma?"),
    ),
}
HOW_MANY = {"a number called like a claim": 2, "four related topics": 4}
"""The topic then tells a number that is not there; of the four three are not there."""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_where_it_is(folder: SmallFolder, mistake: str) -> None:
    file, old, new, pointed_at, said = MISTAKES[mistake]
    folder.change(file, old, new)
    with pytest.raises(ContentError) as caught:
        folder.on(TODAY)
    found = [fault for fault in caught.value.faults if said in fault.what]
    assert len(caught.value.faults) == HOW_MANY.get(mistake, 1), caught.value
    assert (found[0].line, found[0].column) == folder.place_of(file, pointed_at)
    assert found[0].file == folder.folder / file
    assert found[0].mend


def test_a_day_that_is_still_to_come_is_doubted_where_it_stands(folder: SmallFolder) -> None:
    """It may be the machine's clock, so the kiosk goes on; ``check`` does not."""
    folder.checked(on="2062-01-01", until="2063-01-01")
    (doubt,) = folder.on(TODAY).doubts
    assert isinstance(doubt, Fault)
    assert (doubt.line, doubt.column) == folder.place_of(CLAIMS, "2062-01-01")
    assert "still to come" in doubt.what


def test_the_folder_as_it_stands_has_no_fault(folder: SmallFolder) -> None:
    assert folder.on(TODAY).doubts == ()


def test_a_kiosk_without_claims_and_numbers_can_be(folder: SmallFolder) -> None:
    folder.change(CATEGORY, "      - claim: limit\n      - number: hotline\n", "")
    (folder.folder / CLAIMS).unlink()
    (folder.folder / NUMBERS).unlink()
    assert folder.on(TODAY).facts.by_id == {}
