"""What staff can have done on this kiosk: its packs, texts, claims, sound and errors."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.staff import (
    Change,
    ClaimLine,
    ClipLine,
    Comparison,
    PackLine,
    Place,
    ReviewLine,
    Sound,
    Survey,
)
from voicekiosk.core.types import Clip, PromptId
from voicekiosk.loading import load_all
from voicekiosk.loading.facts import State
from voicekiosk.loading.reviews import awaiting, read_reviews
from voicekiosk.loading.texts import read_texts
from voicekiosk.packs.diffing import difference
from voicekiosk.packs.shelf import PackShelf
from voicekiosk.packs.signing import TrustedKeys
from voicekiosk.ports import KioskError, PromptError
from voicekiosk.prompts.pack import Pack, read_pack
from voicekiosk.prompts.store import urgency
from voicekiosk.staff.desk import Progress
from voicekiosk.staff.errors import LastErrors
from voicekiosk.staff.sticks import SUFFIX, StickWatch

LOOK_SECONDS, PATIENCE_SECONDS = 0.1, 60.0
"""For the kiosk to take up other packs; it looks every second and makes the first clips ready."""
Texts = tuple[tuple[ReviewLine, ...], tuple[ClaimLine, ...]]
"""Awaiting a reviewer, and awaiting a new check."""


class KioskBackstage:
    """What staff can have done on this machine. Raises KioskError."""

    def __init__(
        self,
        *,
        content_folder: Path,
        content: Callable[[], Content],
        shelf: PackShelf,
        keys: Path,
        allow_unsigned: bool,
        sticks: StickWatch,
        errors: LastErrors,
        serving: Callable[[], object],
        restart: Callable[[], None],
        hear_tone: Callable[[], tuple[Sound, int]],
    ) -> None:
        """``serving``: what the kiosk speaks with; another object once it has taken packs up."""
        self._folder, self._content, self._serving = content_folder, content, serving
        self._shelf, self._keys, self._allow_unsigned = shelf, keys, allow_unsigned
        self._sticks, self._errors = sticks, errors
        self._pack: Pack | None = None
        self._read: tuple[tuple[object, ...], Texts] = ((), ((), ()))
        self.restart, self.hear_tone = restart, hear_tone

    def survey(self) -> Survey:
        reviews, claims = self._texts()
        return Survey(
            packs=tuple(self._packs()),
            reviews=reviews,
            claims=claims,
            errors=self._errors.lines,
            can_roll_back=self._shelf.state().before is not None,
            stick=bool(self._sticks.found.sticks),
        )

    def _packs(self) -> list[PackLine]:
        found = [
            PackLine(str(file), file.name, file.stem, (), Place.STICK)
            for file in self._sticks.found.packs
        ]
        active = self._shelf.active()
        installed = sorted(self._shelf.installed(), key=lambda pack: pack.folder not in active)
        found += [self._line(pack, Place.INSTALLED) for pack in installed]
        for folder in self._shelf.shipped:
            try:
                found.append(self._line(read_pack(folder), Place.SHIPPED))
            except PromptError as error:
                self._errors.note(error)
        return found

    def _line(self, pack: Pack, place: Place) -> PackLine:
        return PackLine(
            pack.folder.name,
            f"{pack.id} {pack.version}",
            pack.speaker,
            tuple(pack.locales),
            place,
            active=pack.folder in self._shelf.active(),
            signed=place is Place.SHIPPED or self._signed(pack),
        )

    def _signed(self, pack: Pack) -> bool:
        try:
            return TrustedKeys.read(self._keys).signer(pack.folder) is not None
        except PromptError:
            return False

    def _texts(self) -> Texts:
        """From the files as they are now: staff may just have changed them. Reading takes long."""
        files = sorted(self._folder.rglob("*.yaml"))
        stamp = (date.today(), *((file, file.stat().st_mtime_ns) for file in files))
        if stamp != self._read[0]:
            self._read = stamp, self._read_texts()
        return self._read[1]

    def _read_texts(self) -> Texts:
        try:
            loaded = load_all(self._folder, date.today())
            locales = loaded.content.locales
            texts, reviews = read_texts(self._folder, locales), read_reviews(self._folder, locales)
        except KioskError as error:
            self._errors.note(error)
            return (), ()
        waiting = (
            ReviewLine(locale, len(awaiting(texts, reviews, locale)), len(texts))
            for locale in locales
            if not loaded.content.reviewed_by.get(locale)
        )
        due = [
            fact
            for fact in loaded.facts.by_id.values()
            if fact.check and loaded.facts.state(fact) in (State.EXPIRED, State.EXPIRING)
        ]
        claims = (
            ClaimLine(
                fact.id.replace("_", " "),
                fact.check.until.strftime("%d.%m.%Y"),
                loaded.facts.state(fact) is State.EXPIRED,
            )
            for fact in sorted(due, key=lambda fact: (fact.check and fact.check.until, fact.id))
            if fact.check
        )
        return tuple(line for line in waiting if line.waiting), tuple(claims)

    def compare(self, pack: PackLine, progress: Progress) -> Comparison:
        """A stick's pack is copied, checked and kept first: from then on it may be pulled out."""
        here = self._pack = self._brought(pack, progress)
        place = Place.SHIPPED if pack.place is Place.SHIPPED else Place.INSTALLED
        line = self._line(here, place)
        content, before = self._content(), [read_pack(f) for f in self._shelf.active()]
        after = before if line.active else self._with(here)
        found = difference(content, before, after).by_locale
        counted = ("new", "changed", "lost", "stale", "same")
        changes = {
            locale: Change(**{kind: len(getattr(found[locale], kind)) for kind in counted})
            for locale in content.locales
            if locale in found
        }
        heard_first = {
            Spoken(prompt, locale)
            for locale, kinds in found.items()
            for prompt in (*kinds.new, *kinds.changed)
        }
        spoken = sorted(here.entries, key=lambda s: (s not in heard_first, urgency(s)))
        clips = (
            ClipLine(s.prompt, s.locale, " ".join(content.prompts[s.prompt][s.locale]))
            for s in spoken
            if s.locale in content.prompts.get(s.prompt, {})
            and not here.stale(here.entries[s], content.prompts[s.prompt][s.locale])
        )
        return Comparison(line, changes, tuple(clips))

    def _brought(self, pack: PackLine, progress: Progress) -> Pack:
        if pack.place is not Place.STICK:
            return read_pack(self._shelf.find(pack.key))
        return self._shelf.install(
            Path(pack.key),
            TrustedKeys.read(self._keys),
            allow_unsigned=self._allow_unsigned,
            progress=lambda _what, done, of: progress(done, of),
        )

    def _with(self, pack: Pack) -> list[Pack]:
        chosen = [read_pack(self._shelf.find(name)) for name in self._shelf.ahead(pack)]
        return [*chosen, *(read_pack(folder) for folder in self._shelf.shipped)]

    def clip(self, clip: ClipLine) -> Clip:
        if self._pack is None:
            raise PromptError("No pack was chosen", "Choose one first")
        entry = self._pack.entries[Spoken(PromptId(clip.key), clip.locale)]
        return self._pack.clip(entry, self._content().prompts[entry.prompt][clip.locale])

    def activate(self, pack: PackLine, progress: Progress) -> None:
        chosen = self._shelf.ahead(read_pack(self._shelf.find(pack.key)))
        with self._taken_up():
            self._shelf.activate(chosen, lambda _what, done, of: progress(done, of))

    def roll_back(self) -> None:
        with self._taken_up():
            self._shelf.rollback()

    @contextmanager
    def _taken_up(self) -> Iterator[None]:
        """The kiosk takes up what is active by itself; only then is it done."""
        before, active = self._serving(), self._shelf.active()
        yield
        left = PATIENCE_SECONDS
        while active != self._shelf.active() and self._serving() is before and left > 0:
            threading.Event().wait(LOOK_SECONDS)
            left -= LOOK_SECONDS

    def export(self, pack: PackLine, progress: Progress) -> None:
        if not self._sticks.found.sticks:
            raise PromptError("There is no stick", "Put one in")
        name = pack.name.replace(" ", "-")
        file = self._sticks.found.sticks[0] / f"{name}{SUFFIX}"
        self._shelf.export(pack.key, file, lambda _what, done, of: progress(done, of))
