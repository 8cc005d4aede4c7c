"""One sitting of ``voicekiosk collect``: window, voice, microphone and store put together."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from random import SystemRandom

from voicekiosk.app import places, player_of, say
from voicekiosk.collecting.errors import CollectError
from voicekiosk.collecting.session import Circumstances, CollectSession
from voicekiosk.collecting.storing import VoiceCollection
from voicekiosk.commands.collect import counted
from voicekiosk.core.collecting import Kind, Pressed, Sitting
from voicekiosk.core.collecting_plan import Wish, plan_of
from voicekiosk.core.collecting_screen import choice_of_key, choice_of_option, collect_view
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Locale, OptionId, language_of
from voicekiosk.loading import load
from voicekiosk.loading.collect_texts import MONTHS, CollectTexts, load_collect_texts
from voicekiosk.prompts.store import ClipStore
from voicekiosk.recording.recorder import Recorder
from voicekiosk.recording.sitting import hold_sitting, turn_volume
from voicekiosk.runtime import warn
from voicekiosk.synthesis.best import installed_voices

DAYS_OF_A_MONTH = 30
"""The person is told a length of time that is never shorter than the true one."""


def sit(options: argparse.Namespace, collection: VoiceCollection, today: date) -> int:
    """Record one person. Raises KioskError when it cannot even begin."""
    where = places(options.content, options.models, options.packs)
    locale = Locale(options.locale)
    content = load(where.content, today)
    months = min(-(-options.days // DAYS_OF_A_MONTH), MONTHS)
    texts = load_collect_texts(where.content, content.locales, months)
    if not texts.reviewed_by.get(locale):
        say(f"the {locale} texts of collect.yaml await a reviewer: for trying only")
    collection.check_ready(today)
    for name in options.only:
        if OptionId(name) not in content.options:
            near = get_close_matches(name, content.options, 3, 0.4)
            raise CollectError(
                f"There is no option {name}", f"Perhaps {', '.join(near or content.categories)}"
            )
    wish = Wish(locale, options.items, options.others, options.picture_only, tuple(options.only))
    plan = plan_of(
        content,
        wish,
        texts.consent[locale],
        other_words(where.models, locale),
        collection.said_so_far(),
        SystemRandom(),
    )
    spoken_content = replace(content, prompts={**content.prompts, **texts.prompts, **plan.prompts})
    child = options.speaker_group == "child"
    sitting = Sitting(plan.items, locale, collection.new_number(), texts.terms(child))
    clips = ClipStore(spoken_content, where.packs, installed_voices(), where.cache / "clips")
    return _Room(options, collection, spoken_content, texts, sitting, clips, today).run()


def other_words(models: Path, locale: Locale) -> list[str]:
    """Frequent words of the language, none of them a phrase. Raises CollectError."""
    path = models / "vosk-ky" / f"background-{language_of(locale)}.txt"
    try:
        return path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise CollectError(
            f"The other words cannot be read from {path} ({error})",
            "Put the file back, or ask for phrases only: --others 0",
        ) from error


class _Room:
    """The person, the screen, the sound, and who writes it all down."""

    def __init__(
        self,
        options: argparse.Namespace,
        collection: VoiceCollection,
        content: Content,
        texts: CollectTexts,
        sitting: Sitting,
        clips: ClipStore,
        today: date,
    ) -> None:
        from voicekiosk.audio.microphone import SoundMicrophone
        from voicekiosk.ui.collect_window import CollectWindow

        self._content = content
        self._texts = texts
        self._clips = clips
        self._collection = collection
        device = options.device or options.microphone or "the machine's own microphone"
        self._circumstances = Circumstances(
            options.speaker_group, device, today, options.days, options.guardian
        )
        where = places(options.content, options.models, options.packs)
        self._window = CollectWindow(
            where.pictograms,
            self._touched,
            self._pressed,
            fullscreen=not options.windowed,
            size=options.size,
        )
        self._player = player_of(options.speaker)
        self._microphone = SoundMicrophone(options.microphone)
        self._recorder = Recorder(lambda event: self._session.post(event), self._window.hear)
        self._session = CollectSession(
            sitting,
            content,
            self._circumstances,
            clips,
            self._player,
            self._recorder,
            collection,
            self._show,
            warn,
        )

    def run(self) -> int:
        sitting = self._session.sitting
        for number, prompt in enumerate(sitting.terms, 1):
            say(f"preparing what is told before: {number} of {len(sitting.terms)}")
            # Who cannot be told cannot agree: PromptError ends it.
            self._clips.clip(Spoken(prompt, sitting.locale))
        self._show(sitting)
        later = [*self._texts.prompts, *(item.prompt for item in sitting.plan)]
        hold_sitting(
            self._window,
            self._session,
            (self._player, self._microphone, self._recorder),
            self._clips,
            [Spoken(prompt, sitting.locale) for prompt in later],
            warn,
        )
        return self._report()

    def _report(self) -> int:
        speaker = self._session.speaker
        kept = sum(line.speaker == speaker for line in self._collection.lines)
        outcome = self._session.sitting.outcome
        why = f" ({outcome.value})" if outcome else ""
        if not kept:
            print(f"nothing was stored{why}")
            return 0
        until = self._circumstances.expires_on
        others = sum(
            line.speaker == speaker and line.kind == Kind.OTHER.value
            for line in self._collection.lines
        )
        print(
            f"{speaker}: {counted(kept, 'recording')}, {others} of them no phrases, "
            f"kept until {until}{why}\n"
            f"Give the person this number, for a later withdrawal: {speaker[1:]}; "
            f"and whom to ask: {self._collection.responsible}"
        )
        return 0

    def _show(self, sitting: Sitting) -> None:
        until = self._circumstances.expires_on.strftime("%d.%m.%Y")
        self._window.show(collect_view(sitting, self._content, self._texts.labels, until))

    def _touched(self, option: OptionId) -> None:
        choice = choice_of_option(option)
        if choice is not None:
            self._session.post(Pressed(choice, "touch"))

    def _pressed(self, key: str) -> None:
        if turn_volume(self._player, key):
            return
        choice = choice_of_key(self._session.sitting, key)
        if choice is not None:
            self._session.post(Pressed(choice))
