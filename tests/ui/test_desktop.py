"""A kiosk without a window manager asks the screen itself how large it is."""

import subprocess
import sys

import pytest

from voicekiosk.virtual.screen import VirtualScreen

ASK = "from voicekiosk.ui.desktop import desktop_size; print(desktop_size())"


def asked(environment: dict[str, str]) -> str:
    command = [sys.executable, "-c", ASK]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("size", [(800, 1280), (1920, 1080)])
def test_upright_or_wide_the_screen_tells_its_size(size):
    with VirtualScreen(*size) as screen:
        assert asked(dict(screen.environment)) == str(size)


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":9876"}])
def test_without_an_x_server_nobody_tells(display):
    assert asked(display) == "None"
