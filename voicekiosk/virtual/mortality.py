"""Virtual devices end with the kiosk that started them, even when it is killed."""

from __future__ import annotations

import shutil


def mortal(*command: str) -> list[str]:
    """The command, asked by the kernel to end when its parent is gone (Linux, util-linux)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", *command] if setpriv else list(command)
