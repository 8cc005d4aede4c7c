"""A human voice at the real program: recorded Russian words, in a content that knows them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
import yaml

from tests.rig.test_visits import MISSING
from voicekiosk.app import places
from voicekiosk.core.types import OptionId
from voicekiosk.virtual.visit import Visit, visit

RECORDINGS = Path(__file__).parents[3] / "shared" / "speech" / "ru-dev"
WORDS = {"медсестра": "illness", "стиральная машина": "wages", "полицейский": "contract"}

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"the rig needs {', '.join(MISSING)}"),
    pytest.mark.skipif(
        not RECORDINGS.is_dir(), reason="no recordings of people beside the project: not tried"
    ),
    pytest.mark.timeout(400),
]


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A kiosk whose topics can also be chosen by words that somebody recorded."""
    folder = tmp_path_factory.mktemp("kiosk") / "content"
    shutil.copytree(places().content, folder)
    path = folder / "categories" / "4-work.yaml"
    category = yaml.safe_load(path.read_text(encoding="utf-8"))
    for topic in category["topics"]:
        known = [word for word, option in WORDS.items() if option == topic["id"]]
        topic["phrases"]["ru-KG"] += known
    path.write_text(yaml.safe_dump(category, allow_unicode=True), encoding="utf-8")
    with visit() as guest:
        guest.start("--content", str(folder))
        guest.wait_until_ready(300)
        # The first words after a start teach the kiosk how its own voice comes back to it.
        guest.screen.press("h")
        guest.wait_for_sound()
        begun = guest.ear.seconds
        guest.wait(lambda: guest.ear.seconds > begun + 5, "some of the welcome was said")
        guest.screen.press("h")
        guest.wait_for_line(what="ended")
        yield guest


def _recording(word: str, out: Path) -> Path:
    with (RECORDINGS / "manifest.tsv").open(encoding="utf-8") as manifest:
        rows = csv.DictReader(manifest, delimiter="\t")
        file = next(row["file"] for row in rows if row["transcript"] == word)
    samples, rate = soundfile.read(RECORDINGS / file)
    pause = np.zeros(rate // 2)
    path = out / "human.wav"
    soundfile.write(path, np.concatenate([pause, samples, pause]), rate, subtype="PCM_16")
    return path


@pytest.mark.parametrize("word", WORDS)
def test_a_person_says_a_word_and_is_understood_or_asked(guest: Visit, word: str) -> None:
    before = len(guest.journal())
    guest.screen.press("h")
    guest.wait_for_line(after=before, what="lifted")
    guest.wait_for_sound()
    guest.handset.speak_file(_recording(word, guest.home))
    wanted = OptionId(f"topic.{WORDS[word]}")
    heard = guest.wait_for_line(after=before, means="voice", option=wanted)
    assert heard["what"] in ("chosen", "asked")
    guest.screen.press("h")
    guest.wait_for_line(after=before, what="ended")
