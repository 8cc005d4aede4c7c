"""Reads the table of checks: each names its clause and the tests or the reason behind its state."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from voicekiosk.ports import KioskError

TABLE = Path(__file__).with_name("checks.toml")


class State(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    BACKED = "backed by tests that were not run now"
    MEASURED = "measured"
    INSTRUMENT = "needs an instrument"
    PEOPLE = "needs people"
    NOT_APPLICABLE = "not applicable"


class ConformanceError(KioskError):
    """The table of checks makes no sense."""


@dataclass(frozen=True, slots=True)
class Check:
    id: str
    clause: str
    demand: str
    """When it holds."""
    tests: tuple[str, ...]
    """Node ids of pytest, relative to the project; a file stands for all its tests."""
    state: State | None
    """Of a check that no test can back."""
    evidence: str
    """A figure and how it was measured, what is needed, or why it does not apply."""


@dataclass(frozen=True, slots=True)
class Finding:
    check: Check
    state: State
    evidence: str


def read_checks(path: Path = TABLE) -> tuple[Check, ...]:
    """Raises ConformanceError naming the check that is at odds with itself."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConformanceError(f"{path} cannot be read: {error}", "Restore it.") from error
    return tuple(_check(identity, part) for identity, part in written.items())


def _check(identity: str, part: Mapping[str, Any]) -> Check:
    try:
        tests = tuple(str(test) for test in part.get("tests", ()))
        state = State(part["state"]) if "state" in part else None
        check = Check(
            *(identity, part["clause"], part["demand"], tests, state, part.get("evidence", ""))
        )
    except (KeyError, ValueError) as error:
        raise ConformanceError(
            f"{identity} lacks or misspells {error}", "See the others."
        ) from error
    if check.state in (State.PASSED, State.FAILED, State.BACKED):
        raise ConformanceError(f"{identity} claims what only its tests may say", "Name them.")
    if bool(tests) == (state is not None):
        raise ConformanceError(f"{identity} has tests and a state, or neither", "Choose one.")
    if state is not None and not check.evidence:
        raise ConformanceError(f"{identity} gives no evidence or reason", "Give it.")
    return check


def findings(checks: tuple[Check, ...], outcomes: Mapping[str, bool] | None) -> tuple[Finding, ...]:
    """Each check with its state; ``outcomes``: of the tests by node id, if they were run."""
    return tuple(_finding(check, outcomes) for check in checks)


def _finding(check: Check, outcomes: Mapping[str, bool] | None) -> Finding:
    if check.state is not None:
        return Finding(check, check.state, check.evidence)
    named = ", ".join(check.tests) + (f". {check.evidence}" if check.evidence else "")
    if outcomes is None:
        return Finding(check, State.BACKED, named)
    ran = {test: passed for test, passed in outcomes.items() if _of(test, check.tests)}
    failed = sorted(test for test, passed in ran.items() if not passed)
    silent = [test for test in check.tests if not any(_of(name, (test,)) for name in ran)]
    if failed or silent:
        why = f"failed: {', '.join(failed)}" if failed else f"did not run: {', '.join(silent)}"
        return Finding(check, State.FAILED, why)
    return Finding(check, State.PASSED, f"{len(ran)} tests: {named}")


def _of(test: str, names: tuple[str, ...]) -> bool:
    """Whether a test that ran is one of these, or in one of these files."""
    return any(test == name or test.startswith((f"{name}::", f"{name}[")) for name in names)
