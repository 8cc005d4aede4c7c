"""Sticks come and go, carry packs and other things, and are pulled out at any moment."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from voicekiosk.ports import AudioError, KioskError
from voicekiosk.staff.errors import LastErrors, LostDevices
from voicekiosk.staff.sticks import StickWatch


def test_a_stick_with_a_pack_is_news_once(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    watch = StickWatch(stick)
    assert not watch.look()
    stick.mkdir()
    assert not watch.look(), "an empty stick asks for nothing"
    assert watch.found.sticks == (stick,)
    (stick / "aigul-1.vkpack").touch()
    assert watch.look()
    assert watch.found.packs == (stick / "aigul-1.vkpack",)
    assert not watch.look()


def test_a_stick_that_was_out_is_news_again(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "one.vkpack").touch()
    watch = StickWatch(stick)
    assert watch.look()
    stick.rename(tmp_path / "pocket")
    assert not watch.look()
    assert not watch.found.sticks and not watch.found.packs
    (tmp_path / "pocket").rename(stick)
    assert watch.look()


def test_packs_are_found_in_folders_one_deep_and_nowhere_else(tmp_path: Path) -> None:
    for name in ("A.VKPACK", "voices/b.vkpack", "voices/deep/c.vkpack", ".trash/d.vkpack", "e.zip"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "._A.vkpack").touch()  # what another system leaves beside a file
    (tmp_path / "folder.vkpack").mkdir()
    watch = StickWatch(tmp_path)
    watch.look()
    assert [p.name for p in watch.found.packs] == ["A.VKPACK", "b.vkpack"]


def test_a_link_on_a_stick_leads_nowhere(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    secret = tmp_path / "elsewhere.vkpack"
    secret.touch()
    (stick / "a.vkpack").symlink_to(secret)
    (stick / "folder").symlink_to(tmp_path)
    os.mkfifo(stick / "pipe.vkpack")
    watch = StickWatch(stick)
    assert not watch.look()


def test_every_stick_that_is_in_is_looked_at(tmp_path: Path) -> None:
    sticks = [tmp_path / "one", tmp_path / "two"]
    for stick in sticks:
        stick.mkdir()
        (stick / "pack.vkpack").touch()
    watch = StickWatch(media=lambda: [*sticks, tmp_path / "gone"])
    assert watch.look()
    assert len(watch.found.packs) == 2


def test_the_last_errors_are_counted_named_and_few() -> None:
    errors = LastErrors(("audio", "other"), kept=3)
    for _ in range(3):
        errors.note(AudioError("No microphone", "Plug it in"))
    errors.note(KioskError("Something", ""))
    assert [(e.kind, e.detail, e.times) for e in errors.lines] == [
        ("other", "Something", 1),
        ("audio", "No microphone. Plug it in", 3),
    ]
    for number in range(5):
        errors.note(KioskError(f"Trouble {number}", ""))
    assert [e.detail for e in errors.lines] == ["Trouble 4", "Trouble 3", "Trouble 2"]


def test_a_device_that_was_lost_is_an_error_and_one_that_is_back_is_none() -> None:
    errors = LastErrors(("audio", "other"))
    log = logging.getLogger("voicekiosk.audio.tried")
    handler = LostDevices(errors)
    log.addHandler(handler)
    log.warning("the %s is %s", "microphone", "lost")
    log.warning("the %s is %s", "microphone", "back")
    log.removeHandler(handler)
    assert [(e.kind, e.detail) for e in errors.lines] == [
        ("audio", "The microphone is lost. Plug it in again")
    ]
