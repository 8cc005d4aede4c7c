"""RHVoice where it is installed, and the choice between voices."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale
from voicekiosk.ports import SynthesisError
from voicekiosk.synthesis.best import BestSynthesizer, installed_voices
from voicekiosk.synthesis.espeak import EspeakSynthesizer
from voicekiosk.synthesis.rhvoice import VOICES, RHVoiceSynthesizer


@pytest.fixture(scope="module")
def rhvoice() -> RHVoiceSynthesizer:
    try:
        return RHVoiceSynthesizer()
    except SynthesisError as absent:
        pytest.skip(f"RHVoice is not installed here: {absent}")


def test_thirty_renderings_in_threads_are_what_one_alone_is(rhvoice: RHVoiceSynthesizer) -> None:
    texts = {KYRGYZ: "Өзүңүз тандаңыз.", RUSSIAN: "Выберите сами."}
    alone = {locale: rhvoice.render(text, locale).duration for locale, text in texts.items()}
    jobs = [KYRGYZ, RUSSIAN] * 15
    with ThreadPoolExecutor(6) as threads:
        together = threads.map(lambda job: rhvoice.render(texts[job], job).duration, jobs)
    assert list(together) == pytest.approx([alone[job] for job in jobs], abs=0.02)


def test_only_voices_that_may_be_given_away_speak(rhvoice: RHVoiceSynthesizer) -> None:
    for locale, language in ((KYRGYZ, "ky"), (RUSSIAN, "ru")):
        voice = rhvoice.voice(locale)
        assert voice is None or voice.removeprefix("RHVoice ") in VOICES[language]


def test_rhvoice_refuses_digits_and_foreign_letters(rhvoice: RHVoiceSynthesizer) -> None:
    with pytest.raises(SynthesisError, match="digits"):
        rhvoice.render("кабинет 5", RUSSIAN)
    with pytest.raises(SynthesisError, match="is Kyrgyz"):
        rhvoice.render("үй", RUSSIAN)


def test_rhvoice_can_be_cancelled(rhvoice: RHVoiceSynthesizer) -> None:
    asked = count()
    with pytest.raises(SynthesisError, match="cancelled"):
        rhvoice.render("Выберите сами. " * 50, RUSSIAN, cancelled=lambda: next(asked) >= 3)
    assert next(asked) < 10
    assert rhvoice.render("Выберите сами.", RUSSIAN).duration > 0.5


def test_a_machine_without_rhvoice_says_how_to_get_it() -> None:
    with pytest.raises(SynthesisError, match="Install"):
        RHVoiceSynthesizer(library="libNoSuchVoice.so.5")


def test_the_natural_voice_comes_first(rhvoice: RHVoiceSynthesizer) -> None:
    best = BestSynthesizer([rhvoice, EspeakSynthesizer()])
    assert best.voice(RUSSIAN) == rhvoice.voice(RUSSIAN)
    assert best.render("Да.", RUSSIAN).rate == rhvoice.render("Да.", RUSSIAN).rate


def test_every_machine_has_a_voice_for_both_languages() -> None:
    plain = installed_voices(natural=False)
    assert plain.voice(KYRGYZ) == "espeak-ng ky"
    assert plain.render("Ооба.", KYRGYZ).duration > 0.2


def test_no_voice_is_an_error_with_a_way_out() -> None:
    with pytest.raises(SynthesisError, match=r"tg-TJ.*record"):
        installed_voices().render("салом", Locale("tg-TJ"))
