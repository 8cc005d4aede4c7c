"""How large the screen is, asked of X itself: without a window manager nobody else would tell."""

from __future__ import annotations

import ctypes
import os


def desktop_size() -> tuple[int, int] | None:
    """Pixels across and down; None without an X server: Wayland fits windows itself."""
    if not os.environ.get("DISPLAY"):
        return None
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display:
        return None
    screen = x11.XDefaultScreen(display)
    size = x11.XDisplayWidth(display, screen), x11.XDisplayHeight(display, screen)
    x11.XCloseDisplay(display)
    return size
