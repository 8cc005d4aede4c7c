"""kiosk.yaml: languages, reviewers, certainty, patience and ladders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields

from voicekiosk.core.content import Bands, Command, Ladders, Move, Timing
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, PromptId, Seconds
from voicekiosk.loading.parts import Part

KNOWN_LOCALES = (KYRGYZ, RUSSIAN)
SHORTEST_WARNING = 20.0
LONGEST = 3600.0
"""Seconds; more patience than an hour is a slip of the finger."""


@dataclass(frozen=True)
class KioskFile:
    """kiosk.yaml as far as it could be read; what could not be read has its default."""

    version: str = ""
    locales: tuple[Locale, ...] = KNOWN_LOCALES
    reviewed_by: Mapping[Locale, str | None] | None = None
    bands: Bands = field(default_factory=Bands)
    timing: Timing = field(default_factory=Timing)
    keys: Mapping[str, Command | Move] = field(default_factory=dict)
    neutral: Part | None = None
    """The id of a topic that may be seen by anybody."""
    ladders: Part | None = None
    commands: Part | None = None


def kiosk_file(part: Part | None) -> KioskFile:
    if part is None:
        return KioskFile()
    found = part.section(
        ("version", "locales", "reviewed_by", "ladders", "commands"),
        ("bands", "timing", "keys", "neutral"),
    )
    locales = _locales(found.get("locales"))
    return KioskFile(
        version=found["version"].text() if "version" in found else "",
        locales=locales,
        reviewed_by=_reviewers(found.get("reviewed_by"), locales),
        bands=_bands(found.get("bands")),
        timing=_timing(found.get("timing")),
        keys=_keys(found.get("keys")),
        neutral=found.get("neutral"),
        ladders=found.get("ladders"),
        commands=found.get("commands"),
    )


def _locales(part: Part | None) -> tuple[Locale, ...]:
    locales: list[Locale] = []
    for item in part.items() if part else []:
        locale = Locale(item.text())
        if locale not in KNOWN_LOCALES:
            item.fault(f"`{locale}` is no language of this kiosk", "Choose from: ky-KG, ru-KG")
        elif locale in locales:
            item.fault(f"`{locale}` stands here twice", "Remove one of them")
        else:
            locales.append(locale)
    return tuple(locales) or KNOWN_LOCALES


def _reviewers(part: Part | None, locales: tuple[Locale, ...]) -> dict[Locale, str | None]:
    found = part.section(locales) if part else {}
    return {Locale(key): None if name.is_null else name.text() for key, name in found.items()}


def _numbers(part: Part | None, names: Collection[str], high: float) -> dict[str, float]:
    read = (
        {key: entry.number(0, high) for key, entry in part.section((), names).items()}
        if part
        else {}
    )
    return {key: value for key, value in read.items() if value is not None}


def _bands(part: Part | None) -> Bands:
    bands = Bands(**_numbers(part, [one.name for one in fields(Bands)], 1))
    if part and bands.confirm > bands.accept:
        part.fault("`confirm` is above `accept`", "A sure answer needs more certainty than a doubt")
    return bands


def _timing(part: Part | None) -> Timing:
    read = _numbers(part, [one.name for one in fields(Timing)], LONGEST)
    timing = Timing(**{key: Seconds(value) for key, value in read.items()})
    warning = part.entries().get("warning") if part else None
    if warning and timing.warning < SHORTEST_WARNING:
        warning.fault(
            f"`warning` is shorter than {SHORTEST_WARNING:.0f} seconds",
            "Whoever hears slowly or moves slowly needs them to answer that they are still here",
        )
    return timing


def _keys(part: Part | None) -> dict[str, Command | Move]:
    """What the keys of this kiosk's pad do, by the name of each key."""
    does: dict[str, Command | Move] = {
        **{move.value: move for move in Move},
        **{command.value: command for command in Command},
    }
    read: dict[str, Command | Move] = {}
    for key, entry in part.entries().items() if part else ():
        named = entry.text()
        if named in does:
            read[key.lower()] = does[named]
        elif named:
            entry.fault(
                f"No key can do `{named}`", "Write next, previous, action or the name of a command"
            )
    return read


def ladders(part: Part | None, known: Collection[PromptId] | None) -> Ladders:
    """Each ladder's prompts, no two the same, and all known if it is known what is known."""
    names = [one.name for one in fields(Ladders)]
    found = part.section(names) if part else {}
    steps: dict[str, tuple[PromptId, ...]] = {name: () for name in names}
    for name, entry in found.items():
        read: list[PromptId] = []
        for item in entry.items():
            prompt = PromptId(item.text())
            if prompt and known is not None and prompt not in known:
                item.fault(f"No prompt is called {prompt}", "Add it to prompts.yaml")
            elif prompt in read:
                item.fault(f"{prompt} is said twice", "Say something else the second time")
            read.append(prompt)
        if not read:
            entry.fault("The ladder has no step", "Name at least one prompt")
        steps[name] = tuple(read)
    return Ladders(**steps)
