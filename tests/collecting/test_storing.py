"""A collection on disk: who may write, what a power cut leaves, what goes and when."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.collecting.folders import TODAY, enabled, speech
from voicekiosk.collecting.enabling import enable
from voicekiosk.collecting.errors import CollectError
from voicekiosk.collecting.manifest import Line, read_manifest
from voicekiosk.collecting.storing import VoiceCollection
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Pcm
from voicekiosk.evaluation.corpus import read_corpus
from voicekiosk.ports import FRAME_RATE

ROOT = Path(__file__).parents[2]
VOICE = Pcm(speech(0.5), FRAME_RATE)


def line(number: int, speaker: str = "s000001", days: int = 180, said: str = "жумуш") -> Line:
    return Line(
        file=f"{speaker}/{number:04d}.flac",
        transcript=said,
        locale=KYRGYZ,
        speaker=speaker,
        group="woman",
        device="a test",
        recorded_on=TODAY.isoformat(),
        expires_on=(TODAY + timedelta(days=days)).isoformat(),
        consent=f"{speaker}/consent.json",
        kind="phrase",
    )


def record(collection: VoiceCollection, speaker: str, count: int, days: int = 180) -> None:
    collection.agree(speaker, {"by": "key"})
    collection.keep_spoken_yes(speaker, VOICE)
    for number in range(1, count + 1):
        collection.keep(line(number, speaker, days), VOICE)


def files(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".flac", ".json") and path.name != "collection.json"
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return enabled(tmp_path / "voices")


def test_nothing_is_recorded_into_a_folder_that_staff_has_not_enabled(tmp_path: Path) -> None:
    with pytest.raises(CollectError, match="is not enabled") as refused:
        VoiceCollection(tmp_path)
    assert "--enable --responsible" in refused.value.mend


def test_a_folder_of_other_things_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"")
    with pytest.raises(CollectError, match="holds other things"):
        enable(tmp_path, "A. Name", ())


def test_somebody_has_to_answer_for_the_recordings(tmp_path: Path) -> None:
    with pytest.raises(CollectError, match="Nobody answers"):
        enable(tmp_path / "voices", " ", ())


@pytest.mark.parametrize("inside", [".", "voices", "../content/voices"])
def test_voices_never_lie_where_the_program_is_copied_and_published(
    tmp_path: Path, inside: str
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    with pytest.raises(CollectError, match="lies inside"):
        enable(content / inside, "A. Name", (content,))


def test_a_link_into_the_content_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "content")
    with pytest.raises(CollectError, match="lies inside"):
        enable(tmp_path / "link" / "voices", "A. Name", (tmp_path / "content",))


def test_only_the_owner_can_read_a_voice(folder: Path) -> None:
    folder.chmod(0o755)
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 1)
    for path in (folder, folder / "s000001"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    for path in folder.rglob("*.*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_two_commands_cannot_write_into_one_folder(folder: Path) -> None:
    with VoiceCollection(folder), pytest.raises(CollectError, match="in use"):
        VoiceCollection(folder).__enter__()


def test_what_is_collected_can_be_measured_with(folder: Path) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 2)
    corpus = read_corpus(folder)
    assert not corpus.faults
    assert [(r.text, r.locale, r.speaker, r.group) for r in corpus.recordings] == [
        ("жумуш", KYRGYZ, "s000001", "woman")
    ] * 2
    assert read_corpus(folder, RUSSIAN).recordings[0].locale == KYRGYZ


def test_who_withdraws_is_gone_and_the_others_stay(folder: Path) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 2)
        record(collection, "s000002", 1)
        removed = collection.withdraw("000001")
    assert (removed.recordings, removed.speakers) == (2, ("s000001",))
    assert files(folder) == {f"s000002/{n}" for n in ("0001.flac", "consent.flac", "consent.json")}
    assert {line.speaker for line in read_manifest(folder)} == {"s000002"}


@pytest.mark.parametrize("speaker", ["s999999", "", "../voices", "."])
def test_a_speaker_that_is_not_there_is_told_with_those_that_are(
    folder: Path, speaker: str
) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 1)
        with pytest.raises(CollectError, match="has no speaker") as unknown:
            collection.withdraw(speaker)
    assert "s000001" in unknown.value.mend
    assert len(files(folder)) == 3


def test_a_recording_is_kept_on_its_last_day_and_removed_on_the_next(folder: Path) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 2, days=30)
        record(collection, "s000002", 1, days=180)
        assert collection.expire(TODAY + timedelta(days=30)) is None
        removed = collection.expire(TODAY + timedelta(days=31))
    assert removed is not None and removed.speakers == ("s000001",)
    assert {name.split("/")[0] for name in files(folder)} == {"s000002"}


def test_who_agreed_and_then_said_nothing_leaves_no_trace(folder: Path) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 0)
        assert files(folder)
    assert not files(folder)


CUT = """
import os, signal, sys
from pathlib import Path
from tests.collecting.test_storing import VOICE, line, record
from voicekiosk.collecting import manifest, storing

