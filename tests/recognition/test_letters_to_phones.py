"""Spelling to sounds, in Kyrgyz and in Russian as Kyrgyz speakers say it."""

import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.recognition.letters_to_phones import pronunciations


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("жумуш", "zh u m u sh"),
        ("каттоо", "q a t oo"),  # a doubled consonant is one phone, a doubled vowel a long one
        ("келишим", "k e l i sh i m"),  # к before a front vowel
        ("айлык", "a j l y q"),  # к after a back vowel
        ("элчилик", "e l ch i l i k"),
        ("уй", "u j"),
        ("үй-бүлө", "ue j SIL? b ue l oe"),
        ("тез жардам", "t e z SIL? zh a r d a m"),
        ("ишеним", "i sh e n i m"),
        ("россия", "r o s i j a"),
    ],
)
def test_kyrgyz_is_said_nearly_as_written(written, said):
    assert pronunciations(written, KYRGYZ) == [tuple(said.split())]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("работа", "r a b a t a"),  # unstressed о
        ("договор", "d a g a v o r"),  # stress is not written: one о is kept
        ("въезд", "v j e s t"),  # devoiced at the end
        ("трудового", "t r u d a v o v a"),  # -ого
        ("что", "sh t o"),
        ("вернуться домой", "v e r n u c a d o m o j"),
    ],
)
def test_russian_has_the_way_it_is_said_among_its_variants(written, said):
    assert tuple(said.split()) in pronunciations(written, RUSSIAN)


def test_russian_never_has_more_than_ten_variants():
    assert len(pronunciations("гражданско правовой договор", RUSSIAN)) <= 10


def test_what_has_no_letters_cannot_be_said():
    assert pronunciations("112", KYRGYZ) == pronunciations("-", RUSSIAN) == []
