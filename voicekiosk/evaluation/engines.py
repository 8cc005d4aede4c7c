"""Plays the trials to recognizers, in processes of their own, and keeps what came of each."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

import numpy as np

from voicekiosk.core.content import Bands
from voicekiosk.core.matching import Accept, Confirm, decide
from voicekiosk.core.messages import Utterance
from voicekiosk.core.types import Locale, OptionId
from voicekiosk.evaluation.conditions import BEFORE, TALKERS, Condition, heard
from voicekiosk.evaluation.corpus import Recording, Sound, load_sound
from voicekiosk.evaluation.trials import Menu, Trial
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, KioskError, Recognizer

FRAME_BYTES = 2 * FRAME_SAMPLES
ACCEPTED, ASKED, AMISS, REFUSED, WRONG = "accepted", "asked", "asked amiss", "refused", "wrong"
"""What the kiosk would have done. Amiss: it asked, and what was said was not among the choices."""
_BEST = Bands(accept=0.0, confirm=0.0, margin=0.0)


@dataclass(frozen=True, slots=True)
class Engine:
    """Anything that recognizes through the port."""

    name: str
    make: Callable[[], Recognizer]
    """Called in another process: a function of a module, or a partial of one."""
    calibrated: bool = True
    """False when its confidence is no certainty: the content's bands then say little."""


