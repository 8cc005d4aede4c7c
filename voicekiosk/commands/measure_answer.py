"""``measure answer``: from the end of a spoken word at the microphone to what it changes."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicekiosk.commands.measure_instruments import LOOK_SECONDS, Keyboard, Recorder, Watch
from voicekiosk.commands.measure_latency import go_home_and_pause
from voicekiosk.core.content import Category, Content
from voicekiosk.core.endpointing import Endpointing
from voicekiosk.core.types import Locale
from voicekiosk.ports import PLAYBACK_RATE, AudioError
from voicekiosk.prompts import sound
from voicekiosk.prompts.rendering import render
from voicekiosk.synthesis.best import installed_voices
from voicekiosk.virtual.visit import Visit, visit

if TYPE_CHECKING:
    from voicekiosk.app import Places
    from voicekiosk.commands.measure import Progress, Report

UNDERSTOOD = ("chosen", "asked")
"""Journal lines of a word that was understood, with certainty or with a question."""
ANSWER_SECONDS = 15.0


def words(content: Content) -> list[tuple[str, Locale]]:
    """The names of all categories and of each one's first topic, the languages by turns."""
    categories = [content.options[category] for category in content.categories]
    first = [c.topics[0] for c in categories if isinstance(c, Category) and c.topics]
    return [
        (option.phrases[locale][0], locale)
        for option in (*categories, *(content.options[topic] for topic in first))
        for locale in content.locales
        if option.phrases.get(locale)
    ]


def speech(phrase: str, locale: Locale, folder: Path) -> Path:
    """A sound file of a visitor who says this between two short silences."""
    said = sound.samples_of(render((phrase,), locale, installed_voices()).pcm)
    silence = np.zeros(PLAYBACK_RATE // 3)
    path = folder / "spoken.wav"
    path.write_bytes(sound.encode(np.concatenate([silence, said, silence]), "wav"))
    return path


class Answers:
    """Speaks a word and sees what comes of it, and when."""

    def __init__(self, guest: Visit, ear: Recorder, mouth: Recorder, watch: Watch) -> None:
        self._guest = guest
        self._ear = ear
        self._mouth = mouth
        self._watch = watch

    def to(self, spoken: Path) -> tuple[str, dict[str, float]]:
        """What the kiosk made of it, and the milliseconds from the word's end to each answer."""
        guest = self._guest
        before = len(guest.journal())
        size = guest.journal_path.stat().st_size
        begin = time.monotonic()
        speaking = threading.Thread(target=guest.handset.speak_file, args=(spoken,), daemon=True)
        speaking.start()
        picture = self._watch.picture()
        while guest.journal_path.stat().st_size == size:
            if time.monotonic() > begin + ANSWER_SECONDS:
                return "nothing", {}
            picture = self._watch.picture()
            time.sleep(LOOK_SECONDS)
        decided = time.monotonic()
        shown: float | None = None
        while shown is None and time.monotonic() < decided + 5:
            if self._watch.picture() != picture:
                shown = time.monotonic()
            time.sleep(LOOK_SECONDS)
        speaking.join(10)
        what = guest.journal()[before]["what"]
        loud = [moment for moment in self._mouth.sounding(begin) if moment < decided]
        if not loud or what not in UNDERSTOOD:
            return what, {}
        end = loud[-1]
        took = {"decided": decided, "heard": self._ear.wait_for_sound(decided - 0.1)}
        if shown is not None:
            took["shown"] = shown
        return what, {name: (moment - end) * 1000 for name, moment in took.items()}


def answer(report: Report, content: Content, where: Places, runs: int, progress: Progress) -> None:
    with ExitStack() as stack:
        guest = stack.enter_context(visit())
        ear = stack.enter_context(Recorder(guest.handset, "speaker.monitor"))
        mouth = stack.enter_context(Recorder(guest.handset, "miccable.monitor"))
        progress("the kiosk starts and renders what it has not yet rendered")
        guest.start("--content", str(where.content))
        guest.wait_until_ready(600)
        watch = Watch(guest.screen)
        stack.callback(watch.close)
        keys = Keyboard(guest.screen)
        stack.callback(keys.close)
        keys.press("h")
        guest.wait_for_line(what="lifted")
        answers = Answers(guest, ear, mouth, watch)
        figures = {
            "decided": report.figure("end of word to the decision (journal)"),
            "shown": report.figure("end of word to the new screen (first changed frame)"),
            "heard": report.figure("end of word to the first sound of the answer"),
        }
        outcomes: dict[str, int] = {}
        sayable = words(content)
        for number in range(runs):
            phrase, locale = sayable[number % len(sayable)]
            spoken = speech(phrase, locale, guest.home)
            go_home_and_pause(guest, keys, ear)
            try:
                what, took = answers.to(spoken)
            except AudioError:
                what, took = "silent", {}
            outcomes[what] = outcomes.get(what, 0) + 1
            for name, milliseconds in took.items():
                figures[name].values.append(milliseconds)
            times = ", ".join(f"{name} {value:.0f} ms" for name, value in took.items())
            progress(f"{number + 1} of {runs}: {locale} «{phrase}»: {what} {times}")
    counted = ", ".join(f"{what} {count}" for what, count in sorted(outcomes.items()))
    report.notes += [
        f"What came of {runs} words spoken by a synthetic voice: {counted}.",
        f"In each figure: the silence that ends an utterance, {Endpointing().early * 1000:.0f} ms "
        f"for what is certain and at most {Endpointing().longest_pause * 1000:.0f} ms.",
    ]
