"""``measure packs``: how long a pack takes from the stick to the visitor, and what a visitor
notices while packs are swapped."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.core.content import Command, Content
from voicekiosk.core.messages import Record, Spoken
from voicekiosk.core.screen import ScreenView
from voicekiosk.core.types import Clip, OptionId
from voicekiosk.packs.archive import pack_up
from voicekiosk.packs.shelf import PackShelf, quiet
from voicekiosk.packs.signing import SigningKey, TrustedKeys, make_key, sign
from voicekiosk.packs.watching import PackWatch
from voicekiosk.ports import AudioError, PromptError
from voicekiosk.prompts.pack import Entry, Pack, read_pack, write_pack
from voicekiosk.prompts.store import ClipStore, urgency
from voicekiosk.runtime import Runtime
from voicekiosk.synthesis.best import installed_voices

if TYPE_CHECKING:
    from voicekiosk.app import Places
    from voicekiosk.commands.measure import Figure, Progress, Report

CLIPS = 400
AGAIN_SECONDS = 0.25
"""Between two questions of a visitor while packs are swapped."""
LIFT, HANG_UP = "h", "h"


def packs(report: Report, content: Content, where: Places, runs: int, progress: Progress) -> None:
    with tempfile.TemporaryDirectory(prefix="voicekiosk-") as folder:
        desk = Path(folder)
        progress(f"two signed packs of {CLIPS} clips are made of the packs that came with it")
        make_key(desk / "keys", "measuring")
        files = [_made(where.shipped, desk, version) for version in ("1", "2")]
        report.notes.append(
            f"Each pack has {CLIPS} clips and {files[0].stat().st_size / 1e6:.1f} MB. Sound is "
            "counted until it is handed to the player; the sound card adds what measure latency "
            "tells."
        )
        _stages(report, desk, files[0], runs, progress)
        _swaps(report, content, where, desk, files, runs, progress)
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > cores:
        report.notes.append(
            f"The machine was busy (load {busy:.1f} on {cores} cores): every figure is too long."
        )


def _made(shipped: Sequence[Path], desk: Path, version: str) -> Path:
    """One file with the clips that are needed first, as if somebody had recorded them."""
    entries: dict[Spoken, Entry] = {}
    folder = desk / f"measured-{version}"
    found = [(pack, entry) for pack in map(read_pack, shipped) for entry in pack.entries.values()]
    found.sort(key=lambda each: (urgency(each[1].spoken), each[1].prompt))
    for pack, entry in found[:CLIPS]:
        file = f"{entry.locale}/{Path(entry.file).name}"
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pack.folder / entry.file, folder / file)
        voice = f"voice {version}"
        entries[entry.spoken] = replace(entry, file=file, voice=voice, recorded=True)
    if len(entries) < CLIPS:
        raise PromptError(f"Only {len(entries)} clips came with the kiosk", "Restore its packs.")
    manifest = replace(
        found[0][0].manifest,
        id="measured",
        version=version,
        locales=tuple(dict.fromkeys(spoken.locale for spoken in entries)),
        entries=entries,
    )
    write_pack(Pack(folder, manifest))
    sign(folder, SigningKey.read(desk / "keys" / "secret" / "measuring.key"))
    travelling = desk / f"measured-{version}.vkpack"
    pack_up(folder, travelling, quiet)
    return travelling


def _stages(report: Report, desk: Path, file: Path, runs: int, progress: Progress) -> None:
    stages = ("copy from the stick", "unpack", "check signature, seals and sound", "put away")
    figures = [report.figure(f"import: {stage}") for stage in stages]
    whole = report.figure("import, in all")
    switch = report.figure("activate, with all seals compared again")
    trusted = TrustedKeys.read(desk / "keys")
    for number in range(runs):
        root = desk / f"shelf-{number}"
        shelf, ends = PackShelf(root), {"begin": time.monotonic()}

        def told(what: str, done: int, of: int, ends: dict[str, float] = ends) -> None:
            ends[what] = time.monotonic()

        pack = shelf.install(file, trusted, progress=told)
        ends["end"] = time.monotonic()
        shelf.activate([pack.folder.name])
        switch.values.append(1000 * (time.monotonic() - ends["end"]))
        moments = list(ends.values())
        for figure, before, after in zip(figures, moments, moments[1:], strict=False):
            figure.values.append(1000 * (after - before))
        whole.values.append(1000 * (ends["end"] - ends["begin"]))
        shutil.rmtree(root)
        progress(
            f"{number + 1} of {runs}: import {whole.values[-1]:.0f} ms, "
            f"activate {switch.values[-1]:.0f} ms"
        )


class Loudspeaker:
    """Plays to nobody, and tells when sound began and whose."""

    volume = 1.0

    def __init__(self) -> None:
        self._began = threading.Event()
        self.voices: list[str] = []
        self.at = 0.0

    def open(self, on_change: Callable[[bool], None]) -> None: ...

    def play(
        self,
        clips: Sequence[Clip],
        on_sentence: Callable[[int, int], None],
        on_end: Callable[[], None],
    ) -> None:
        self.at = time.monotonic()
        self.voices = [clip.voice for clip in clips]
        self._began.set()

    def hold(self, held: bool) -> None: ...
    def stop(self) -> None: ...

    def first_sound(self, act: Callable[[], None], into: Figure) -> str:
        """Do something that must be answered. Returns the voice that answers."""
        self._began.clear()
        begin = time.monotonic()
        act()
        if not self._began.wait(10):
            raise AudioError("The kiosk was silent for 10 s", "This is a fault of the kiosk.")
        into.values.append(1000 * (self.at - begin))
        return self.voices[0]


class NoDisplay:
    def show(self, view: ScreenView) -> None: ...
    def hear(self, level: float) -> None: ...


class NoJournal:
    def record(self, entry: Record) -> None: ...


class Visitors:
    """The kiosk without window and sound card, and who stands before it."""

    def __init__(self, content: Content, where: Places, shelf: PackShelf, keys: Path) -> None:
        self.content, self.shelf = content, shelf
        self._voices, self._cache = installed_voices(), where.cache / "clips"
        self._watch = PackWatch(shelf, keys, False, lambda line: None)
        self.player = Loudspeaker()
        clips = self._clips()
        self.runtime = Runtime(content, clips, self.player, None, NoDisplay(), NoJournal())
        clips.prepare(self._watch.prepared)

    def _clips(self) -> ClipStore:
        return ClipStore(self.content, self._watch.folders, self._voices, self._cache)

    def swap(self, names: Sequence[str], switched: threading.Event) -> None:
        """What staff and the kiosk do, beside the visitors."""
        self.shelf.activate(names)
        if not self._watch.look():
            raise PromptError("The kiosk did not see the switch", "This is a fault of the kiosk.")
        clips = self._clips()
        clips.prepare(self._watch.prepared)
        self.runtime.renew(self.content, clips)
        switched.set()

    def lift(self) -> None:
        self.runtime.press(LIFT)

    def hang_up(self) -> None:
        self.runtime.press(HANG_UP)

    def ask(self, command: Command = Command.REPEAT) -> None:
        self.runtime.choose(OptionId(command.option))


def _swaps(
    report: Report,
    content: Content,
    where: Places,
    desk: Path,
    files: Sequence[Path],
    runs: int,
    progress: Progress,
) -> None:
    before = report.figure("first sound, handset lifted: before a swap")
    after = report.figure("first sound, handset lifted: first visit after a swap")
    again = report.figure("first sound of an answer: before a swap")
    during = report.figure("first sound of an answer: while packs are swapped")
    later = report.figure("first sound of an answer: after a swap")
    shelf = PackShelf(desk / "swapping", where.shipped)
    trusted = TrustedKeys.read(desk / "keys")
    names = [shelf.install(file, trusted).folder.name for file in files]
    shelf.activate(names[:1])
    visitors = Visitors(content, where, shelf, desk / "keys")
    player, wrong = visitors.player, 0
    owner = threading.Thread(target=visitors.runtime.run, daemon=True)
    owner.start()
    with ExitStack() as stack:
        stack.callback(visitors.runtime.stop)
        for number in range(runs):
            old, new = (f"voice {1 + (number + step) % 2}" for step in (0, 1))
            heard = [player.first_sound(visitors.lift, before)]
            heard += [player.first_sound(visitors.ask, again) for _ in range(3)]
            switched = threading.Event()
            swap = threading.Thread(
                target=visitors.swap, args=([names[(number + 1) % 2]], switched), daemon=True
            )
            swap.start()
            while not switched.wait(AGAIN_SECONDS):
                heard.append(player.first_sound(visitors.ask, during))
            heard.append(player.first_sound(visitors.ask, during))
            visitors.hang_up()
            fresh = [player.first_sound(visitors.lift, after)]
            fresh += [player.first_sound(visitors.ask, later) for _ in range(3)]
            wrong += sum(voice != old for voice in heard) + sum(voice != new for voice in fresh)
            visitors.hang_up()
            progress(f"{number + 1} of {runs}: {len(heard)} sounds old, {len(fresh)} new")
    owner.join(5)
    report.notes.append(
        f"Of the sounds of visits before, during and after a swap {wrong} came in the wrong voice "
        "or not at all: a visit keeps the voice it began with."
    )
