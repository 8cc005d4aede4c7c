"""What a visitor would hear otherwise with other packs, prompt by prompt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Locale, PromptId
from voicekiosk.prompts.pack import Entry, Pack


@dataclass(frozen=True, slots=True)
class Changes:
    """Of one language. Every prompt of the content that a pack serves is new, changed, lost or
    the same; stale and unknown say what the packs hold in vain."""

    new: tuple[PromptId, ...] = ()
    """A clip where a voice spoke, or nobody."""
    changed: tuple[PromptId, ...] = ()
    """Another clip than before."""
    lost: tuple[PromptId, ...] = ()
    """A clip was there and will not be."""
    stale: tuple[PromptId, ...] = ()
    """A clip of another text than today's: it is not played."""
    unknown: tuple[PromptId, ...] = ()
    """The content has no such prompt."""
    same: tuple[PromptId, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.new or self.changed or self.lost)


@dataclass(frozen=True, slots=True)
class Difference:
    by_locale: Mapping[Locale, Changes]

    @property
    def any(self) -> bool:
        return any(changes.any for changes in self.by_locale.values())


@dataclass(frozen=True, slots=True)
class Served:
    """The clip that speaks a prompt, and its pack."""

    pack: Pack
    entry: Entry


def served(content: Content, packs: Sequence[Pack]) -> dict[Spoken, Served]:
    """Who speaks what, as the clip store decides it: persons first, then the order of the packs."""
    found: dict[Spoken, Served] = {}
    for pack in packs:
        for spoken, entry in pack.entries.items():
            sentences = _sentences(content, spoken)
            if sentences is None or pack.stale(entry, sentences):
                continue
            first = found.get(spoken)
            if first is None or (entry.recorded and not first.entry.recorded):
                found[spoken] = Served(pack, entry)
    return found


def difference(content: Content, before: Sequence[Pack], after: Sequence[Pack]) -> Difference:
    """``after`` instead of ``before``. Stale and unknown is what only ``after`` brings."""
    old, new = served(content, before), served(content, after)
    known = {pack.folder for pack in before}
    brought = [pack for pack in after if pack.folder not in known]
    locales = dict.fromkeys((*content.locales, *(each for p in after for each in p.locales)))
    return Difference({each: _changes(content, old, new, brought, each) for each in locales})


def _changes(
    content: Content,
    old: Mapping[Spoken, Served],
    new: Mapping[Spoken, Served],
    brought: Sequence[Pack],
    locale: Locale,
) -> Changes:
    kinds: dict[str, set[PromptId]] = {
        kind: set() for kind in ("new", "changed", "lost", "stale", "unknown", "same")
    }
    for spoken in old.keys() | new.keys():
        if spoken.locale == locale:
            kinds[_kind(old.get(spoken), new.get(spoken))].add(spoken.prompt)
    for pack in brought:
        for spoken, entry in pack.entries.items():
            if spoken.locale == locale:
                sentences = _sentences(content, spoken)
                if sentences is None:
                    kinds["unknown"].add(spoken.prompt)
                elif pack.stale(entry, sentences):
                    kinds["stale"].add(spoken.prompt)
    return Changes(**{kind: tuple(sorted(prompts)) for kind, prompts in kinds.items()})


def _kind(old: Served | None, new: Served | None) -> str:
    if old is None:
        return "new"
    if new is None:
        return "lost"
    return "same" if old.entry.sha256 == new.entry.sha256 else "changed"


def _sentences(content: Content, spoken: Spoken) -> tuple[str, ...] | None:
    return content.prompts.get(spoken.prompt, {}).get(spoken.locale)
