"""The switch between sets of packs: forth, back, and back by itself when the new ones fail."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from voicekiosk.packs.active import Active, PackSet, read_active, write_active
from voicekiosk.packs.durable import Disk, locked
from voicekiosk.packs.seals import damage, is_pack
from voicekiosk.ports import PromptError

MOMENT_SECONDS = 10.0
"""For somebody else's switch to end, which takes no time."""


class Switch:
    """active.yaml, changed by one process at a time. Raises PromptError."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self._root = root
        self._disk = disk
        self._begun: Active | None = None

    def state(self) -> Active:
        try:
            return read_active(self._root)
        except PromptError:
            return Active()

    def to(self, wanted: tuple[str, ...]) -> None:
        with self._alone():
            active = self.state()
            if wanted != active.now.packs or active.now.failed:
                self._write(active.switched(PackSet(wanted, proven=not wanted)))

    def back(self) -> tuple[str, ...]:
        with self._alone():
            active = read_active(self._root)
            if active.before is None:
                raise PromptError("No other packs were active before", "See: pack list.")
            back = replace(active.before, starts=0)  # whoever asks for them wants them tried
            for name in back.packs:
                if not is_pack(self._root / "installed" / name):
                    raise vanished(name)
            self._write(active.switched(back))
            return back.packs

    def begin(self) -> list[str]:
        """The kiosk begins with what is active, or with what was before. Returns why."""
        lines: list[str] = []
        self._begun = None
        with self._alone():
            try:
                found = active = read_active(self._root)
            except PromptError:
                return lines
            if not active.now.proven:
                active = self._tried(active, lines)
            if active != found:
                self._write(active)
        self._begun = active
        return lines

    def _tried(self, active: Active, lines: list[str]) -> Active:
        now = active.now
        faults = [f for name in now.packs for f in damage(self._root / "installed" / name)]
        if now.failed or faults:
            why = faults[0] if faults else "the kiosk ended before it could speak with them"
            back = self._last_good(active)
            failed = replace(now, starts=max(now.starts, 1))
            active = replace(active.switched(back), before=failed)
            lines.append(
                f"The new packs failed ({', '.join(now.packs)}: {why}). The kiosk speaks with "
                f"{', '.join(back.packs) or 'the packs it was shipped with'} again"
            )
        now = active.now
        return replace(active, now=replace(now, starts=now.starts + (not now.proven)))

    def _last_good(self, active: Active) -> PackSet:
        back = active.before
        installed = self._root / "installed"
        if back and not back.failed and all(is_pack(installed / name) for name in back.packs):
            return back
        return PackSet()

    def proven(self) -> None:
        self._judge(lambda now: replace(now, proven=True, starts=0))

    def stopped(self) -> None:
        self._judge(lambda now: replace(now, starts=0))

    def _judge(self, verdict: Callable[[PackSet], PackSet]) -> None:
        begun, self._begun = self._begun, None
        if begun is None or begun.now.proven:
            return
        with self._alone():
            active = read_active(self._root)
            if (active.generation, active.now) == (begun.generation, begun.now):
                self._write(replace(active, now=verdict(active.now)))

    def _write(self, active: Active) -> None:
        write_active(self._root, active, self._disk)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with mended(self._root):
            self._disk.make(self._root)
            with locked(self._root / "switch", MOMENT_SECONDS):
                yield


@contextmanager
def mended(root: Path) -> Iterator[None]:
    """An error of the disk as a person can mend it."""
    try:
        yield
    except OSError as error:
        mend = "See that the folder can be written, then try again."
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            mend = "Free space: voicekiosk pack list, then voicekiosk pack remove NAME."
        raise PromptError(
            f"{root} cannot be written: {error.strerror or error}; what the kiosk speaks "
            "with has not changed",
            mend,
        ) from error


def vanished(name: str) -> PromptError:
    return PromptError(
        f"The pack {name} is no longer in the folder of packs", "Import and activate it again."
    )
