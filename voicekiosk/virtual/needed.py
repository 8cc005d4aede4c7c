"""Whether this machine has a screen and a sound card, or needs virtual ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"))


def has_sound() -> bool:
    """A sound card, or a sound server that may have one elsewhere."""
    if not sys.platform.startswith("linux") or os.environ.get("PULSE_SERVER"):
        return True
    session = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere")
    if (session / "pulse" / "native").exists() or (session / "pipewire-0").exists():
        return True
    cards = Path("/proc/asound/cards")
    return cards.exists() and "no soundcards" not in cards.read_text(errors="replace")
