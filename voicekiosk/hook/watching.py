"""Watches every device that tells of a hook, and finds those that are plugged in later."""

from __future__ import annotations

import logging
import os
import selectors
import threading
from collections.abc import Callable
from pathlib import Path

from voicekiosk.hook.devices import HookDevice, hook_devices, open_device, read_device

LOOK_EVERY_SECONDS = 1.0

log = logging.getLogger(__name__)


class HookWatch:
    """Calls back with True when the handset is lifted or a headset plugged in, else with False.

    With several devices it is lifted while any of them says so. A device that is pulled out
    counts as hung up: nobody can listen through it any longer.
    """

    def __init__(self, on_change: Callable[[bool], None], root: Path = Path("/")) -> None:
        self._on_change = on_change
        self._root = root
        self._selector = selectors.DefaultSelector()
        self._open: dict[HookDevice, int] = {}
        self._refused: set[HookDevice] = set()
        self._lifted: set[HookDevice] = set()
        self._told = False
        self._wake, self._waker = os.pipe()
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="hook", daemon=True)

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        if self._thread.is_alive():
            os.write(self._waker, b".")
            self._thread.join(5)

    def _run(self) -> None:
        try:
            self._find()
            while True:
                ready = self._selector.select(LOOK_EVERY_SECONDS)
                if any(key.fd == self._wake for key, _ in ready):
                    return
                for key, _ in ready:
                    self._read(key.data)
                if not ready:
                    self._find()
                self._tell()
        finally:
            for device in tuple(self._open):
                self._lose(device)
            self._selector.close()

    def _find(self) -> None:
        there = set(hook_devices(self._root))
        for device in tuple(self._open):
            if device not in there:
                self._lose(device)
        self._refused &= there
        for device in there - self._open.keys() - self._refused:
            try:
                descriptor = open_device(device)
            except OSError as error:
                self._refused.add(device)
                log.warning(
                    "the hook at %s cannot be read (%s): give the kiosk's user the group input",
                    device.node,
                    error.strerror,
                )
                continue
            self._open[device] = descriptor
            self._selector.register(descriptor, selectors.EVENT_READ, device)
            self._note(device, device.lifted_now(descriptor))
        self._tell()

    def _read(self, device: HookDevice) -> None:
        if device not in self._open:
            return
        read = read_device(self._open[device])
        if read is None:
            self._lose(device)
        else:
            self._note(device, device.lifted_after(read))

    def _lose(self, device: HookDevice) -> None:
        descriptor = self._open.pop(device)
        self._selector.unregister(descriptor)
        os.close(descriptor)
        self._lifted.discard(device)

    def _note(self, device: HookDevice, lifted: bool | None) -> None:
        if lifted is True:
            self._lifted.add(device)
        elif lifted is False:
            self._lifted.discard(device)

    def _tell(self) -> None:
        lifted = bool(self._lifted)
        if lifted != self._told:
            self._told = lifted
            self._on_change(lifted)
