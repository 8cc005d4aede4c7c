"""The measuring instruments, held against things whose measure is known."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from voicekiosk.cli import main
from voicekiosk.commands.measure import Report
from voicekiosk.commands.measure_answer import words
from voicekiosk.commands.measure_instruments import Keyboard, Recorder, Watch
from voicekiosk.commands.measure_start import cpu_seconds, memory
from voicekiosk.loading import load
from voicekiosk.prompts import sound
from voicekiosk.virtual.handset import VirtualHandset
from voicekiosk.virtual.screen import VirtualScreen

ROOT = Path(__file__).parent.parent
MISSING = [p for p in ("Xvfb", "xdotool", "pulseaudio", "parec", "display") if not shutil.which(p)]
needs_rig = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}")
MYSELF = Path("/proc/self")


def test_a_figure_never_looks_better_than_what_happened() -> None:
    figure = Report("latency").figure("key to sound")
    figure.values += [float(number) for number in range(1, 21)]
    assert figure.median == 10.5
    assert figure.p95 == 19.0
    figure.values[:] = [40.0, 900.0, 41.0]
    assert (figure.median, figure.p95) == (41.0, 900.0)


def test_the_table_says_how_often_each_thing_was_measured() -> None:
    report = Report("answer")
    report.figure("word to screen").values += [700.0, 650.0, 1400.0]
    report.figure("never happened")
    report.notes.append("The machine was busy.")
    head, measured, never, note = report.table().splitlines()
    assert head.split() == ["n", "median", "p95", "worst"]
    assert measured.split() == ["word", "to", "screen", "3", "700", "1400", "1400", "ms"]
    assert never.split() == ["never", "happened", "0", "-", "-", "-"]
    assert note == "The machine was busy."


def test_the_file_keeps_every_single_value() -> None:
    report = Report("start")
    report.figure("memory", "MB").values += [296.125, 300.0]
    kept = json.loads(report.as_json())
    assert kept["measured"] == "start"
    assert kept["figures"][0]["values"] == [296.12, 300.0]
    assert kept["figures"][0]["n"] == 2
    assert kept["machine"]["cores"] == os.cpu_count()


def test_zero_runs_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["measure", "latency", "--runs", "0"])
    assert refused.value.code == 2
    assert "at least 1" in capsys.readouterr().err


def test_words_of_both_languages_are_spoken_by_turns() -> None:
    content = load(ROOT / "content")
    spoken = words(content)
    assert [locale for _, locale in spoken[:2]] == list(content.locales)
    assert len(spoken) == 4 * len(content.categories)
    assert {phrase for phrase, _ in spoken} <= content.meanings().keys()


@pytest.mark.skipif(not MYSELF.exists(), reason="/proc is Linux only")
def test_work_and_memory_of_a_process_are_seen() -> None:
    before = cpu_seconds(MYSELF)
    while cpu_seconds(MYSELF) < before + 0.05:
        pass
    held = memory(MYSELF, "VmRSS")
    block = np.ones(8_000_000)
    assert memory(MYSELF, "VmRSS") > held + 50
    assert memory(MYSELF, "VmHWM") >= memory(MYSELF, "VmRSS")
    assert block.all()


@needs_rig
def test_a_sound_is_timed_within_its_own_length(tmp_path: Path) -> None:
    beep = tmp_path / "beep.wav"
    silence, tone = np.zeros(12_000), np.sin(np.arange(12_000) / 10) * 0.4
    beep.write_bytes(sound.encode(np.concatenate([silence, tone]), "wav"))
    with VirtualHandset() as handset, Recorder(handset, "miccable.monitor") as mouth:
        mouth.wait_for_silence(0.2)
        begin = time.monotonic()
        handset.speak_file(beep)
        end = time.monotonic()
        first = mouth.wait_for_sound(begin)
        mouth.wait_for_silence(0.3)
        last = mouth.sounding(begin)[-1]
        # Half a second of silence, then half a second of tone: paplay says when it all was over.
        assert begin + 0.4 < first < end
        assert last - first == pytest.approx(0.5, abs=0.1)


@needs_rig
def test_a_key_is_pressed_and_a_picture_is_seen() -> None:
    with VirtualScreen() as screen:
        watch = Watch(screen)
        keys = Keyboard(screen)
        try:
            assert not watch.shows_something()
            assert watch.picture() == watch.picture()
            # It paints the root window and then ends with status 1, content or not.
            subprocess.run(
                ["display", "-window", "root", str(ROOT / "content/pictograms/agency.png")],
                env={**os.environ, **screen.environment},
                stdin=subprocess.DEVNULL,
                timeout=30,
                check=False,
            )
            assert watch.shows_something()
            before = time.monotonic()
            assert before <= keys.press("1") <= time.monotonic()
        finally:
            keys.close()
            watch.close()


@needs_rig
@pytest.mark.timeout(600)
def test_the_real_kiosk_is_measured_beside_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "latency.json"
    assert main(["measure", "latency", "--runs", "1", "--out", str(out)]) == 0
    shown = capsys.readouterr()
    assert "round 1 of 1" in shown.err
    assert "voicekiosk, key to sound" in shown.out
    kiosk = json.loads(out.read_text())["figures"][0]
    assert kiosk["n"] == 1
    # No sound can come before its key, and a kiosk that takes 10 s is broken, not slow.
    assert 0 < kiosk["median"] < 10_000
