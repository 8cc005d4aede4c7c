"""What tells of a hook: a jack that notices a plug, a switch that is a key, a USB handset."""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.hook.report_descriptor import Bit, hook_bit

_EVENT = struct.Struct("@llHHi")
"""Linux ``struct input_event``: seconds, microseconds, type, code, value."""
EV_KEY, EV_SW = 0x01, 0x05
KEY_PHONE = 169
"""The key that a switch under a handset reports: down while the handset is lifted."""
SW_HEADPHONE_INSERT = 0x02
"""linux/input-event-codes.h"""
_WATCHED = {EV_KEY: KEY_PHONE, EV_SW: SW_HEADPHONE_INSERT}
_STATE_OF = {EV_KEY: 0x18, EV_SW: 0x1B}
"""EVIOCGKEY and EVIOCGSW: which keys are down and which switches are on now."""
_STATE_BYTES = 96
_MOST = 4096


@dataclass(frozen=True, slots=True)
class InputEvents:
    """An evdev device with a jack switch or a phone key."""

    node: Path
    kind: int
    code: int

    def lifted_now(self, descriptor: int) -> bool | None:
        """What the device says before anything happens; None when it does not tell."""
        request = 2 << 30 | _STATE_BYTES << 16 | ord("E") << 8 | _STATE_OF[self.kind]
        try:
            state = fcntl.ioctl(descriptor, request, bytes(_STATE_BYTES))
        except OSError:
            return None
        return bool(state[self.code // 8] >> self.code % 8 & 1)

    def lifted_after(self, read: bytes) -> bool | None:
        """What these events say of the hook; None when nothing of it."""
        lifted = None
        for _, _, kind, code, value in _EVENT.iter_unpack(read[: len(read) // 24 * 24]):
            if (kind, code) == (self.kind, self.code) and value != 2:  # 2: the key repeats
                lifted = bool(value)
        return lifted


@dataclass(frozen=True, slots=True)
class TelephoneHeadset:
    """A USB handset that reports its hook as HID usage 0B:20, read through hidraw."""

    node: Path
    bit: Bit

    def lifted_now(self, descriptor: int) -> bool | None:
        return None

    def lifted_after(self, read: bytes) -> bool | None:
        return self.bit.of(read)


HookDevice = InputEvents | TelephoneHeadset


def hook_devices(root: Path = Path("/")) -> Iterator[HookDevice]:
    """Every device that can tell; what cannot be read is none."""
    for entry in sorted((root / "sys/class/input").glob("event*")):
        for kind, name in ((EV_SW, "sw"), (EV_KEY, "key")):
            if _has(entry / "device/capabilities" / name, _WATCHED[kind]):
                yield InputEvents(root / "dev/input" / entry.name, kind, _WATCHED[kind])
    for entry in sorted((root / "sys/class/hidraw").glob("hidraw*")):
        try:
            bit = hook_bit((entry / "device/report_descriptor").read_bytes()[:_MOST])
        except OSError:
            continue
        if bit is not None:
            yield TelephoneHeadset(root / "dev" / entry.name, bit)


def _has(capabilities: Path, code: int) -> bool:
    """Whether a bit is set in what sysfs prints: words in hex, the highest first."""
    try:
        words = [int(word, 16) for word in capabilities.read_text().split()]
    except (OSError, ValueError):
        return False
    width = 8 * struct.calcsize("@l")
    place, bit = divmod(code, width)
    return place < len(words) and bool(words[-1 - place] >> bit & 1)


def open_device(device: HookDevice) -> int:
    """A descriptor that never blocks. Raises OSError."""
    return os.open(device.node, os.O_RDONLY | os.O_NONBLOCK)


def read_device(descriptor: int) -> bytes | None:
    """What has come; nothing when nothing has; None when the device is gone."""
    try:
        return os.read(descriptor, _EVENT.size * 64) or None
    except BlockingIOError:
        return b""
    except OSError:
        return None
