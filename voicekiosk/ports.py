"""What the dialogue needs of the world: at most four methods and one failure type each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from voicekiosk.core.messages import Record, Spoken, Utterance
from voicekiosk.core.screen import ScreenView
from voicekiosk.core.types import Clip, Locale, Pcm

FRAME_RATE = 16_000
"""Hertz of every microphone frame."""
FRAME_SAMPLES = 320
"""Samples of one microphone frame: 20 ms of 16-bit little-endian mono."""
PLAYBACK_RATE = 24_000
"""Hertz of every clip handed to a player."""


class KioskError(Exception):
    """Something went wrong that a person can mend: ``what`` is wrong, and the ``mend``."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}. {mend}" if mend else what)
        self.what = what
        self.mend = mend


class AudioError(KioskError):
    """A microphone or loudspeaker is missing, refused or gone."""


class RecognitionError(KioskError):
    """A recognition model is missing, broken or does not know a word."""


class SynthesisError(KioskError):
    """A voice is missing or failed."""


class PromptError(KioskError):
    """A prompt can be spoken by no pack and no voice."""


class DisplayError(KioskError):
    """No screen can be opened."""


class JournalError(KioskError):
    """The journal cannot be written."""


class Microphone(Protocol):
    """Delivers frames of FRAME_SAMPLES while open. Raises AudioError from ``open`` only."""

    def open(self, on_frame: Callable[[bytes], None], on_change: Callable[[bool], None]) -> None:
        """Start delivering. ``on_frame`` runs on the audio thread: it copies and returns.

        A microphone that is lost later calls ``on_change(False)``, and ``on_change(True)``
        when it is back; it reopens itself.
        """

    def close(self) -> None: ...


class VoiceDetector(Protocol):
    """Tells a voice from other sounds of the same loudness. Any failure of it is survived."""

    def voiced(self, frame: bytes) -> bool:
        """Whether the sound up to the end of this frame is a voice; it may lag by 0.1 s."""

    def forget(self) -> None:
        """What comes next does not follow upon what came before."""


class Recognizer(Protocol):
    """Turns frames into an Utterance over a closed set of phrases. Raises RecognitionError."""

    def learn(self, phrases: Collection[tuple[str, Locale]]) -> None:
        """Listen for these phrases (normalised text, and the language it is said in)."""

    def begin(self, offered: Collection[str]) -> None:
        """A fresh utterance starts; ``offered`` phrases are likelier, all stay possible."""

    def accept(self, frame: bytes) -> None: ...

    def finish(self) -> Utterance:
        """The utterance is over: what was it? Leaves the recognizer ready for ``begin``."""


class Synthesizer(Protocol):
    """Renders text, never plays it. Raises SynthesisError."""

    def voice(self, locale: Locale) -> str | None:
        """The name of the voice for a language, None when it has none."""

    def render(self, sentence: str, locale: Locale) -> Pcm: ...


class Clips(Protocol):
    """Finds the sound of a prompt. Raises PromptError."""

    def clip(self, spoken: Spoken) -> Clip: ...


class Player(Protocol):
    """Plays one utterance at a time through one stream. ``open`` and ``play`` raise AudioError.

    ``volume`` is a gain from 0 to 1 that takes effect at once, without a click.
    """

    volume: float

    def open(self, on_change: Callable[[bool], None]) -> None:
        """Open the stream; ``on_change`` tells when it is lost (False) and back (True)."""

    def play(
        self,
        clips: Sequence[Clip],
        on_sentence: Callable[[int, int], None],
        on_end: Callable[[], None],
    ) -> None:
        """Play the clips one after the other. Calls back (clip index, sentence index) as each
        sentence becomes audible, then ``on_end`` once, unless stopped or lost before. Playing
        while playing is an error."""

    def hold(self, held: bool) -> None:
        """Pause in place, or go on."""

    def stop(self) -> None:
        """Fade out within 20 ms and forget the clips; harmless when silent."""


class Display(Protocol):
    """Shows what it is given, from any thread. Raises DisplayError."""

    def show(self, view: ScreenView) -> None: ...

    def hear(self, level: float) -> None:
        """The microphone's level in dBFS, for the meter."""


class Journal(Protocol):
    """Keeps option ids, bands and counts; never what was said. Raises JournalError."""

    def record(self, entry: Record) -> None: ...
