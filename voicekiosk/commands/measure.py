"""``voicekiosk measure``: how fast the real kiosk is, on a virtual screen and handset."""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from voicekiosk.commands import measure_calibrate, measure_listening, measure_proof, measure_walkers
from voicekiosk.ports import KioskError

RUNS = {"latency": 20, "answer": 24, "start": 5, "packs": 5}
WHAT = {
    "latency": "from a key to the first sound, beside Kivy's SoundLoader and pyttsx3",
    "answer": "from the end of a spoken word to the new screen",
    "start": "from the command to the first spoken word; memory and idle CPU",
    "packs": "from a pack on a stick to its first word, and what a visitor hears meanwhile",
}


@dataclass
class Figure:
    """One thing that was measured several times."""

    what: str
    unit: str = "ms"
    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """Nearest rank: one of the measured values, never better than what happened."""
        return sorted(self.values)[math.ceil(0.95 * len(self.values)) - 1]


@dataclass
class Report:
    """Every figure of a measurement, and what must be known to read them."""

    measured: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def figure(self, what: str, unit: str = "ms") -> Figure:
        self.figures.append(Figure(what, unit))
        return self.figures[-1]

    def table(self) -> str:
        rows = [("", "n", "median", "p95", "worst", "")]
        for each in self.figures:
            if not each.values:
                rows.append((each.what, "0", "-", "-", "-", ""))
                continue
            middle, slow, worst = map(_shown, (each.median, each.p95, max(each.values)))
            rows.append((each.what, str(len(each.values)), middle, slow, worst, each.unit))
        wide = max(len(row[0]) for row in rows)
        lines = [
            f"{row[0]:{wide}}  {row[1]:>3}  {row[2]:>8}  {row[3]:>8}  {row[4]:>8}  {row[5]}"
            for row in rows
        ]
        return "\n".join(line.rstrip() for line in (*lines, *self.notes))

    def as_json(self) -> str:
        figures = [
            {
                "what": each.what,
                "unit": each.unit,
                "n": len(each.values),
                "median": round(each.median, 2) if each.values else None,
                "p95": round(each.p95, 2) if each.values else None,
                "values": [round(value, 2) for value in each.values],
            }
            for each in self.figures
        ]
        machine = {
            "system": platform.platform(),
            "cores": os.cpu_count(),
            "load": [round(load, 2) for load in os.getloadavg()],
            "python": platform.python_version(),
        }
        whole = {
            "measured": self.measured,
            "machine": machine,
            "figures": figures,
            "notes": self.notes,
        }
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _shown(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.2f}"


Progress = Callable[[str], None]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "measure",
        help="measure how fast the kiosk is, and how well it listens",
        description="Runs the real kiosk on a virtual screen and handset and measures it, or "
        "its listening on recordings. "
        "Other work on the machine moves the figures: compare only what ran side by side.",
    )
    kinds = parser.add_subparsers(dest="measurement", metavar="WHAT", required=True)
    for name, what in WHAT.items():
        kind = kinds.add_parser(name, help=what, description=what.capitalize() + ".")
        kind.add_argument("--runs", type=_runs, default=RUNS[name], metavar="N")
        kind.add_argument("--out", type=Path, metavar="FILE.json", help="every single value too")
        kind.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    measure_listening.add_parser(kinds)
    measure_calibrate.add_parser(kinds)
    measure_proof.add_parser(kinds)
    measure_walkers.add_parser(kinds)
    parser.set_defaults(run=run)


def _runs(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError("at least 1")
    return int(text)


def run(args: argparse.Namespace) -> int:
    if args.measurement == "listening":
        return measure_listening.run(args)
    if args.measurement == "calibrate":
        return measure_calibrate.run(args)
    if args.measurement == "proof":
        return measure_proof.run(args)
    if args.measurement == "walkers":
        return measure_walkers.run(args)
    report = Report(args.measurement)
    try:
        _measure(args, report)
    except KioskError:
        if any(figure.values for figure in report.figures):
            print("Broken off; until then:\n" + report.table())
        raise
    print(report.table())
    if args.out:
        try:
            args.out.parent.mkdir(parents=True, exist_ok=True)
            args.out.write_text(report.as_json(), encoding="utf-8")
        except OSError as error:
            raise KioskError(f"{args.out} cannot be written: {error}", "Choose another.") from error
    return 0


def _measure(args: argparse.Namespace, report: Report) -> None:
    from voicekiosk.app import places
    from voicekiosk.loading import load

    where = places(content=args.content)
    content = load(where.content)
    if args.measurement == "latency":
        from voicekiosk.commands.measure_latency import latency

        latency(report, content, where, args.runs, progress)
    elif args.measurement == "answer":
        from voicekiosk.commands.measure_answer import answer

        answer(report, content, where, args.runs, progress)
    elif args.measurement == "packs":
        from voicekiosk.commands.measure_packs import packs

        packs(report, content, where, args.runs, progress)
    else:
        from voicekiosk.commands.measure_start import start

        start(report, where, args.runs, progress)


def progress(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)