class Cut(storing.VoiceCollection):
    def _write(self, path, content):
        if path.name == "0003.flac" and sys.argv[2] == "in the sound":
            path.with_name(path.name + ".part").write_bytes(content[:100])
            os.kill(os.getpid(), signal.SIGKILL)
        super()._write(path, content)
        if path.name == "0003.flac":
            if sys.argv[2] == "in the manifest":
                (self.folder / "manifest.tsv.part").write_text("file\\ttrans")
            os.kill(os.getpid(), signal.SIGKILL)

with Cut(Path(sys.argv[1])) as collection:
    record(collection, "s000001", 3)
"""


@pytest.mark.parametrize("moment", ["in the sound", "between sound and line", "in the manifest"])
def test_a_power_cut_leaves_the_old_or_the_new_and_never_half(folder: Path, moment: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CUT, str(folder), moment], cwd=ROOT, timeout=60, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    with VoiceCollection(folder) as collection:
        assert [line.file for line in collection.lines] == [
            "s000001/0001.flac",
            "s000001/0002.flac",
        ]
        names = ("0001.flac", "0002.flac", "consent.flac", "consent.json")
        assert files(folder) == {f"s000001/{name}" for name in names}
        assert not list(folder.rglob("*.part"))
        if moment != "in the sound":
            assert collection.swept[0].recordings == 1
        collection.keep(line(3), VOICE)
    assert len(read_corpus(folder).recordings) == 3


def test_a_removal_that_was_cut_short_is_finished_at_the_next_start(folder: Path) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 2)
        record(collection, "s000002", 1)
    whole = (folder / "manifest.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "manifest.tsv").write_text("".join([whole[0], whole[3]]), encoding="utf-8")
    with VoiceCollection(folder) as collection:
        assert collection.swept[0].speakers == ("s000001",)
    assert {name.split("/")[0] for name in files(folder)} == {"s000002"}


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (None, "cannot be read"),
        ("", "does not begin"),
        ("file\ttranscript\n", "does not begin"),
        ("{head}s000001/0001.flac\tжумуш\n", "line 2: 2 columns"),
        ("{head}{line}", "line 2: .*not inside"),
        ("{head}{date}", "line 2: a date"),
    ],
)
def test_a_damaged_manifest_removes_nothing(
    folder: Path, damage: str | None, complaint: str
) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 1)
    before = files(folder)
    path = folder / "manifest.tsv"
    head, row = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if damage is None:
        path.unlink()
    else:
        outside = row.replace("s000001/0001.flac", "../../etc/passwd")
        undated = row.replace("2026-11-24", "24 November")
        path.write_text(damage.format(head=head, line=outside, date=undated), encoding="utf-8")
    with pytest.raises(CollectError, match=complaint):
        VoiceCollection(folder).__enter__()
    assert files(folder) == before


def test_a_clock_that_runs_behind_is_not_believed(folder: Path) -> None:
    with VoiceCollection(folder) as collection:
        record(collection, "s000001", 1)
        collection.check_ready(TODAY)
        with pytest.raises(CollectError, match="It is 2020-01-01 here") as wrong:
            collection.check_ready(date(2020, 1, 1))
    assert "Set the date" in wrong.value.mend


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CollectError, match="cannot be written"):
        enable(tmp_path / "voices", "A. Name", ())


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "voices").write_text("")
    with pytest.raises(CollectError, match="cannot be written"):
        enable(tmp_path / "voices", "A. Name", ())
