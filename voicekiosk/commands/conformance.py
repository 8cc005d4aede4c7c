"""``voicekiosk conformance``: the accessibility checks, one by one, with what backs each."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import voicekiosk
from voicekiosk.conformance.checks import ConformanceError, Finding, State, findings, read_checks
from voicekiosk.conformance.page import page
from voicekiosk.conformance.running import run_tests

DESCRIPTION = """\
Lists the 48 checks that speaking terminals are held to (EN 301 549, ADA 707,
WCAG and others), each with its clause, state and evidence. Those a test backs
are run now, which takes some minutes; --list only names the tests.
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "conformance",
        help="what the accessibility standards ask, and what backs it",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--list", action="store_true", help="run no test, only name them")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the page to read")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write one entry for each check")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    checks = read_checks()
    root = Path(voicekiosk.__file__).resolve().parent.parent
    tests = sorted({test for check in checks for test in check.tests})
    outcomes = None
    if not args.list:
        print(f"running the tests behind {len(checks)} checks", file=sys.stderr)
        outcomes = run_tests(root, tests, _progress)
        print(file=sys.stderr)
    found = findings(checks, outcomes)
    for finding in found:
        print(f"{finding.check.id:>4}  {finding.state:<40}  {finding.check.demand}")
        if finding.state is State.FAILED:
            print(f"      {finding.evidence}")
    states = Counter(finding.state for finding in found)
    print(", ".join(f"{states[state]} {state}" for state in State if states[state]))
    try:
        if args.html:
            args.html.write_text(page(found, date.today()), encoding="utf-8")
        if args.json:
            args.json.write_text(json.dumps(_entries(found), indent=1, ensure_ascii=False), "utf-8")
    except OSError as error:
        raise ConformanceError(f"It cannot be written: {error}", "Choose another place.") from error
    return 1 if states[State.FAILED] else 0


def _entries(found: Sequence[Finding]) -> list[dict[str, str]]:
    return [
        {
            "id": finding.check.id,
            "clause": finding.check.clause,
            "check": finding.check.demand,
            "state": str(finding.state),
            "evidence": finding.evidence,
        }
        for finding in found
    ]


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} tests done ", end="", file=sys.stderr, flush=True)
