"""``measure start``: from the command to the first spoken word; memory and idle CPU."""

from __future__ import annotations

import os
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.commands.measure_instruments import Keyboard, Recorder, Watch, kiosk_process
from voicekiosk.ports import AudioError
from voicekiosk.virtual.visit import visit

if TYPE_CHECKING:
    from voicekiosk.app import Places
    from voicekiosk.commands.measure import Progress, Report

IDLE_SECONDS = 20.0


class FirstVisitor(threading.Thread):
    """Stands before the dark screen and lifts the handset the moment it shows something."""

    def __init__(self, watch: Watch, keys: Keyboard) -> None:
        super().__init__(daemon=True)
        self._watch = watch
        self._keys = keys
        self._gone = threading.Event()
        self.shown: float | None = None
        self.lifted = 0.0

    def run(self) -> None:
        while not self._gone.wait(0.005):
            if self._watch.shows_something():
                self.shown = time.monotonic()
                self.lifted = self._keys.press("h")
                return

    def leave(self) -> None:
        self._gone.set()
        self.join(5)


def memory(process: Path, name: str) -> float:
    """Megabytes of VmHWM or VmRSS."""
    for line in (process / "status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu_seconds(process: Path) -> float:
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start(report: Report, where: Places, runs: int, progress: Progress) -> None:
    picture = report.figure("command to the first picture", "s")
    word = report.figure("command to the first word, lifted at the first picture", "s")
    lift = report.figure("of that: handset lifted to the first word", "s")
    listening = report.figure("command to listening in both languages", "s")
    peak = report.figure("memory, peak (VmHWM), listening", "MB")
    resident = report.figure("memory now (VmRSS), listening", "MB")
    idle = report.figure(f"CPU while nobody is there, over {IDLE_SECONDS:.0f} s", "%")
    progress("a first start renders and compiles what is missing; it is not counted")
    with visit() as guest:
        guest.start("--content", str(where.content))
        guest.wait_until_ready(600)
    for number in range(runs):
        with ExitStack() as stack:
            guest = stack.enter_context(visit())
            ear = stack.enter_context(Recorder(guest.handset, "speaker.monitor"))
            watch = Watch(guest.screen)
            stack.callback(watch.close)
            keys = Keyboard(guest.screen)
            stack.callback(keys.close)
            visitor = FirstVisitor(watch, keys)
            stack.callback(visitor.leave)
            heard_of: list[float] = []
            waiting = threading.Thread(
                target=_wait_until, args=(guest.home / "kiosk.log", heard_of), daemon=True
            )
            visitor.start()
            waiting.start()
            begin = time.monotonic()
            guest.start("--content", str(where.content))
            guest.wait(lambda v=visitor: v.shown is not None, "the first picture")  # type: ignore[misc]
            first = ear.wait_for_sound(begin, 60)
            assert visitor.shown is not None
            picture.values.append(visitor.shown - begin)
            word.values.append(first - begin)
            lift.values.append(first - visitor.lifted)
            guest.wait_until_ready(600)
            waiting.join(5)
            if not heard_of:
                raise AudioError("The kiosk does not listen", f"It said: {guest.log[-500:]}")
            listening.values.append(heard_of[0] - begin)
            process = kiosk_process()
            peak.values.append(memory(process, "VmHWM"))
            resident.values.append(memory(process, "VmRSS"))
            before = len(guest.journal())
            keys.press("h")
            guest.wait_for_line(after=before, what="ended")
            ear.wait_for_silence(1.0)
            used, since = cpu_seconds(process), time.monotonic()
            guest.listen_for(IDLE_SECONDS)
            passed = time.monotonic() - since
            idle.values.append(100 * (cpu_seconds(process) - used) / passed)
        progress(
            f"{number + 1} of {runs}: picture {picture.values[-1]:.2f} s, first word "
            f"{word.values[-1]:.2f} s, {peak.values[-1]:.0f} MB, idle {idle.values[-1]:.1f} %"
        )
    report.notes.append(
        "100 % is one core. Warm: clips and the model of the content are in the cache."
    )


def _wait_until(log: Path, moments: list[float], seconds: float = 600) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if log.exists() and "voicekiosk: listening" in log.read_text(errors="replace"):
            moments.append(time.monotonic())
            return
        time.sleep(0.01)
