"""The staff PIN: kept as a scrypt hash, and every wrong try makes the next one wait longer."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from voicekiosk.core.staff import LONGEST_PIN, SHORTEST_PIN
from voicekiosk.ports import KioskError

PIN_FILE, TRIES_FILE = "staff.yaml", "staff-tries.json"
LONGEST_WAIT = 300
_COST = {"n": 2**14, "r": 8, "p": 1}
_HEADER = "# Written by `voicekiosk staff pin`. The PIN itself is not in here.\n"
_MEND = "Set it again: voicekiosk staff pin"


class StaffError(KioskError):
    """The PIN cannot be set, read or counted."""


class Pin:
    """Each try is written down before it is judged: pulling the plug wins no further one."""

    def __init__(self, config: Path, tries: Path, clock: Callable[[], float] = time.time) -> None:
        """``config``: staff.yaml. ``tries``: where wrong tries are counted, beyond a restart."""
        self._config = config
        self._tries = tries
        self._clock = clock

    @property
    def is_set(self) -> bool:
        return self._config.is_file()

    def set(self, pin: str) -> None:
        """Raises StaffError when it is no PIN, or cannot be written."""
        if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
            raise StaffError(
                "That is no PIN", f"Choose {SHORTEST_PIN} to {LONGEST_PIN} digits, e.g. 4 at random"
            )
        if len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210":
            raise StaffError("Everybody tries that PIN first", "Choose digits in no such order")
        salt = secrets.token_bytes(16)
        lines = (f"salt: {salt.hex()}", f"scrypt: {_hashed(pin, salt).hex()}")
        _write(self._config, _HEADER + "\n".join(lines) + "\n")
        self._tries.unlink(missing_ok=True)

    def wait(self) -> int:
        """Whole seconds until the next try is allowed."""
        wrong, last = self._counted()
        if not wrong:
            return 0
        pause = _pause(wrong)
        # A clock that was set back must not lock staff out for longer than the pause itself.
        return math.ceil(min(max(last + pause - self._clock(), 0), pause))

    def judge(self, pin: str) -> bool:
        """Raises StaffError when the file is spoilt or the try cannot be written down."""
        if self.wait():
            return False
        salt, known = self._read()
        wrong, _ = self._counted()
        tried = json.dumps({"wrong": wrong + 1, "last": self._clock()})
        _write(self._tries, tried)
        if not hmac.compare_digest(_hashed(pin, salt), known):
            return False
        self._tries.unlink(missing_ok=True)
        return True

    def _read(self) -> tuple[bytes, bytes]:
        try:
            text = self._config.read_text("utf-8")
            fields = dict(
                line.split(": ", 1) for line in text.splitlines() if not line.startswith("#")
            )
            return bytes.fromhex(fields["salt"]), bytes.fromhex(fields["scrypt"])
        except (OSError, ValueError, KeyError) as error:
            raise StaffError(f"{self._config} cannot be read ({error})", _MEND) from error

    def _counted(self) -> tuple[int, float]:
        """Wrong tries so far, and when the last was. A spoilt count is no new start."""
        try:
            counted = json.loads(self._tries.read_text("utf-8"))
            return max(int(counted["wrong"]), 0), float(counted["last"])
        except FileNotFoundError:
            return 0, 0.0
        except (OSError, ValueError, TypeError, KeyError):
            return 10, self._changed()

    def _changed(self) -> float:
        try:
            return self._tries.stat().st_mtime
        except OSError:
            return self._clock()


def _pause(wrong: int) -> int:
    return int(min(2 ** min(wrong - 1, 20), LONGEST_WAIT))


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, dklen=32, maxmem=2**26, **_COST)


def _write(path: Path, text: str) -> None:
    """Whole or not at all, for its owner's eyes. Raises StaffError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # 0600 by itself
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise StaffError(
            f"{path} cannot be written ({error.strerror or error})",
            "Give its folder to the user that runs the kiosk, on a disk with free space",
        ) from error
