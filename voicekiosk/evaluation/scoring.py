"""From single outcomes to figures: each with its n and an interval, none without."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from voicekiosk.evaluation.engines import ACCEPTED, AMISS, ASKED, REFUSED, WRONG, Outcome

TARGETS = (0.02, 0.05)
"""False accepts at which engines are compared."""
VERDICTS = (ACCEPTED, ASKED, AMISS, REFUSED, WRONG)
_Z = 1.959964
_MOST_PAIRS = 20
_MOST_POINTS = 80


@dataclass(frozen=True, slots=True)
class Rate:
    """``k`` of ``n``, and where the true share lies with 95 % (E. B. Wilson, 1927)."""

    k: int
    n: int

    @property
    def share(self) -> float:
        return self.k / self.n if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        if not self.n:
            return 0.0, 1.0
        p, n, z = self.share, self.n, _Z
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(middle - half, 0.0), min(middle + half, 1.0)

    def as_json(self) -> dict[str, Any]:
        low, high = self.interval
        share = round(self.share, 4) if self.n else None
        return {"k": self.k, "n": self.n, "share": share, "low": round(low, 4)} | {
            "high": round(high, 4)
        }


@dataclass(frozen=True, slots=True)
class Operating:
    """What is right and accepted when so many imposters are let in."""

    target: float
    threshold: float
    """Chosen on these very imposters: a kiosk cannot know it beforehand."""
    accepted: Rate
    wrong: Rate
    """Phrases for which another one is accepted."""
    imposters: Rate


@dataclass(frozen=True, slots=True)
class Part:
    """The phrases of one topic, language, speaker or group."""

    name: str
    right: Rate
    verdicts: dict[str, Rate]
    imposters: Rate
    """Imposters of this part that were accepted."""


@dataclass(frozen=True, slots=True)
class Score:
    """One engine on one kind of menu under one condition."""

    engine: str
    menu: str
    condition: str
    recordings: int
    """Different recordings among the trials; a recording may be tried against several menus."""
    right: Rate
    verdicts: dict[str, Rate]
    imposters_accepted: Rate
    imposters_asked: Rate
    operating: tuple[Operating, ...]
    curve: tuple[tuple[float, float], ...]
    """False accepts and misses (refused or taken for another), as the threshold falls."""
    parts: dict[str, tuple[Part, ...]]
    confusions: tuple[tuple[str, str, int, int], ...]
    """Said, believed, how often, and how often that was accepted."""
    false_accepts: tuple[tuple[str, str, int], ...]
    """What imposters said, what it was taken for, how often."""
    deciding: tuple[float, float]
    """Milliseconds from the last frame to the answer: median and 95th percentile."""
    deciding_busy: tuple[float, float]
    """The same in processor time, which other work on the machine does not lengthen."""
    real_time: float
    """Seconds of computing for a second of sound."""

    @property
    def n(self) -> int:
        return self.right.n + self.imposters_accepted.n

    def at(self, target: float) -> Operating:
        return next(point for point in self.operating if point.target == target)


def scores(outcomes: Iterable[Outcome]) -> list[Score]:
    """One score for each engine, menu and condition, in the order they first occur."""
    sorted_out: dict[tuple[str, str, str], list[Outcome]] = {}
    for outcome in outcomes:
        key = (outcome.menu, outcome.condition, outcome.engine)
        sorted_out.setdefault(key, []).append(outcome)
    return [_score(together) for together in sorted_out.values()]


def _score(outcomes: Sequence[Outcome]) -> Score:
    inside = [o for o in outcomes if o.inside]
    imposters = [o for o in outcomes if not o.inside]
    wrong_pairs = Counter((o.said, o.heard) for o in inside if o.heard and not o.right)
    opened = Counter((o.said, o.heard) for o in inside if o.verdict == WRONG)
    let_in = Counter((o.said, o.heard or "") for o in imposters if o.verdict == WRONG)
    first = outcomes[0]
    sound = sum(o.lasting for o in outcomes)
    return Score(
        engine=first.engine,
        menu=first.menu,
        condition=first.condition,
        recordings=len({o.recording for o in outcomes}),
        right=_rate(inside, lambda o: o.right),
        verdicts=_verdicts(inside),
        imposters_accepted=_rate(imposters, lambda o: o.verdict == WRONG),
        imposters_asked=_rate(imposters, lambda o: o.verdict == AMISS),
        operating=tuple(_operating(target, inside, imposters) for target in TARGETS),
        curve=_curve(inside, imposters),
        parts={
            "topic": _parts(outcomes, lambda o: o.said if o.inside else ""),
            "language": _parts(outcomes, lambda o: o.locale),
            "speaker": _parts(outcomes, lambda o: o.speaker),
            "group": _parts(outcomes, lambda o: o.group),
        },
        confusions=tuple(
            (said, heard or "", many, opened[said, heard])
            for (said, heard), many in wrong_pairs.most_common(_MOST_PAIRS)
        ),
        false_accepts=tuple((s, h, n) for (s, h), n in let_in.most_common(_MOST_PAIRS)),
        deciding=_milliseconds([o.deciding for o in outcomes]),
        deciding_busy=_milliseconds([o.deciding_busy for o in outcomes]),
        real_time=sum(o.computing for o in outcomes) / sound if sound else math.nan,
    )


def _milliseconds(seconds: Sequence[float]) -> tuple[float, float]:
    return 1000 * quantile(seconds, 0.5), 1000 * quantile(seconds, 0.95)


def quantile(values: Sequence[float], share: float) -> float:
    """Nearest rank: one of the values, never better than what happened."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)] if values else math.nan


