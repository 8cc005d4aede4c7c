"""What stops being true one day: claims and telephone numbers, who checked them and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

import voicekiosk
from voicekiosk.core.types import Locale, PromptId

Sentences = Mapping[Locale, tuple[str, ...]]
SOON = timedelta(days=60)
RELEASED = date.fromisoformat(voicekiosk.__released__)
"""No machine that runs this can live on an earlier day."""


class Kind(StrEnum):
    CLAIM = "claim"
    NUMBER = "number"


class State(StrEnum):
    UNCONFIRMED = "unconfirmed"
    IN_FORCE = "in force"
    EXPIRING = "expires within 60 days"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Check:
    """Somebody looked at the source on a day and answers for it until another."""

    on: date
    by: str
    until: date


@dataclass(frozen=True)
class Fact:
    """One claim or number, in both its wordings."""

    id: str
    kind: Kind
    says: Sentences
    """While it is checked and in date."""
    otherwise: Sentences
    """The rest of the time: what never stops being true."""
    source: str
    seen_on: str | None
    """When the source said so, as far as is known: a date, a month or a year."""
    check: Check | None
    watch: str = ""
    """What whoever checks it must look at."""
    value: int | None = None
    """What a claim lets the kiosk reckon with, e.g. a number of days."""
    number: str = ""
    """A telephone number's digits as they are shown."""
    details: Mapping[str, str] = field(default_factory=dict)
    """Country, languages, hours and cost of a number, as far as they are known."""

    @property
    def prompt(self) -> PromptId:
        return PromptId(f"{self.kind}.{self.id}")

    @property
    def otherwise_prompt(self) -> PromptId:
        return PromptId(f"{self.kind}.{self.id}.otherwise")


@dataclass(frozen=True)
class Facts:
    """All of them on one day; without a day, or with a day that cannot be, nothing is in force."""

    by_id: Mapping[str, Fact]
    today: date | None = None

    @cached_property
    def clock_fault(self) -> str | None:
        """Why the day cannot be right: somebody has already checked something on a later one."""
        if self.today is None:
            return None
        days = [fact.check.on for fact in self.by_id.values() if fact.check]
        if self.today < RELEASED:
            return f"This machine's date is {self.today}, before this kiosk was made ({RELEASED})"
        if days and self.today < max(days):
            return f"This machine's date is {self.today}, but something was checked on {max(days)}"
        return None

    def state(self, fact: Fact) -> State:
        if fact.check is None or self.today is None or self.clock_fault:
            return State.UNCONFIRMED
        if fact.check.until < self.today:
            return State.EXPIRED
        return State.EXPIRING if fact.check.until - self.today <= SOON else State.IN_FORCE

    def in_force(self, fact: Fact) -> bool:
        return self.state(fact) in (State.IN_FORCE, State.EXPIRING)

    def told(self, fact: Fact) -> PromptId:
        """The wording for this day."""
        return fact.prompt if self.in_force(fact) else fact.otherwise_prompt

    def prompts(self) -> dict[PromptId, Sentences]:
        """Both wordings of each, so that clips exist whatever day it is."""
        return {
            prompt: said
            for fact in self.by_id.values()
            for prompt, said in ((fact.prompt, fact.says), (fact.otherwise_prompt, fact.otherwise))
        }

    def shown(self) -> dict[PromptId, str]:
        """The digits to be shown with the prompts that are in force."""
        return {
            fact.prompt: fact.number
            for fact in self.by_id.values()
            if fact.kind is Kind.NUMBER and self.in_force(fact)
        }
