"""Runs a sitting of somebody who is recorded: window, owner, voice and microphone as one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any, Protocol

from voicekiosk.core.messages import SpeakerLost, SpeakerRestored, Spoken
from voicekiosk.ports import Clips, KioskError, Microphone, Player, PromptError
from voicekiosk.recording.recorder import Recorder

VOLUME_STEP = 0.2
_PATIENCE_SECONDS = 10.0


class Loudspeaker(Player, Protocol):
    """A player that gives its device back."""

    def close(self) -> None: ...


class Window(Protocol):
    """What a sitting needs of a window; ``run`` returns when it is closed."""

    ready: Callable[[], None]

    def run(self) -> None: ...
    def close(self) -> None: ...


class Session(Protocol):
    """The one thread that decides."""

    def run(self) -> None: ...
    def stop(self) -> None: ...
    def post(self, event: Any, /) -> None:  # each session has events of its own
        ...


def hold_sitting(
    window: Window,
    session: Session,
    sound: tuple[Loudspeaker, Microphone, Recorder],
    clips: Clips,
    needed: Iterable[Spoken],
    warn: Callable[[KioskError], None],
) -> None:
    """Until the window is closed, the session ends or the system asks; everything closed after.

    What will be ``needed`` is rendered meanwhile. Raises whatever ended the session.
    """
    player, microphone, recorder = sound
    ending = threading.Event()
    broken: list[BaseException] = []

    def end(_number: int, _frame: FrameType | None) -> None:
        ending.set()
        window.close()

    def own() -> None:
        try:
            session.run()
        except BaseException as error:
            broken.append(error)
        finally:
            window.close()

    def prepare() -> None:
        for spoken in needed:
            if ending.is_set():
                return
            try:
                clips.clip(spoken)
            except PromptError as error:
                warn(error)

    recorder.open(microphone)
    player.open(lambda back: session.post(SpeakerRestored() if back else SpeakerLost()))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    owner = threading.Thread(target=own, name="owner", daemon=True)
    window.ready = owner.start
    preparing = threading.Thread(target=prepare, name="preparing", daemon=True)
    preparing.start()
    try:
        window.run()
    finally:
        ending.set()
        # A voice that still speaks when the process is torn down takes it down with a fault.
        preparing.join(_PATIENCE_SECONDS)
        session.stop()
        if owner.ident is not None:
            owner.join(_PATIENCE_SECONDS)
        microphone.close()
        recorder.close()
        player.close()
    if broken:
        raise broken[0]


def turn_volume(player: Player, key: str) -> bool:
    """True when the key was louder or softer, and that is done."""
    if key not in ("+", "-"):
        return False
    player.volume += VOLUME_STEP if key == "+" else -VOLUME_STEP
    return True
