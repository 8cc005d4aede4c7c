"""Runs the tests behind the checks as the project's own test command would."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from voicekiosk.conformance.checks import ConformanceError

_COLLECTOR = "voicekiosk.conformance.outcomes"


def run_tests(
    root: Path, tests: Sequence[str], progress: Callable[[int], None]
) -> Mapping[str, bool]:
    """Whether each test passed, by node id; a skipped test did not. Raises ConformanceError.

    ``root``: the project's folder. ``progress`` is called with the number of tests done.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "outcomes.txt"
        command = [sys.executable, "-m", "pytest", "-q", "-p", _COLLECTOR, *sorted(set(tests))]
        try:
            process = subprocess.Popen(
                [*command, f"--outcomes={out}"],
                cwd=root,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        except OSError as error:
            raise ConformanceError(f"The tests cannot be run: {error}", "") from error
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said = line.strip() or said
            progress(len(out.read_text().splitlines()) if out.exists() else 0)
        process.wait()
        if not out.exists():
            raise ConformanceError(
                f"The tests were not run: {said[:300]}",
                "They need the project's own environment: ./kiosk conformance.",
            )
        outcomes: dict[str, bool] = {}
        for line in out.read_text(encoding="utf-8").splitlines():
            passed, _, test = line.partition(" ")
            outcomes[test] = outcomes.get(test, True) and passed == "passed"
        return outcomes
