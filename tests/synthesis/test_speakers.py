"""Every voice of the machine speaks, and no two alike."""

import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.ports import SynthesisError
from voicekiosk.synthesis.speakers import VARIANTS, Speakers

TEXT = {"ky": ("элчилик", KYRGYZ), "ru": ("посольство", RUSSIAN)}


@pytest.fixture(scope="module")
def speakers() -> Speakers:
    return Speakers()


def test_both_languages_have_several_voices_unlike_each_other(speakers):
    for language, (text, locale) in TEXT.items():
        mine = [s for s in speakers.all if s.language == language]
        said = {speakers.say(s, text, locale).samples for s in mine}
        assert len(said) == len(mine) >= len(VARIANTS)


def test_a_voice_speaks_faster_when_asked(speakers):
    for kind in {s.kind for s in speakers.all}:
        speaker = next(s for s in speakers.all if s.kind == kind and s.language == "ky")
        slow, fast = (speakers.say(speaker, "документтер", KYRGYZ, r).duration for r in (0.8, 1.25))
        assert slow > 1.2 * fast


def test_a_voice_of_another_language_is_refused(speakers):
    russian = next(s for s in speakers.all if s.language == "ru")
    with pytest.raises(SynthesisError, match="does not speak ky-KG"):
        speakers.say(russian, "элчилик", KYRGYZ)
