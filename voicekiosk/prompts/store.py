"""Finds the clip of a prompt: recorded, else from a synthesized pack, else spoken by a voice."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Clip, Locale
from voicekiosk.ports import PromptError, SynthesisError, Synthesizer
from voicekiosk.prompts.cache import ClipCache
from voicekiosk.prompts.pack import Entry, Pack, read_pack
from voicekiosk.prompts.rendering import render

MEMORY = 64 * 1024 * 1024
"""Bytes of decoded clips kept at hand: about 20 minutes of speech."""


def urgency(spoken: Spoken) -> int:
    """What is needed first when a visitor walks up: the kiosk's own words, then the names."""
    if spoken.prompt.startswith("system."):
        return 0
    return 1 if spoken.prompt.endswith(".name") else 2


class ClipStore:
    """Clips for the runtime; safe to call from any thread."""

    def __init__(
        self,
        content: Content,
        packs: Sequence[Path],
        synthesizer: Synthesizer,
        cache: Path | None,
        memory: int = MEMORY,
    ) -> None:
        self._content = content
        self._synthesizer = synthesizer
        self._cache = ClipCache(cache)
        self._memory = memory
        self._held: OrderedDict[Spoken, Clip] = OrderedDict()
        self._held_bytes = 0
        self._lock = threading.Lock()
        self._making: dict[Spoken, threading.Lock] = {}
        self._faults: dict[str, None] = {}
        self._offers: dict[Spoken, list[tuple[Pack, Entry]]] = {}
        for folder in packs:
            self._open(folder)

    def _open(self, folder: Path) -> None:
        try:
            pack = read_pack(folder)
        except PromptError as error:
            self._note(error.what)
            return
        for fault in pack.faults:
            self._note(fault)
        for spoken, entry in pack.entries.items():
            sentences = self._content.prompts.get(entry.prompt, {}).get(entry.locale)
            if sentences is None:
                continue  # a pack may know more than this content
            if stale := pack.stale(entry, sentences):
                self._note(stale)
                continue
            self._offers.setdefault(spoken, []).append((pack, entry))
            self._offers[spoken].sort(key=lambda offer: not offer[1].recorded)

    def _note(self, fault: str) -> None:
        with self._lock:
            known = fault in self._faults
            self._faults[fault] = None
        if not known:
            logging.getLogger(__name__).warning("%s", fault)

    @property
    def faults(self) -> tuple[str, ...]:
        """Every clip that could not be used so far, and why."""
        with self._lock:
            return tuple(self._faults)

    def all_spoken(self) -> tuple[Spoken, ...]:
        """Every prompt in every language, the most urgent first."""
        order = {locale: index for index, locale in enumerate(self._content.locales)}
        everything = (
            Spoken(prompt, locale)
            for prompt, texts in self._content.prompts.items()
            for locale in texts
        )
        return tuple(sorted(everything, key=lambda s: (urgency(s), order.get(s.locale, 99))))

    def missing(self) -> tuple[Spoken, ...]:
        """Prompts that no pack holds and no voice can say; nothing is rendered to find out."""
        return tuple(s for s in self.all_spoken() if s not in self._offers and not self._sayable(s))

    def require_all(self) -> None:
        """Refuse to start with a prompt that would be silence."""
        if missing := self.missing():
            named = ", ".join(f"{s.prompt} ({s.locale})" for s in missing[:5])
            raise PromptError(
                f"{len(missing)} prompts have neither a clip nor a voice: {named}",
                "Record them, install a voice, or write their numbers as words.",
            )

    def _sentences(self, spoken: Spoken) -> tuple[str, ...]:
        return self._content.prompts.get(spoken.prompt, {}).get(spoken.locale, ())

    def _sayable(self, spoken: Spoken) -> bool:
        sentences = self._sentences(spoken)
        digits = any(letter.isnumeric() for sentence in sentences for letter in sentence)
        return bool(sentences) and not digits and self._synthesizer.voice(spoken.locale) is not None

    def voice(self, locale: Locale) -> str | None:
        return self._synthesizer.voice(locale)

    def clip(self, spoken: Spoken) -> Clip:
        if clip := self._remembered(spoken):
            return clip
        with self._lock:
            making = self._making.setdefault(spoken, threading.Lock())
        # Two threads that want the same clip make it once; others go on.
        with making:
            if clip := self._remembered(spoken):
                return clip
            clip = self._make(spoken)
            self._remember(spoken, clip)
        return clip

    def _remembered(self, spoken: Spoken) -> Clip | None:
        with self._lock:
            clip = self._held.get(spoken)
            if clip is not None:
                self._held.move_to_end(spoken)
            return clip

    def _remember(self, spoken: Spoken, clip: Clip) -> None:
        with self._lock:
            self._held[spoken] = clip
            self._held_bytes += len(clip.pcm.samples)
            while self._held_bytes > self._memory and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._held_bytes -= len(dropped.pcm.samples)

    def _make(self, spoken: Spoken) -> Clip:
        sentences = self._sentences(spoken)
        if not sentences:
            raise PromptError(f"{spoken.prompt} has no text in {spoken.locale}", "Write it.")
        for pack, entry in self._offers.get(spoken, ()):
            try:
                return pack.clip(entry, sentences)
            except PromptError as error:
                self._note(error.what)
        return self._synthesized(spoken, sentences)

    def _synthesized(self, spoken: Spoken, sentences: tuple[str, ...]) -> Clip:
        voice = self._synthesizer.voice(spoken.locale)
        if voice and (kept := self._cache.load(sentences, voice)):
            return kept
        try:
            clip = render(sentences, spoken.locale, self._synthesizer)
        except SynthesisError as error:
            raise PromptError(
                f"{spoken.prompt} ({spoken.locale}) cannot be said: {error.what}", error.mend
            ) from error
        self._cache.keep(sentences, clip.voice, clip)
        return clip

    def prepare(
        self,
        progress: Callable[[int, int], None] = lambda done, of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[PromptError, ...]:
        """Render everything that must be rendered, the most urgent first, and load that.

        Meant for a thread of its own; returns what could not be said.
        """
        errors: list[PromptError] = []
        everything = self.all_spoken()
        for done, spoken in enumerate(everything):
            if cancelled():
                break
            progress(done, len(everything))
            if urgency(spoken) < 2 or not self._at_hand(spoken):
                try:
                    self.clip(spoken)
                except PromptError as error:
                    errors.append(error)
        else:
            progress(len(everything), len(everything))
        return tuple(errors)

    def _at_hand(self, spoken: Spoken) -> bool:
        voice = self._synthesizer.voice(spoken.locale)
        return spoken in self._offers or (
            voice is not None and self._cache.has(self._sentences(spoken), voice)
        )

    def verify(self) -> tuple[str, ...]:
        """Check every clip of every pack, however long it takes; returns all faults."""
        for spoken, offers in self._offers.items():
            for pack, entry in offers:
                try:
                    pack.clip(entry, self._sentences(spoken))
                except PromptError as error:
                    self._note(error.what)
        return self.faults