def threshold(imposters: Sequence[float], target: float) -> float:
    """The score above which at most ``target`` of the imposters lie."""
    falling = sorted(imposters, reverse=True)
    allowed = math.floor(target * len(falling) + 1e-9)
    return falling[allowed] if allowed < len(falling) else 0.0


def _operating(target: float, inside: Sequence[Outcome], imposters: Sequence[Outcome]) -> Operating:
    bar = threshold([o.score for o in imposters], target)
    return Operating(
        target,
        bar,
        _rate(inside, lambda o: o.right and o.score > bar),
        _rate(inside, lambda o: not o.right and o.score > bar),
        _rate(imposters, lambda o: o.score > bar),
    )


def _curve(
    inside: Sequence[Outcome], imposters: Sequence[Outcome]
) -> tuple[tuple[float, float], ...]:
    if not inside or not imposters:
        return ()
    steps = sorted({o.score for o in (*inside, *imposters)}, reverse=True)
    points: dict[tuple[float, float], None] = {(0.0, 1.0): None}
    for bar in steps[:: -(-len(steps) // _MOST_POINTS)]:
        false = sum(o.score >= bar and o.heard is not None for o in imposters) / len(imposters)
        kept = sum(o.right and o.score >= bar for o in inside) / len(inside)
        points[(round(false, 4), round(1 - kept, 4))] = None
    return tuple(points)


def _parts(outcomes: Sequence[Outcome], of: Callable[[Outcome], str]) -> tuple[Part, ...]:
    """Nothing when there is only one: it would repeat the whole."""
    names = sorted({of(o) for o in outcomes} - {""})
    if len(names) < 2:
        return ()
    parts = []
    for name in names:
        mine = [o for o in outcomes if of(o) == name]
        inside = [o for o in mine if o.inside]
        parts.append(
            Part(
                name,
                _rate(inside, lambda o: o.right),
                _verdicts(inside),
                _rate([o for o in mine if not o.inside], lambda o: o.verdict == WRONG),
            )
        )
    return tuple(parts)


def _verdicts(inside: Sequence[Outcome]) -> dict[str, Rate]:
    counted = Counter(o.verdict for o in inside)
    return {verdict: Rate(counted[verdict], len(inside)) for verdict in VERDICTS}


def _rate(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> Rate:
    return Rate(sum(map(holds, outcomes)), len(outcomes))
