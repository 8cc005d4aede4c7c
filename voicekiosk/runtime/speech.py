"""Saying: finds the clips on a thread of its own, plays them, or leaves the caption to read."""

from __future__ import annotations

import queue
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from voicekiosk.core import messages as m
from voicekiosk.core.content import Content
from voicekiosk.core.types import Turn
from voicekiosk.ports import AudioError, Clips, KioskError, Player, PromptError
from voicekiosk.runtime.pieces import Piece, Stretch, pieces
from voicekiosk.runtime.timers import Letter, Timers

READING_SECONDS_PER_LETTER = 0.08
SHORTEST_READING_SECONDS = 1.5
"""A caption without sound goes on sentence by sentence, as fast as a slow reader."""

PATIENCE_SECONDS, HEAD_SECONDS = 0.04, 2.0
"""When finding takes longer, what there is begins, if it lasts until the rest is found."""
SLOWED_HEAD_SECONDS = 0.8
"""To stretch takes longer than that in any menu, but hardly a hundredth of what it yields."""

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
        stretch: Stretch = lambda clip, pace: clip,
    ) -> None:
        self._content = content
        self._clips = clips
        self._player = player
        self._timers = timers
        self._post = post
        self._complain = complain
        self._fetch = fetch or Fetching()
        self._stretch = stretch
        self.pace = 1.0
        self.silent = False
        """No loudspeaker works: what is said is only shown."""
        self._wanted: m.Say | None = None
        self._held = False
        self._waiting: Work | None = None
        """What goes on when the hold ends, if the hold came before the sound."""
        self._tail: list[Piece] | None = None
        """The rest of what is being said, found after its beginning began."""
        self._head_is_over = False

    def renew(self, content: Content, clips: Clips) -> None:
        """Other texts and other voices, while nothing is being said."""
        self._content, self._clips = content, clips

    def say(self, say: m.Say) -> None:
        self._wanted, self._tail, self._head_is_over = say, None, False
        if self.silent:
            self._read(say.turn, self._sentences(say))
        else:
            pace = self.pace
            self._fetch(lambda: self._find(say, pace))

    def hush(self) -> None:
        self._wanted = self._waiting = self._tail = None
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

    def _find(self, say: m.Say, pace: float) -> None:
        """On the fetching thread; given up as soon as something else is to be said."""
        found: list[Piece] = []
        errors: list[PromptError] = []
        started = self._timers.clock()
        head: list[Piece] = []
        for piece in self._pieces(say, pace, errors):
            if self._wanted is not say:
                return
            found.append(piece)
            late = pace != 1 or self._timers.clock() - started > PATIENCE_SECONDS
            enough = HEAD_SECONDS if pace == 1 else SLOWED_HEAD_SECONDS
            if late and not head and _lasting(found) >= enough:
                head, found = found, []
                self._post(partial(self._found, say, head))
        if head:
            self._post(lambda: self._tail_found(say, found, errors))
        else:
            self._post(lambda: self._found(say, found, errors, last=True))

    def _pieces(self, say: m.Say, pace: float, errors: list[PromptError]) -> Iterator[Piece]:
        begin, sentence = say.start
        for index, spoken in enumerate(say.spoken):
            if index < begin:
                continue
            first = sentence if index == begin else 0
            try:
                clip = self._clips.clip(spoken)
            except PromptError as error:
                errors.append(error)
            else:
                yield from pieces(index, clip, first, pace, self._stretch)

    def _found(
        self,
        say: m.Say,
        found: list[Piece],
        errors: Sequence[PromptError] = (),
        last: bool = False,
    ) -> None:
        for error in errors:
            self._complain(error)
        if self._wanted is say:
            self._begin_unless_held(say, found, last)

    def _tail_found(self, say: m.Say, found: list[Piece], errors: list[PromptError]) -> None:
        for error in errors:
            self._complain(error)
        if self._wanted is say:
            self._tail = found
            if self._head_is_over:
                self._go_on(say)

    def _head_ended(self, say: m.Say) -> None:
        if self._wanted is say:
            self._head_is_over = True
            if self._tail is not None:
                self._go_on(say)

    def _go_on(self, say: m.Say) -> None:
        if self._tail:
            self._begin_unless_held(say, self._tail, last=True)
        else:
            self._post(m.PromptEnded(say.turn))

    def _begin_unless_held(self, say: m.Say, found: list[Piece], last: bool) -> None:
        if self._held:
            self._waiting = lambda: self._begin(say, found, last)
        else:
            self._begin(say, found, last)

    def _begin(self, say: m.Say, found: list[Piece], last: bool) -> None:
        if not found:
            self._read(say.turn, self._sentences(say))
            return

        def on_sentence(clip: int, sentence: int) -> None:
            piece = found[clip]
            self._post(m.SentenceStarted(say.turn, piece.spoken, piece.first + sentence))

        def on_end() -> None:
            self._post(m.PromptEnded(say.turn) if last else lambda: self._head_ended(say))

        try:
            self._player.play([piece.clip for piece in found], on_sentence, on_end)
        except AudioError as error:
            self._complain(error)
            self._post(m.SpeakerLost())

    def _sentences(self, say: m.Say) -> list[tuple[int, int, float]]:
        """Every sentence's place, and how long it takes to read."""
        return [
            (index, sentence, _reading_time(text) / self.pace)
            for index, spoken in enumerate(say.spoken)
            for sentence, text in enumerate(self._content.prompts[spoken.prompt][spoken.locale])
            if (index, sentence) >= say.start
        ]

    def _read(self, turn: Turn, sentences: list[tuple[int, int, float]]) -> None:
        if not sentences:
            self._post(m.PromptEnded(turn))
            return
        (index, sentence, seconds), *rest = sentences
        self._post(m.SentenceStarted(turn, index, sentence))
        self._timers.set("reading", seconds, lambda: self._read(turn, rest))


def _reading_time(text: str) -> float:
    return max(len(text) * READING_SECONDS_PER_LETTER, SHORTEST_READING_SECONDS)


def _lasting(found: list[Piece]) -> float:
    return sum(piece.clip.pcm.duration for piece in found)
