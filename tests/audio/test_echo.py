"""The kiosk hears itself through the handset, and a person who speaks over it."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest
import soxr

from tests.audio.clock import Clock
from tests.listening.room import TapeMicrophone
from voicekiosk.audio.echo import EchoCanceller
from voicekiosk.audio.played import PlayedSound
from voicekiosk.audio.voice_activity import SileroVoice
from voicekiosk.core.content import Meaning
from voicekiosk.core.messages import Event, Heard, SpeechStarted
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, OptionId, Turn
from voicekiosk.listening import Listener
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, PLAYBACK_RATE
from voicekiosk.prompts import sound
from voicekiosk.recognition.vosk_recognizer import VoskRecognizer

Sound = np.ndarray
"""Samples from -1 to 1 at PLAYBACK_RATE."""

ROOT = Path(__file__).parents[2]
PACKS = {KYRGYZ: "starter-ky", RUSSIAN: "starter-ru"}
OTHER = {KYRGYZ: RUSSIAN, RUSSIAN: KYRGYZ}
PHRASES = {
    ("topic.documents", KYRGYZ): "документтер",
    ("command.home", RUSSIAN): "главное меню",
    ("topic.embassy", KYRGYZ): "элчилик",
    ("topic.documents", RUSSIAN): "документы",
    ("command.home", KYRGYZ): "башкы меню",
    ("category.russia", RUSSIAN): "россия",
}
MEANINGS = {said: (Meaning(OptionId(name), locale),) for (name, locale), said in PHRASES.items()}
BLOCK = PLAYBACK_RATE // 50


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * PLAYBACK_RATE))


@functools.cache
def prompts(locale: Locale, seconds: float, first: int = 0) -> Sound:
    """What the kiosk says, one prompt after the other, with half a second before each."""
    told = sorted((ROOT / "audio_prompts" / PACKS[locale]).glob("*.telling.*.opus"))
    parts = [silence(0.5)]
    while sum(part.size for part in parts) < seconds * PLAYBACK_RATE:
        parts += [sound.decode(told[first % len(told)]), silence(0.5)]
        first += 1
    return np.concatenate(parts)[: round(seconds * PLAYBACK_RATE)]


def echo(played: Sound, decibels: float, delay: float) -> Sound:
    """What comes back of it: later, softer, and through a small room."""
    dice = np.random.default_rng(1)
    time = np.arange(round(0.06 * PLAYBACK_RATE)) / PLAYBACK_RATE
    room = 0.3 * dice.normal(0, 1, time.size) * np.exp(-time / 0.012)
    room[0] = 1.0
    size = played.size + room.size
    back = np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(room, size), size)[: played.size]
    back *= 10 ** (decibels / 20) * np.sqrt(np.mean(played**2) / np.mean(back**2))
    return np.concatenate([silence(delay), back])[: played.size]


def hiss(size: int, level: float = -65.0) -> Sound:
    return np.random.default_rng(2).normal(0, 10 ** (level / 20), size)


def whole(samples: Sound) -> np.ndarray:
    return np.clip(np.rint(samples * 32768), -32768, 32767).astype("<i2")


class Booth:
    """A handset whose earpiece is heard in its mouthpiece, and the real ear behind it."""

    def __init__(self, recognizer: VoskRecognizer, canceller: EchoCanceller | None) -> None:
        self._canceller = canceller
        self._microphone = TapeMicrophone()
        self.events: list[Event] = []
        self._ear = Listener(
            self._microphone,
            recognizer,
            MEANINGS,
            self.events.append,
            clean=self._clean,
            playing=canceller.playing if canceller else lambda: False,
            detector=SileroVoice(),
        )
        self._ear.open()
        self._ear.listen(Turn(1))

    def _clean(self, frame: bytes) -> bytes:
        self._microphone.taken(frame)
        return self._canceller.clean(frame) if self._canceller else frame

    def hear(self, played: Sound, *came_back: Sound) -> list[Event]:
        """The kiosk plays this while that reaches the microphone; everything the ear posts."""
        heard = soxr.resample(sum(came_back) + hiss(played.size), PLAYBACK_RATE, FRAME_RATE)
        for at, frame in enumerate(frames(whole(heard))):
            if self._canceller:
                block = whole(played[at * BLOCK : (at + 1) * BLOCK])
                self._canceller.played(block.tobytes())
            self._microphone.play(frame)
        self._ear.close()
        return self.events


def cleaned(played: Sound, came_back: Sound) -> Sound:
    """What the canceller leaves, at FRAME_RATE."""
    canceller = EchoCanceller()
    heard = whole(soxr.resample(came_back + hiss(played.size), PLAYBACK_RATE, FRAME_RATE))
    left = []
    for at, frame in enumerate(frames(heard)):
        canceller.played(whole(played[at * BLOCK : (at + 1) * BLOCK]).tobytes())
        left.append(canceller.clean(frame))
    return np.frombuffer(b"".join(left), "<i2") / 32768


def level(samples: Sound) -> float:
    """In dB of full scale."""
    return float(10 * np.log10(np.mean(samples**2) + 1e-10))


def frames(samples: np.ndarray) -> list[bytes]:
    return [
        samples[at : at + FRAME_SAMPLES].tobytes()
        for at in range(0, samples.size - FRAME_SAMPLES + 1, FRAME_SAMPLES)
    ]


class SchooledRecognizer(VoskRecognizer):
    """Has learnt its phrases before the first test: they are the same in all."""

    def learn(self, phrases) -> None:
        if not self._phrases:
            super().learn(phrases)


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory: pytest.TempPathFactory) -> VoskRecognizer:
    return SchooledRecognizer(ROOT / "models" / "vosk-ky", tmp_path_factory.mktemp("models"))


def interruptions(events: list[Event]) -> int:
    return sum(isinstance(event, SpeechStarted) for event in events)


def test_without_the_canceller_it_interrupts_itself(recognizer: VoskRecognizer) -> None:
    said = prompts(RUSSIAN, 4)
    assert interruptions(Booth(recognizer, None).hear(said, echo(said, -20, 0.12))) > 0


@pytest.mark.parametrize("decibels", [-20, -6])
@pytest.mark.parametrize(
    ("locale", "delay", "first"),
    [(KYRGYZ, 0.03, 0), (RUSSIAN, 0.12, 3), (KYRGYZ, 0.25, 6)],
)
def test_the_very_first_prompts_never_interrupt_themselves(
    recognizer: VoskRecognizer, decibels: float, locale: Locale, delay: float, first: int
) -> None:
    said = prompts(locale, 11, first)
    booth = Booth(recognizer, EchoCanceller())
    assert interruptions(booth.hear(said, echo(said, decibels, delay))) == 0


def test_louder_and_softer_in_the_middle_of_a_prompt_is_no_interruption(
    recognizer: VoskRecognizer,
) -> None:
    said = prompts(RUSSIAN, 9, 5).copy()
    for second, gain in ((3, 0.3), (5, 1.0), (6, 0.1), (7, 0.8)):
        said[second * PLAYBACK_RATE : (second + 1) * PLAYBACK_RATE] *= gain
    booth = Booth(recognizer, EchoCanceller())
    assert interruptions(booth.hear(said, echo(said, -6, 0.08))) == 0


@pytest.mark.parametrize(("name", "locale"), list(PHRASES)[:4])
def test_a_person_who_speaks_over_a_prompt_is_heard_and_understood(
    recognizer: VoskRecognizer, name: str, locale: Locale
) -> None:
    said = prompts(OTHER[locale], 9, 2)
    word = sound.decode(ROOT / "audio_prompts" / PACKS[locale] / f"{name}.name.opus")
    word = word * 10 ** (-25 / 20) / np.sqrt(np.mean(word**2))
    over = np.concatenate([silence(6.0), word, silence(9)])[: said.size]
    # Whoever is heard is listened to: the prompt falls silent.
    said = said.copy()
    said[round(6.3 * PLAYBACK_RATE) :] = 0
    events = Booth(recognizer, EchoCanceller()).hear(said, echo(said, -20, 0.12), over)
    assert interruptions(events) == 1
    (answer,) = [event.utterance for event in events if isinstance(event, Heard)]
    best = max(answer.candidates, key=lambda candidate: candidate.confidence)
    assert best.phrase == PHRASES[name, locale]


def test_while_nothing_is_said_every_frame_passes_untouched() -> None:
    canceller = EchoCanceller()
    room = frames(whole(hiss(PLAYBACK_RATE * 2, -20)))
    for frame in room:
        canceller.played(bytes(BLOCK * 2))
        assert canceller.clean(frame) == frame


def test_half_a_second_after_a_prompt_frames_are_untouched_again() -> None:
    canceller = EchoCanceller()
    said = prompts(KYRGYZ, 3)
    for at, frame in enumerate(frames(whole(hiss(FRAME_RATE * 3, -40)))):
        canceller.played(whole(said[at * BLOCK : (at + 1) * BLOCK]).tobytes())
        canceller.clean(frame)
    later = frames(whole(hiss(FRAME_RATE * 2, -40)))
    untouched: list[bool] = []
    for frame in later:
        canceller.played(bytes(BLOCK * 2))
        untouched.append(canceller.clean(frame) == frame)
    assert all(untouched[26:]) and not any(untouched[:20])


@pytest.mark.parametrize("stumbles", [1, 3])
def test_after_a_device_stumbled_the_echo_is_learnt_anew_and_a_person_is_heard(
    stumbles: int,
) -> None:
    said = prompts(RUSSIAN, 14)
    back = echo(said, -20, 0.2)
    for turn in range(stumbles):  # 40 ms of it are torn out: from here on it comes sooner
        at = round((3 + turn / 2) * PLAYBACK_RATE)
        back = np.concatenate([back[:at], back[at + PLAYBACK_RATE // 25 :]])
    back = np.concatenate([back, silence(1)])[: said.size]
    word = sound.decode(ROOT / "audio_prompts" / PACKS[RUSSIAN] / "topic.documents.name.opus")
    word = word * 10 ** (-25 / 20) / np.sqrt(np.mean(word**2))
    begins, size = round(9 * FRAME_RATE), round(0.8 * FRAME_RATE)
    over = np.concatenate([silence(9), word, silence(9)])[: said.size]
    left = cleaned(said, back + over)
    alone = cleaned(said, back)
    before = level(alone[5 * FRAME_RATE : 9 * FRAME_RATE])
    assert before < -55, "its own voice is taken out again"
    assert level(left[begins : begins + size]) > -32, "a person is heard"


@pytest.mark.parametrize("late", [0.08, 0.16, 0.24])
def test_a_loudspeaker_that_ran_on_while_the_microphone_stood_still_is_caught_up_with(
    late: float,
) -> None:
    said = prompts(RUSSIAN, 12)
    clock = Clock()
    canceller = EchoCanceller(PlayedSound(clock))
    heard = whole(soxr.resample(echo(said, -20, 0.06) + hiss(said.size), PLAYBACK_RATE, FRAME_RATE))
    left = []
    for at, frame in enumerate(frames(heard)):
        clock.now += 0.02
        if at == 150:
            canceller.played(bytes(2 * round(late * PLAYBACK_RATE)))
        canceller.played(whole(said[at * BLOCK : (at + 1) * BLOCK]).tobytes())
        left.append(canceller.clean(frame))
    after = np.frombuffer(b"".join(left), "<i2")[6 * FRAME_RATE :] / 32768
    assert level(after) < -60
