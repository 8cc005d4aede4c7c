"""Saying: finds the clips on a thread of its own, plays them, or leaves the caption to read."""

from __future__ import annotations

import queue
import threading
import traceback
from collections.abc import Callable

from voicekiosk.core import messages as m
from voicekiosk.core.content import Content
from voicekiosk.core.types import Clip
from voicekiosk.ports import AudioError, Clips, KioskError, Player, PromptError
from voicekiosk.runtime.timers import Letter, Timers

READING_SECONDS_PER_LETTER = 0.08
"""A caption without sound stays as long as a slow reader needs."""

Work = Callable[[], None]


class Fetching:
    """One thread that finds clips: a prompt still to be rendered must not delay a touch."""

    def __init__(self) -> None:
        self._work: queue.SimpleQueue[Work] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="fetching", daemon=True).start()

    def __call__(self, work: Work) -> None:
        self._work.put(work)

    def _run(self) -> None:
        while True:
            try:
                self._work.get()()
            except Exception:  # one prompt is lost, not every later one with it
                traceback.print_exc()


class Speech:
    """What is being said now. Everything but the finding of clips is on the owner thread."""

    def __init__(
        self,
        content: Content,
        clips: Clips,
        player: Player,
        timers: Timers,
        post: Callable[[Letter], None],
        complain: Callable[[KioskError], None],
        fetch: Callable[[Work], None] | None = None,
    ) -> None:
        self._content = content
        self._clips = clips
        self._player = player
        self._timers = timers
        self._post = post
        self._complain = complain
        self._fetch = fetch or Fetching()
        self._wanted: m.Say | None = None
        self._held = False
        self._waiting: Work | None = None
        """What goes on when the hold ends, if the hold came before the sound."""

    def say(self, say: m.Say) -> None:
        self._wanted = say
        self._fetch(lambda: self._find(say))

    def hush(self) -> None:
        self._wanted = self._waiting = None
        self._timers.cancel("reading")
        self._player.stop()
        if self._held:
            self._held = False
            self._player.hold(False)

    def hold(self, held: bool) -> None:
        self._held = held
        if held and (reading := self._timers.cancel("reading")):
            left, letter = reading
            self._waiting = lambda: self._timers.set("reading", left, letter)
        self._player.hold(held)
        if not held and self._waiting:
            waiting, self._waiting = self._waiting, None
            waiting()

    def _find(self, say: m.Say) -> None:
        """On the fetching thread; given up as soon as something else is to be said."""
        found: list[tuple[int, Clip]] = []
        errors: list[PromptError] = []
        for index, spoken in enumerate(say.spoken):
            if self._wanted is not say:
                return
            try:
                found.append((index, self._clips.clip(spoken)))
            except PromptError as error:
                errors.append(error)
        self._post(lambda: self._found(say, found, errors))

    def _found(self, say: m.Say, found: list[tuple[int, Clip]], errors: list[PromptError]) -> None:
        for error in errors:
            self._complain(error)
        if self._wanted is not say:
            return
        if self._held:
            self._waiting = lambda: self._begin(say, found)
        else:
            self._begin(say, found)

    def _begin(self, say: m.Say, found: list[tuple[int, Clip]]) -> None:
        if not found:
            texts = (self._content.prompts[spoken.prompt][spoken.locale] for spoken in say.spoken)
            letters = sum(len(sentence) for sentences in texts for sentence in sentences)
            ended = m.PromptEnded(say.turn)
            self._timers.set("reading", letters * READING_SECONDS_PER_LETTER, ended)
            return

        def on_sentence(clip: int, sentence: int) -> None:
            self._post(m.SentenceStarted(say.turn, found[clip][0], sentence))

        def on_end() -> None:
            self._post(m.PromptEnded(say.turn))

        try:
            self._player.play([clip for _, clip in found], on_sentence, on_end)
        except AudioError as error:
            self._complain(error)
            self._post(m.SpeakerLost())
