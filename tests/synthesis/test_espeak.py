"""espeak-ng, the real one: nothing is lost, nothing is guessed, and it can be stopped."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import numpy as np
import pytest

from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, Pcm
from voicekiosk.ports import SynthesisError
from voicekiosk.synthesis import espeak_driver
from voicekiosk.synthesis.espeak import EspeakSynthesizer

SENTENCES = {
    KYRGYZ: "Саламатсызбы! Өзүңүзгө керектүү сүрөттү тандаңыз.",
    RUSSIAN: "Здравствуйте! Выберите нужную картинку.",
}


def loudest(pcm: Pcm) -> int:
    return int(np.abs(np.frombuffer(pcm.samples, "<i2").astype(int)).max())


@pytest.mark.parametrize("locale", SENTENCES)
def test_a_sentence_becomes_audible_sound(locale: Locale) -> None:
    pcm = EspeakSynthesizer().render(SENTENCES[locale], locale)
    assert 2 < pcm.duration < 10
    assert loudest(pcm) > 3000


def test_thirty_renderings_from_eight_threads_lose_nothing() -> None:
    voice = EspeakSynthesizer()
    alone = {locale: voice.render(text, locale).duration for locale, text in SENTENCES.items()}
    jobs = [KYRGYZ, RUSSIAN] * 15
    with ThreadPoolExecutor(8) as threads:
        together = list(
            threads.map(lambda job: EspeakSynthesizer().render(SENTENCES[job], job), jobs)
        )
    for job, pcm in zip(jobs, together, strict=True):
        # espeak-ng itself varies by up to 620 samples: 30 ms.
        assert pcm.duration == pytest.approx(alone[job], abs=0.1)


def test_a_long_text_in_a_fresh_process_arrives_whole() -> None:
    story = (
        "from voicekiosk.synthesis.espeak import EspeakSynthesizer as E\n"
        "from voicekiosk.core.types import KYRGYZ\n"
        "ten = E().render('Өзүңүз тандаңыз. ' * 10, KYRGYZ).duration\n"
        "twenty = E().render('Өзүңүз тандаңыз. ' * 20, KYRGYZ).duration\n"
        "print(twenty / ten)\n"
    )
    ran = subprocess.run([sys.executable, "-c", story], capture_output=True, text=True, check=True)
    assert 1.9 < float(ran.stdout) < 2.1


def test_a_rendering_can_be_cancelled_and_the_next_one_is_whole() -> None:
    voice = EspeakSynthesizer()
    whole = voice.render(SENTENCES[KYRGYZ], KYRGYZ).duration
    asked = count()
    with pytest.raises(SynthesisError, match="cancelled"):
        voice.render(SENTENCES[KYRGYZ] * 50, KYRGYZ, cancelled=lambda: next(asked) >= 3)
    assert next(asked) < 10, "it went on after it was told to stop"
    assert voice.render(SENTENCES[KYRGYZ], KYRGYZ).duration == pytest.approx(whole, abs=0.1)


def test_cancelling_from_another_thread_is_safe() -> None:
    voice = EspeakSynthesizer()
    for delay in range(12):
        stop = threading.Event()
        threading.Timer(delay / 1000, stop.set).start()
        with pytest.raises(SynthesisError, match="cancelled"):
            voice.render(SENTENCES[RUSSIAN] * 400, RUSSIAN, cancelled=stop.is_set)


@pytest.mark.parametrize("text", ["Акысы 15 000 сом", "Бөлмө №3", "٣", "x²", "50%"])
def test_digits_and_signs_are_refused(text: str) -> None:
    with pytest.raises(SynthesisError, match=r"digits|contains"):
        EspeakSynthesizer().render(text, KYRGYZ)


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(SynthesisError, match="no word"):
        EspeakSynthesizer().render("…", RUSSIAN)


def test_a_kyrgyz_text_is_never_read_by_a_russian_voice() -> None:
    with pytest.raises(SynthesisError, match="is Kyrgyz"):
        EspeakSynthesizer().render("Өзүңүз тандаңыз.", RUSSIAN)


def test_a_language_without_a_voice_is_said_so() -> None:
    assert EspeakSynthesizer().voice(Locale("uz-UZ")) is None
    with pytest.raises(SynthesisError, match="uz-UZ"):
        EspeakSynthesizer().render("Salom", Locale("uz-UZ"))


def test_every_kyrgyz_letter_reaches_the_engine() -> None:
    """A letter lost between Python and the engine would leave the word as long as without it."""
    voice = EspeakSynthesizer()
    for letter in "өүң":
        without = voice.render("тата", KYRGYZ).duration
        assert voice.render(f"та{letter * 3}та", KYRGYZ).duration > without + 0.05, letter


def test_a_wrong_voice_is_an_error_not_the_voice_before() -> None:
    import pyttsx3

    espeak_driver.register()
    engine = pyttsx3.Engine(espeak_driver.NAME)
    errors: list[BaseException] = []
    engine.connect("error", lambda exception, **_: errors.append(exception))
    engine.setProperty("voice", "nobody")
    engine.say("тест")
    engine.runAndWait()
    assert "nobody" in str(errors[0])


def test_a_sink_that_fails_is_an_error_not_a_short_sound() -> None:
    import pyttsx3

    def full(chunk: bytes) -> None:
        raise MemoryError("no room")

    espeak_driver.register()
    engine = pyttsx3.Engine(espeak_driver.NAME)
    errors: list[BaseException] = []
    engine.connect("error", lambda exception, **_: errors.append(exception))
    engine.setProperty("sink", full)
    engine.say("тест")
    engine.runAndWait()
    assert "no room" in str(errors[0])
