"""A plugin of pytest that writes what became of each test, a line each, as it happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--outcomes", type=Path)


def pytest_configure(config: Any) -> None:
    config.pluginmanager.register(_Writer(config.getoption("--outcomes")))


class _Writer:
    def __init__(self, path: Path) -> None:
        self._path = path

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when == "call" or not report.passed:  # a fixture may fail or skip as well
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{report.outcome} {report.nodeid}\n")
