"""``voicekiosk demo``: a scripted visit at real speed, recorded so that anyone can follow it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from voicekiosk.app import places
from voicekiosk.core.content import Category, Content, Option, Topic
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, OptionId, Pcm
from voicekiosk.prompts import sound
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import installed_voices
from voicekiosk.virtual.handset import EAR_RATE
from voicekiosk.virtual.page import Page, Step
from voicekiosk.virtual.visit import Visit, VisitError, visit

PAUSE = Pcm(bytes(2 * EAR_RATE // 2), EAR_RATE)
"""Half a second of silence after what is said: people stop speaking, files just end."""

PICTURE_SECONDS = 1.0
"""After every step: the screen has been drawn and the answer can be heard by then."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "demo",
        help="record a scripted visit: pictures, sound and transcript in one page",
        description="Runs the real kiosk on a virtual screen and handset, visits it at real "
        "speed, and writes index.html, handset.flac and a picture of every step.",
    )
    parser.add_argument("--out", type=Path, default=Path("demo"), help="folder (default: demo)")
    parser.add_argument("--content", type=Path, default=places().content)
    parser.add_argument("--size", default="1280x800", help="of the screen (default: 1280x800)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from voicekiosk.loading import load

    try:
        width, height = (int(side) for side in args.size.split("x"))
        args.out.mkdir(parents=True, exist_ok=True)
    except (ValueError, OSError) as error:
        print(f"voicekiosk demo: {error}", file=sys.stderr)
        return 2
    content = load(args.content, date.today())
    with visit(width, height) as guest:
        script = Script(guest, content, args.out)
        fault: VisitError | None = None
        try:
            guest.start("--content", str(args.content))
            script.play()
        except VisitError as error:
            fault = error
            script.note(f"The visit broke off: {error.what}", lambda: None)
        heard = np.frombuffer(guest.ear.samples(script.origin), "<i2") / 32768.0
        (args.out / "handset.flac").write_bytes(
            sound.encode(sound.resampled(heard, EAR_RATE), "flac")
        )
        script.page.write()
    if fault is not None:
        raise fault
    print(f"{args.out / 'index.html'}: {len(script.page.steps)} steps")
    return 0


def speech(option: Option, locale: Locale, content: Content, path: Path) -> Path:
    """A sound file of a visitor who says the name of this, in the kiosk's own voice.

    From the packs, so that it sounds the same on every machine: the ear is not made for espeak-ng.
    """
    where = places()
    clips = ClipStore(content, where.packs, installed_voices(), where.cache / "clips")
    said = sound.samples_of(clips.clip(Spoken(option.name_prompt, locale)).pcm)
    pause = sound.samples_of(PAUSE)
    path.write_bytes(sound.encode(np.concatenate([pause, said, pause]), "wav"))
    return path


class Script:
    """The visit, step by step: act, wait for what must follow, take its picture."""

    def __init__(self, guest: Visit, content: Content, out: Path) -> None:
        self._guest = guest
        self._content = content
        self._out = out
        self.page = Page(out, content)
        self._lines = 0
        self.origin = 0.0
        """Seconds of the recording before the visit: the kiosk was starting."""

    def play(self) -> None:
        guest, content = self._guest, self._content
        category = content.options[content.categories[0]]
        assert isinstance(category, Category)
        told = [o for o in content.options.values() if isinstance(o, Topic) and o.has_telling]
        topics = told or [o for o in content.options.values() if isinstance(o, Topic)]
        kyrgyz = next((t for t in topics if t.category == category.id), topics[0])
        russian = next((t for t in reversed(topics) if t.category != category.id), topics[-1])
        guest.wait_until_ready()
        self.origin = guest.ear.seconds
        self.note("The kiosk waits", lambda: None)
        self.note("lifts the handset", lambda: self.press("h", "lifted"))
        guest.listen_for(5)
        self.note("presses 1", lambda: self.press("1", "chosen"))
        guest.listen_for(4)
        self.say_topic(kyrgyz.id, KYRGYZ)
        guest.listen_for(7)
        self.note("presses # to pause", lambda: self.press("numbersign"))
        guest.wait_for_silence()
        self.note("presses # to go on", lambda: self.press("numbersign"))
        guest.wait_for_sound()
        guest.listen_for(3)
        self.say_topic(russian.id, RUSSIAN)
        guest.listen_for(7)
        self.note("presses + for more loudness", lambda: self.press("plus"))
        guest.listen_for(2)
        self.note("presses 0 for the first screen", lambda: self.press("0"))
        guest.listen_for(4)
        self.note("hangs up", lambda: self.press("h", "ended"))
        guest.wait_for_silence(1.0)
        self.note("The kiosk waits for the next visitor", lambda: None)

    def note(self, did: str, act: Callable[[], None]) -> None:
        """Act, and record when it was, what the kiosk made of it and how it looks then."""
        guest = self._guest
        seconds = guest.ear.seconds - self.origin
        try:
            act()
            guest.listen_for(PICTURE_SECONDS)
        finally:
            step = Step(seconds, did, f"{len(self.page.steps):02d}.png")
            lines = guest.journal()
            step.journal, self._lines = lines[self._lines :], len(lines)
            self.page.steps.append(step)
            if guest.runs:
                guest.screen.screenshot(self._out / step.picture)
        print(f"{seconds:6.1f} s  {did}", flush=True)

    def press(self, key: str, what: str | None = None) -> None:
        guest = self._guest
        before = len(guest.journal())
        guest.screen.press(key)
        if what == "ended":
            guest.wait_for_line(after=before, what=what)
            return
        if what:
            guest.wait_for_line(after=before, what=what)
            guest.wait_for_sound()

    def say_topic(self, topic: OptionId, locale: Locale) -> None:
        """Name a topic aloud; a kiosk that asks back is answered with the key of the first."""
        guest = self._guest
        named = self._content.options[topic]
        name = named.phrases[locale][0]
        before = len(guest.journal())
        spoken = speech(named, locale, self._content, guest.home / "spoken.wav")

        def speak() -> None:
            guest.handset.speak_file(spoken)
            guest.wait(lambda: len(guest.journal()) > before, "the kiosk answers what was said")
            guest.wait_for_sound()

        self.note(f"says in {'Kyrgyz' if locale == KYRGYZ else 'Russian'}: «{name}»", speak)
        answer = guest.journal()[before]
        if answer["what"] == "asked":
            guest.listen_for(3)
            self.note("presses 1: yes, that", lambda: self.press("1", "chosen"))