@runtime_checkable
class Choosy(Protocol):
    """A recognizer that may not know every word it is asked to learn."""

    @property
    def unknown_words(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """One recording under one condition, judged by one engine."""

    engine: str
    menu: str
    condition: str
    recording: int
    said: str
    """The option that was meant, or what an imposter said."""
    heard: str | None
    """The option that was believed most, even when it was refused."""
    inside: bool
    right: bool
    score: float
    """The certainty of ``heard``, 0 when nothing was heard."""
    verdict: str
    """One of ACCEPTED, ASKED, AMISS, REFUSED, WRONG; ACCEPTED is WRONG for an imposter."""
    locale: Locale
    speaker: str
    group: str
    deciding: float
    """Seconds from the last frame to the answer."""
    deciding_busy: float
    """Seconds of processor time in that: less, when other work kept the processor away."""
    computing: float
    """Seconds of processor time in all."""
    lasting: float
    """Seconds of sound."""


@dataclass(slots=True)
class Session:
    """All that came of it."""

    outcomes: list[Outcome] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    """Recordings that could not be played, and why."""
    failures: dict[str, str] = field(default_factory=dict)
    """Engines that could not be measured, or not to the end, and why."""
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that an engine cannot hear, because it does not know them."""


@dataclass(frozen=True, slots=True)
class _Task:
    engine: Engine
    menu: Menu
    conditions: tuple[Condition, ...]
    seed: int


@dataclass(slots=True)
class _Desk:
    """What one process keeps between tasks."""

    recordings: Sequence[Recording] = ()
    recognizers: dict[str, Recognizer] = field(default_factory=dict)
    learnt: dict[str, object] = field(default_factory=dict)


_desk = _Desk()


def evaluate(
    engines: Sequence[Engine],
    menus: Sequence[Menu],
    conditions: Sequence[Condition],
    recordings: Sequence[Recording],
    *,
    seed: int = 1,
    jobs: int = 1,
    progress: Callable[[str], None] = lambda line: None,
) -> Session:
    """Every engine on the same trials. An engine that fails leaves the others standing."""
    session = Session()
    for engine in engines:
        # A process of its own each: an engine that crashes takes nothing along.
        started = time.monotonic()
        tasks = [_Task(engine, menu, tuple(conditions), seed) for menu in menus]
        for done, part in enumerate(_performed(tasks, recordings, jobs), 1):
            session.outcomes += part.outcomes
            session.faults |= part.faults
            session.failures |= part.failures
            for name, words in part.unknown.items():
                known = session.unknown.get(name, ())
                session.unknown[name] = tuple(sorted({*known, *words}))
            spent = time.monotonic() - started
            left = spent / done * (len(tasks) - done)
            progress(f"{engine.name}: {done} of {len(tasks)} menus, about {left:.0f} s left")
    # As they were asked for, whichever process was ready first.
    order = {name: n for n, name in enumerate(dict.fromkeys(menu.name for menu in menus))}
    order |= {condition.name: n for n, condition in enumerate(conditions)}
    place = {engine.name: n for n, engine in enumerate(engines)}
    session.outcomes.sort(
        key=lambda o: (order[o.menu], order[o.condition], place[o.engine], o.recording)
    )
    return session


def _performed(
    tasks: Sequence[_Task], recordings: Sequence[Recording], jobs: int
) -> Iterator[Session]:
    if not tasks:
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, _sit_down, (tuple(recordings),))
    try:
        running: list[Future[Session]] = [pool.submit(_perform, task) for task in tasks]
        for future in as_completed(running):
            try:
                part = future.result()
            except BrokenProcessPool:
                name = tasks[0].engine.name
                yield Session(failures={name: "it ended the process it ran in"})
                return
            yield part
            if part.failures:
                return
    finally:
        pool.shutdown(cancel_futures=True)


def _sit_down(recordings: Sequence[Recording]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    _desk.recordings = recordings


def _perform(task: _Task) -> Session:
    session = Session()
    engine, menu = task.engine, task.menu
    try:
        if engine.name not in _desk.recognizers:
            _desk.recognizers[engine.name] = engine.make()
        recognizer = _desk.recognizers[engine.name]
        if _desk.learnt.get(engine.name) != menu.phrases:
            recognizer.learn(menu.phrases)
            _desk.learnt[engine.name] = menu.phrases
        if isinstance(recognizer, Choosy) and recognizer.unknown_words:
            session.unknown[engine.name] = tuple(recognizer.unknown_words)
        for trial in menu.trials:
            try:
                sound = load_sound(_desk.recordings[trial.recording].file)
            except KioskError as error:
                session.faults[_desk.recordings[trial.recording].file.name] = error.what
                continue
            for condition in task.conditions:
                session.outcomes.append(_tried(recognizer, task, trial, condition, sound))
    # Whatever is raised here would have to travel between processes: only its words do.
    except KioskError as error:
        session.failures[engine.name] = f"{error.what}. {error.mend}"
    except Exception as error:
        session.failures[engine.name] = f"{type(error).__name__}: {error}"
    return session


def _tried(
    recognizer: Recognizer, task: _Task, trial: Trial, condition: Condition, sound: Sound
) -> Outcome:
    recording = _desk.recordings[trial.recording]
    # The same noise for every engine and every menu: they are compared on the same sound.
    seed = [task.seed, trial.recording, *condition.name.encode()]
    luck = np.random.default_rng(seed)
    frames = heard(sound, condition, luck, _others(recording, condition, luck))
    offered = frozenset(task.menu.offered)
    started = time.process_time()
    recognizer.begin(offered)
    for at in range(0, len(frames), FRAME_BYTES):
        recognizer.accept(frames[at : at + FRAME_BYTES])
    last, before = time.perf_counter(), time.process_time()
    utterance = recognizer.finish()
    done, computed = time.perf_counter(), time.process_time()
    return replace(
        judged(utterance, task.menu, trial, recording),
        engine=task.engine.name,
        condition=condition.name,
        deciding=done - last,
        deciding_busy=computed - before,
        computing=computed - started,
        lasting=len(frames) / 2 / FRAME_RATE,
    )


def judged(utterance: Utterance, menu: Menu, trial: Trial, recording: Recording) -> Outcome:
    """What the dialogue would do about an utterance, held against what was really said."""
    here = {m.option for phrase in menu.offered for m in menu.meanings.get(phrase, ())}
    arguments = (recording.locale, here)
    decision = decide(utterance, menu.meanings, menu.bands, *arguments)
    best = decide(utterance, menu.meanings, _BEST, *arguments)
    believed: OptionId | None = best.option if isinstance(best, Accept) else None
    score = sum(
        c.confidence
        for c in utterance.candidates
        if any(m.option == believed for m in menu.meanings.get(c.phrase, ()))
    )
    if isinstance(decision, Accept):
        verdict = ACCEPTED if decision.option in trial.targets else WRONG
    elif isinstance(decision, Confirm):
        verdict = ASKED if set(decision.options) & set(trial.targets) else AMISS
    else:
        verdict = REFUSED
    return Outcome(
        engine="",
        menu=menu.name,
        condition="",
        recording=trial.recording,
        said=trial.targets[0] if trial.inside else recording.text,
        heard=believed,
        inside=trial.inside,
        right=believed in trial.targets,
        score=min(score, 1.0),
        verdict=verdict,
        locale=recording.locale,
        speaker=recording.speaker,
        group=recording.group,
        deciding=0.0,
        deciding_busy=0.0,
        computing=0.0,
        lasting=BEFORE / FRAME_RATE,
    )


def _others(recording: Recording, condition: Condition, luck: np.random.Generator) -> list[Sound]:
    """Other words to babble with: of other speakers, where there are enough of them."""
    if condition.noise != "babble":
        return []
    rest = [r for r in _desk.recordings if r.text != recording.text]
    strangers = [r for r in rest if r.speaker != recording.speaker]
    pool = strangers if len(strangers) >= TALKERS else rest
    found = []
    for _ in range(min(2 * TALKERS, len(pool))):
        try:
            found.append(load_sound(pool[int(luck.integers(len(pool)))].file))
        except KioskError:
            continue
    return found
