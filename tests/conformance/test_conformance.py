"""The conformance page claims what a test or a measurement backs, and nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from voicekiosk.commands import conformance
from voicekiosk.conformance.checks import ConformanceError, State, findings, read_checks
from voicekiosk.conformance.running import run_tests

ROOT = Path(__file__).parents[2]
CHECKS = read_checks()


def test_all_forty_eight_are_there_each_with_its_clause():
    assert [check.id for check in CHECKS] == [f"C{number}" for number in range(1, 49)]
    assert all(check.clause and check.demand for check in CHECKS)


def test_every_test_that_is_named_exists():
    named = sorted({test for check in CHECKS for test in check.tests})
    collected = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *named],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert collected.returncode == 0, collected.stdout[-2000:]


def test_without_a_run_nothing_is_called_passed():
    states = {finding.state for finding in findings(CHECKS, None)}
    assert State.BACKED in states
    assert State.PASSED not in states


def test_a_check_passes_when_all_its_tests_ran_and_passed():
    check = next(check for check in CHECKS if check.id == "C26")
    (test,) = check.tests
    assert findings((check,), {test: True})[0].state is State.PASSED
    assert findings((check,), {f"{test}[key]": True, f"{test}[7]": False})[0].state is State.FAILED
    assert findings((check,), {"tests/other.py::test": True})[0].state is State.FAILED


def test_a_run_tells_which_tests_passed_and_which_did_not(tmp_path):
    (tmp_path / "test_two.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert 0\n"
        "@pytest.mark.skip\n"
        "def test_skipped(): pass\n"
    )
    told = []
    outcomes = run_tests(tmp_path, ["test_two.py"], told.append)
    assert outcomes == {
        "test_two.py::test_good": True,
        "test_two.py::test_bad": False,
        "test_two.py::test_skipped": False,
    }
    assert told


@pytest.mark.parametrize(
    "part",
    [
        'state = "passed"\nevidence = "believe me"',
        'state = "measured"',
        'state = "fine"\nevidence = "x"',
        "",
        'tests = ["tests/x.py"]\nstate = "measured"\nevidence = "x"',
    ],
)
def test_a_check_that_claims_too_much_or_gives_no_reason_is_refused(tmp_path, part):
    table = tmp_path / "checks.toml"
    table.write_text(f'[C1]\nclause = "EN 1"\ndemand = "Good."\n{part}\n')
    with pytest.raises(ConformanceError, match="C1"):
        read_checks(table)


def test_the_page_and_the_file_list_all_of_them(tmp_path, capsys):
    page, file = tmp_path / "page.html", tmp_path / "checks.json"
    args = conformance_arguments("--list", "--html", str(page), "--json", str(file))
    assert conformance.run(args) == 0
    entries = json.loads(file.read_text("utf-8"))
    assert [entry["id"] for entry in entries] == [check.id for check in CHECKS]
    assert all(entry["state"] and entry["evidence"] and entry["clause"] for entry in entries)
    assert len(re.findall(r'<tr id="C\d+">', page.read_text("utf-8"))) == 48
    assert "C48" in capsys.readouterr().out


def conformance_arguments(*words: str):
    import argparse

    parser = argparse.ArgumentParser()
    conformance.add_parser(parser.add_subparsers())
    return parser.parse_args(["conformance", *words])
