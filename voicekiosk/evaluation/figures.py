"""The scores as a table for the terminal and as values for a file, every figure with its n."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voicekiosk.evaluation.engines import ACCEPTED, ASKED, REFUSED, WRONG
from voicekiosk.evaluation.scoring import Operating, Rate, Score

COLUMNS = {
    "right": "the phrase that was said is the one believed most",
    "accepted": "right, and acted on without asking (the content's fixed bands)",
    "asked": "the right one is among what the kiosk asks about",
    "refused": "a phrase was said, and the kiosk asks to say it again",
    "wrong": "another topic was opened",
    "let in": "imposters, who said no phrase, that were acted on",
    "at 2 %": "right and accepted, when the threshold lets in 2 % of these imposters",
    "at 5 %": "the same for 5 %; both thresholds are chosen on these very recordings",
    "ms": "from the last frame to the answer, median and 95th percentile",
    "cpu ms": "the same in processor time, which other work does not lengthen",
    "load": "seconds of computing for a second of sound",
}
"""Every column of the table, and what it says."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A whole measurement: the figures, and what must be known to read them."""

    title: str
    scores: Sequence[Score]
    notes: Sequence[str]
    failures: Sequence[str]


def row(score: Score) -> tuple[str, ...]:
    """One score under COLUMNS; each share in percent with its 95 % interval."""
    verdict = score.verdicts
    shares = [score.right, verdict[ACCEPTED], verdict[ASKED], verdict[REFUSED], verdict[WRONG]]
    shares += [score.imposters_accepted, *(point.accepted for point in score.operating)]
    return (
        *(percent(rate) for rate in shares),
        f"{score.deciding[0]:.0f} {score.deciding[1]:.0f}",
        f"{score.deciding_busy[0]:.0f} {score.deciding_busy[1]:.0f}",
        f"{score.real_time:.2f}",
    )


def percent(rate: Rate) -> str:
    if not rate.n:
        return "-"
    low, high = rate.interval
    return f"{100 * rate.share:.1f} ({100 * low:.0f}-{100 * high:.0f})"


def table(evaluation: Evaluation) -> str:
    """Side by side: one block for each menu, one line for each condition and engine."""
    lines: list[str] = []
    for menu in dict.fromkeys(score.menu for score in evaluation.scores):
        mine = [score for score in evaluation.scores if score.menu == menu]
        head = (f"{menu}, % (95 % interval)", "n", *COLUMNS)
        rows = [head] + [
            (
                f"{score.condition}  {score.engine}",
                f"{score.right.n}+{score.imposters_accepted.n}",
                *row(score),
            )
            for score in mine
        ]
        widths = [max(len(cells[at]) for cells in rows) for at in range(len(head))]
        for cells in rows:
            padded = (
                f"{cell:<{wide}}" if not at else f"{cell:>{wide}}"
                for at, (cell, wide) in enumerate(zip(cells, widths, strict=True))
            )
            lines.append("  ".join(padded).rstrip())
        lines.append("")
    lines += [f"{name:9} {meaning}" for name, meaning in COLUMNS.items()]
    lines += ["n         recordings of phrases + imposters", ""]
    return "\n".join([*lines, *evaluation.notes, *evaluation.failures]).rstrip()


def as_json(evaluation: Evaluation) -> str:
    """Every figure with its n and interval; nothing that was said but the corpus' own texts."""
    whole = {
        "measured": "listening",
        "title": evaluation.title,
        "machine": {
            "system": platform.platform(),
            "cores": os.cpu_count(),
            "load": [round(load, 2) for load in os.getloadavg()],
            "python": platform.python_version(),
        },
        "columns": COLUMNS,
        "notes": list(evaluation.notes),
        "failures": list(evaluation.failures),
        "scores": [_values(score) for score in evaluation.scores],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _values(score: Score) -> dict[str, Any]:
    return {
        "engine": score.engine,
        "menu": score.menu,
        "condition": score.condition,
        "n": score.n,
        "recordings": score.recordings,
        "right": score.right.as_json(),
        "fixed_bands": {
            "phrases": {name: rate.as_json() for name, rate in score.verdicts.items()},
            "imposters_accepted": score.imposters_accepted.as_json(),
            "imposters_asked": score.imposters_asked.as_json(),
        },
        "threshold_from_these_recordings": [_point(point) for point in score.operating],
        "detection_error_curve": [{"false_accepts": f, "misses": m} for f, m in score.curve],
        "by": {
            what: [
                {
                    "name": part.name,
                    "right": part.right.as_json(),
                    "verdicts": {name: rate.as_json() for name, rate in part.verdicts.items()},
                    "imposters_accepted": part.imposters.as_json(),
                }
                for part in parts
            ]
            for what, parts in score.parts.items()
        },
        "confusions": [
            {"said": said, "believed": heard, "times": many, "accepted": opened}
            for said, heard, many, opened in score.confusions
        ],
        "imposters_let_in": [
            {"said": said, "believed": heard, "times": many}
            for said, heard, many in score.false_accepts
        ],
        "decision_ms": _times(score.n, score.deciding),
        "decision_processor_ms": _times(score.n, score.deciding_busy),
        "computing_per_second": {"n": score.n, "value": _number(score.real_time)},
    }


def _point(point: Operating) -> dict[str, Any]:
    return {
        "false_accepts_wanted": point.target,
        "threshold": round(point.threshold, 4),
        "right_and_accepted": point.accepted.as_json(),
        "wrong_and_accepted": point.wrong.as_json(),
        "imposters_accepted": point.imposters.as_json(),
    }


def _times(n: int, pair: tuple[float, float]) -> dict[str, Any]:
    return {"n": n, "median": _number(pair[0]), "p95": _number(pair[1])}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 3)
