"""The journal counts, stays small, and knows nothing that was said."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicekiosk.core.messages import Means, Record
from voicekiosk.core.types import OptionId
from voicekiosk.journal import FileJournal
from voicekiosk.ports import JournalError

CHOSEN = Record("chosen", OptionId("topic.wages"), Means.VOICE, "accept")


def _noon() -> datetime:
    return datetime(2026, 5, 4, 12, 34, 56, tzinfo=UTC)


def test_a_line_names_the_option_the_means_the_band_and_only_the_hour(tmp_path: Path) -> None:
    path = tmp_path / "state" / "journal.jsonl"
    journal = FileJournal(path, now=_noon)
    journal.record(CHOSEN)
    journal.record(Record("ended"))
    first, second = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert first == {
        "hour": "2026-05-04T12",
        "what": "chosen",
        "option": "topic.wages",
        "means": "voice",
        "band": "accept",
    }
    assert second == {"hour": "2026-05-04T12", "what": "ended"}


def test_it_never_grows_beyond_its_size(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = FileJournal(path, largest=1000)
    for _ in range(100):
        journal.record(CHOSEN)
    sizes = [file.stat().st_size for file in tmp_path.iterdir()]
    assert len(sizes) == 2 and max(sizes) <= 1000
    for line in path.read_text(encoding="utf-8").splitlines():
        assert json.loads(line)["what"] == "chosen"


def test_a_place_that_cannot_be_written_is_a_journal_error_with_a_mend(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    with pytest.raises(JournalError) as caught:
        FileJournal(in_the_way / "journal.jsonl").record(CHOSEN)
    assert caught.value.mend
