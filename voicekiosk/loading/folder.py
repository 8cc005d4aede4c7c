"""A content folder as a whole: its files into one Content, or every fault in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from voicekiosk.core.calendar_day import CalendarDay
from voicekiosk.core.content import Content
from voicekiosk.core.types import OptionId, PromptId
from voicekiosk.loading.days_file import DaysFile
from voicekiosk.loading.fact_files import FactFiles
from voicekiosk.loading.facts import Facts
from voicekiosk.loading.faults import ContentError, Fault
from voicekiosk.loading.kiosk_file import kiosk_file, ladders
from voicekiosk.loading.options import Options
from voicekiosk.loading.parts import Part, read
from voicekiosk.loading.pictograms import check_always_shown
from voicekiosk.loading.selfcheck_file import SelfCheckFile
from voicekiosk.loading.spoken_text import sentences
from voicekiosk.loading.system_prompts import SYSTEM_PROMPTS

CLAIMS, NUMBERS = "claims.yaml", "numbers.yaml"
ACTIVITIES, SELFCHECK, DAYS = "activities.yaml", "selfcheck.yaml", "days.yaml"


@dataclass(frozen=True)
class Loaded:
    """The content of a day, and what staff must look after."""

    content: Content
    facts: Facts
    doubts: tuple[Fault, ...]
    """Days that are still to come: a slip of the pen, or a clock that is slow."""


def load(folder: Path, today: date | None = None) -> Content:
    """Everything the kiosk knows on a day. Raises ContentError with every fault of every file.

    Without a day nothing that can expire is told: its durable wording is.
    """
    return load_all(folder, today).content


def load_all(folder: Path, today: date | None = None) -> Loaded:
    """As ``load``, with the claims and numbers themselves."""
    faults: list[Fault] = []
    pictures = folder / "pictograms"
    kiosk = kiosk_file(read(folder / "kiosk.yaml", faults))
    read_facts = FactFiles(kiosk.locales, today)
    _read_if_there(folder / CLAIMS, read_facts.add_claims, faults)
    _read_if_there(folder / NUMBERS, read_facts.add_numbers, faults)
    facts = Facts(read_facts.found, today)
    options = Options(kiosk.locales, pictures, facts)
    files = sorted((folder / "categories").glob("*.yaml"))
    if not files:
        nowhere = folder / "categories"
        faults.append(Fault(nowhere, 1, 1, "There is no category", "Add a file N-name.yaml"))
    parts = [read(file, faults) for file in files]
    for part in parts:
        if part:
            options.add_category(part)
    read_all = all(parts)
    if read_all:
        _read_if_there(folder / ACTIVITIES, options.add_activities, faults)
    check = SelfCheckFile(kiosk.locales)
    if OptionId("activity.selfcheck") in options.found:
        check.read(read(folder / SELFCHECK, faults))
    days = DaysFile(kiosk.locales)
    if OptionId("activity.days") in options.found:
        days.read(read(folder / DAYS, faults))
        options.add_answers(days.answers)
    if read_all:  # else topics are missing only because their file is
        options.check_links()
    neutral = options.neutral(kiosk.neutral) if read_all else None
    if kiosk.commands:
        options.add_commands(kiosk.commands)
    prompts_part = read(folder / "prompts.yaml", faults)
    entries = prompts_part.entries() if prompts_part else {}
    spoken = {PromptId(key): entry for key, entry in entries.items()}
    prompts = {key: sentences(entry, kiosk.locales) for key, entry in spoken.items()}
    # Without prompts.yaml every step of every ladder would be reported: one fault is enough.
    steps = ladders(kiosk.ladders, prompts if prompts_part else None)
    if prompts_part and kiosk.ladders:
        climbed = {
            *steps.no_input,
            *steps.no_match,
            *steps.choice_no_input,
            *steps.choice_no_match,
        }
        _check_needed(spoken, prompts_part, climbed)
    check_always_shown(pictures, faults)
    if faults:
        raise ContentError(tuple(sorted(faults)))
    if facts.clock_fault:
        told = "%s: nothing that can expire is told until the date is right"
        logging.getLogger(__name__).warning(told, facts.clock_fault)
    content = Content(
        version=kiosk.version,
        locales=kiosk.locales,
        categories=tuple(options.categories),
        options=options.found,
        prompts={**prompts, **options.prompts, **facts.prompts(), **check.prompts, **days.prompts},
        shown=facts.shown(),
        ladders=steps,
        bands=kiosk.bands,
        timing=kiosk.timing,
        keys=kiosk.keys,
        neutral=neutral,
        selfcheck=check.found,
        day_rule=options.day_rule,
        today=_calendar_day(None if facts.clock_fault else today),
        reviewed_by=kiosk.reviewed_by or {},
    )
    return Loaded(content, facts, tuple(read_facts.doubts))


def _calendar_day(day: date | None) -> CalendarDay | None:
    return CalendarDay(day.year, day.month, day.day) if day else None


def _read_if_there(file: Path, add: Callable[[Part], None], faults: list[Fault]) -> None:
    """A kiosk may have no claims and no numbers."""
    part = read(file, faults) if file.exists() else None
    if part:
        add(part)


def _check_needed(entries: dict[PromptId, Part], part: Part, climbed: set[PromptId]) -> None:
    for prompt in sorted(SYSTEM_PROMPTS - entries.keys()):
        part.fault(f"The prompt {prompt} is missing", "Add it, the kiosk says it")
    for prompt in sorted(entries.keys() - SYSTEM_PROMPTS - climbed):
        entries[prompt].fault_of_name(
            f"Nothing ever says {prompt}", "Remove it, or put it into a ladder"
        )
