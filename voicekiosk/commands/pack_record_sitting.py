"""One sitting of ``voicekiosk pack record``: window, voice, microphone and work folder together."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

import numpy as np

from voicekiosk.app import Places, places, player_of, say
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.staff import ENGLISH
from voicekiosk.core.studio import Line, Pressed, Studio, StudioTexts
from voicekiosk.core.studio_screen import choice_of_key, choice_of_option, plan_of, studio_view
from voicekiosk.core.studio_steps import begin
from voicekiosk.core.types import Locale, OptionId, Pcm
from voicekiosk.loading import load
from voicekiosk.loading.studio_texts import load_studio_texts
from voicekiosk.packs.work import Take, Work, text_of
from voicekiosk.ports import PromptError
from voicekiosk.prompts.store import ClipStore
from voicekiosk.recording.recorder import Recorder
from voicekiosk.recording.sitting import hold_sitting, turn_volume
from voicekiosk.recording.sounds import pcm_of
from voicekiosk.recording.studio import RATE, StudioSession
from voicekiosk.runtime import warn
from voicekiosk.synthesis.best import installed_voices

SOON = 50
"""So many prompts are rendered before they are needed."""


def sit(args: argparse.Namespace, language: Locale) -> int:
    """Until everything is recorded or somebody stops. Raises KioskError: it cannot begin."""
    where = places(content=args.content, audio_prompts=args.packs)
    content = load(where.content, date.today())
    texts = load_studio_texts(where.content)
    work = Work.read(args.work)
    plan = plan_of(content, wanted(work, content, args.locale, args.only))
    done = frozenset() if args.only else recorded(work, content, plan)
    studio = Studio(plan, language, done)
    left = len(plan) - len(done)
    print(f"{args.work}: {len(plan)} prompts, {len(done)} recorded, {left} to read")
    return _Room(args, where, content, texts, work, studio).run()


def wanted(work: Work, content: Content, locale: str | None, only: list[str]) -> tuple[Spoken, ...]:
    """What is read aloud, in the order of the sheet. Raises PromptError when that is nothing."""
    listed = [line.spoken for line in work.lines if text_of(content, line.spoken) is not None]
    if gone := len(work.lines) - len(listed):
        say(f"left out, since the kiosk does not say them any more: {gone} of the sheet")
    if locale:
        listed = [spoken for spoken in listed if spoken.locale == locale]
        if not listed:
            raise PromptError(
                f"{work.folder} has nothing in {locale}", f"It has {', '.join(work.locales)}"
            )
    names = {str(spoken.prompt) for spoken in listed}
    for name in only:
        if name not in names:
            near = get_close_matches(name, names, 3, 0.4) or sorted(names)[:3]
            raise PromptError(f"{work.folder} has no prompt {name}", f"Perhaps {', '.join(near)}")
    if only:
        listed = [spoken for spoken in listed if spoken.prompt in only]
    if not listed:
        raise PromptError(
            f"Nothing in {work.folder} is to be read aloud",
            "Make a new work folder: voicekiosk pack new --help",
        )
    return tuple(listed)


def recorded(work: Work, content: Content, plan: tuple[Line, ...]) -> frozenset[Spoken]:
    """What a person has read as it is written today; a synthetic voice only stands in for one."""
    missing = set(work.missing(content))
    done = set()
    for line in plan:
        if line.spoken not in missing:
            take = work.about(line.spoken)
            if take is not None and take.recorded:
                done.add(line.spoken)
    return frozenset(done)


class _Room:
    """The reader, the screen, the sound, and the folder that keeps the takes."""

    def __init__(
        self,
        args: argparse.Namespace,
        where: Places,
        content: Content,
        texts: StudioTexts,
        work: Work,
        studio: Studio,
    ) -> None:
        from voicekiosk.audio.microphone import SoundMicrophone
        from voicekiosk.ui.studio_window import StudioWindow

        self._content = content
        self._texts = texts
        self._work = work
        spoken = {
            prompt: {locale: told for locale, told in told_in.items() if locale != ENGLISH}
            for prompt, told_in in texts.prompts.items()
        }
        self._clips = ClipStore(
            replace(content, prompts={**content.prompts, **spoken}),
            where.packs,
            installed_voices(),
            where.cache / "clips",
        )
        self._window = StudioWindow(
            where.pictograms,
            self._touched,
            self._pressed,
            fullscreen=not args.windowed,
            size=args.size,
        )
        self._player = player_of(args.speaker)
        self._microphone = SoundMicrophone(args.microphone, rate=RATE)
        self._recorder = Recorder(
            lambda event: self._session.post(event), self._window.hear, rate=RATE, whole=True
        )
        self._session = StudioSession(
            studio,
            self._clips,
            self._player,
            self._recorder,
            self._keep,
            self._recall,
            self._show,
            warn,
        )

    def run(self) -> int:
        studio = begin(self._session.studio).studio
        self._show(studio)
        own = [Spoken(prompt, studio.language) for prompt in self._texts.prompts]
        todo = [line.spoken for line in studio.plan if line.spoken not in studio.done]
        hold_sitting(
            self._window,
            self._session,
            (self._player, self._microphone, self._recorder),
            self._clips,
            [*(own if studio.language != ENGLISH else ()), *todo[:SOON]],
            warn,
        )
        studio = self._session.studio
        left = sum(line.spoken not in studio.done for line in studio.plan)
        print(f"{studio.recorded} recorded now, {left} left; they are in {self._work.folder}")
        return 0

    def _keep(self, spoken: Spoken, pcm: Pcm) -> None:
        text = text_of(self._content, spoken)
        samples = np.frombuffer(pcm.samples, "<i2") / 32768.0
        self._work.keep(spoken, samples, pcm.rate, Take(text or "", self._work.speaker, True))

    def _recall(self, spoken: Spoken) -> Pcm:
        path = self._work.take(spoken)
        try:
            return pcm_of(path.read_bytes())
        except (OSError, ValueError) as error:
            raise PromptError(f"{path} cannot be read ({error})", "Record it again") from error

    def _show(self, studio: Studio) -> None:
        self._window.show(studio_view(studio, self._content, self._texts))

    def _touched(self, option: OptionId) -> None:
        choice = choice_of_option(option)
        if choice is not None:
            self._session.post(Pressed(choice))

    def _pressed(self, key: str) -> None:
        if turn_volume(self._player, key):
            return
        choice = choice_of_key(self._session.studio, key)
        if choice is not None:
            self._session.post(Pressed(choice))
