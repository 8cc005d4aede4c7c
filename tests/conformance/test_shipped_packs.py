"""C48: the packs the kiosk is delivered with speak every prompt, evenly and unspoilt."""

from pathlib import Path

import pytest

from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale
from voicekiosk.loading import load
from voicekiosk.packs.checking import clip_faults
from voicekiosk.prompts.pack import Pack, read_pack

ROOT = Path(__file__).parents[2]
CONTENT = load(ROOT / "content")
EVERY = 12
"""`voicekiosk pack verify` looks at every clip; here each twelfth stands for them."""


@pytest.fixture(scope="module")
def packs() -> tuple[Pack, ...]:
    return tuple(
        read_pack(path.parent) for path in (ROOT / "audio_prompts").glob("*/manifest.yaml")
    )


@pytest.mark.parametrize("locale", [KYRGYZ, RUSSIAN])
def test_every_prompt_has_a_clip_of_the_words_of_today(packs, locale: Locale):
    unsaid = [
        prompt
        for prompt, texts in CONTENT.prompts.items()
        if not any(
            (entry := pack.entries.get(Spoken(prompt, locale))) is not None
            and pack.stale(entry, texts[locale]) is None
            for pack in packs
        )
    ]
    assert unsaid == []


def test_every_clip_is_what_the_manifest_says_even_and_long_enough(packs):
    looked_at = 0
    for pack in packs:
        for entry in list(pack.entries.values())[::EVERY]:
            assert list(clip_faults(pack.folder, entry)) == [], entry.file
            assert entry.duration > 0.3
            looked_at += 1
    assert looked_at > 80


def test_together_they_stay_below_twenty_five_megabytes(packs):
    files = [file for pack in packs for file in pack.folder.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 25_000_000
