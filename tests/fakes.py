"""Stand-ins for the world that hold everybody to the protocol: breaking it fails the test."""

from collections.abc import Callable, Collection, Sequence

from voicekiosk.core.content import Content
from voicekiosk.core.messages import Record, Spoken
from voicekiosk.core.screen import ScreenView
from voicekiosk.core.types import Clip, OptionId, Pcm, PromptId, Seconds, Turn
from voicekiosk.ports import PLAYBACK_RATE, AudioError, DisplayError, JournalError, PromptError


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class FakeClips:
    """Every prompt lasts two seconds and has two sentences, unless it is missing."""

    def __init__(self) -> None:
        self.missing: set[PromptId] = set()
        self.all_missing = False

    def clip(self, spoken: Spoken) -> Clip:
        if self.all_missing or spoken.prompt in self.missing:
            raise PromptError(f"No sound for {spoken.prompt}", "record it")
        silence = Pcm(bytes(4 * PLAYBACK_RATE), PLAYBACK_RATE)
        voice = f"{spoken.prompt} {spoken.locale[:2]}"
        return Clip(silence, (Seconds(0), Seconds(1)), voice, recorded=False)


class FakePlayer:
    """One utterance at a time; the test says when a sentence or the end is reached."""

    def __init__(self) -> None:
        self.volume = 1.0
        self.broken = False
        self.opened = False
        self.held = False
        self.playing: tuple[str, ...] = ()
        self.clips: tuple[Clip, ...] = ()
        self.said: list[tuple[str, ...]] = []
        self._on_change: Callable[[bool], None] = lambda _: None
        self._on_sentence: Callable[[int, int], None] = lambda _clip, _sentence: None
        self._on_end: Callable[[], None] = lambda: None

    def open(self, on_change: Callable[[bool], None]) -> None:
        assert not self.opened, "opened twice"
        if self.broken:
            raise AudioError("No loudspeaker", "plug one in")
        self.opened = True
        self._on_change = on_change

    def play(
        self,
        clips: Sequence[Clip],
        on_sentence: Callable[[int, int], None],
        on_end: Callable[[], None],
    ) -> None:
        assert not self.playing, f"playing while {self.playing} plays"
        assert not self.held, "playing into a held stream is never heard"
        assert clips, "playing nothing"
        if self.broken:
            raise AudioError("The loudspeaker is gone", "plug it in")
        assert self.opened, "playing before open"
        self.playing = tuple(clip.voice for clip in clips)
        self.clips = tuple(clips)
        self.said.append(self.playing)
        self._on_sentence, self._on_end = on_sentence, on_end

    def hold(self, held: bool) -> None:
        self.held = held

    def stop(self) -> None:
        self.playing = ()

    # What the world does

    def reach(self, clip: int, sentence: int) -> None:
        assert self.playing and not self.held
        self._on_sentence(clip, sentence)

    def end(self) -> Callable[[], None]:
        """The clips are over. Returns the report, as it may arrive late."""
        assert self.playing and not self.held
        self.playing = ()
        self._on_end()
        return self._on_end

    def lose(self) -> None:
        self.playing = ()
        self._on_change(False)

    def restore(self) -> None:
        self._on_change(True)


class FakeEar:
    """Listening at most once at a time, and only while open."""

    def __init__(self) -> None:
        self.opened = False
        self.turn: Turn | None = None
        self.offered: tuple[OptionId, ...] = ()
        self.learnt: list[str] = []

    def open(self) -> None:
        assert not self.opened, "opened twice"
        self.opened = True

    def listen(self, turn: Turn, offered: Collection[OptionId]) -> None:
        assert self.opened, "listening before open"
        self.turn, self.offered = turn, tuple(offered)

    def stop(self) -> None:
        self.turn = None

    def learn(self, content: Content) -> None:
        assert self.opened, "learning before open"
        self.learnt.append(content.version)

    def close(self) -> None:
        assert self.turn is None, "closed while listening"
        self.opened = False


class FakeDisplay:
    def __init__(self) -> None:
        self.shown: list[ScreenView] = []
        self.broken = False

    def show(self, view: ScreenView) -> None:
        assert not self.shown or view != self.shown[-1], "shown twice without a change"
        if self.broken:
            raise DisplayError("The screen is gone", "look at the cable")
        self.shown.append(view)

    def hear(self, level: float) -> None: ...


class FakeJournal:
    def __init__(self) -> None:
        self.records: list[Record] = []
        self.full = False

    def record(self, entry: Record) -> None:
        if self.full:
            raise JournalError("The disk is full", "free some")
        self.records.append(entry)
