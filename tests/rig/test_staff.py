"""The real kiosk and a stick: PIN, a neighbour's voice, the next visit hears it, one step back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.rig.hearing import SAME, likeness
from tests.rig.test_echo import pactl
from tests.rig.test_visits import clips, content, pytestmark
from voicekiosk.app import places
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.staff import Sound, StaffTexts
from voicekiosk.core.types import KYRGYZ, Clip, PromptId
from voicekiosk.loading.staff_texts import load_staff_texts
from voicekiosk.packs.archive import pack_up
from voicekiosk.packs.signing import SigningKey, make_key, sign
from voicekiosk.ports import PLAYBACK_RATE
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import Entry, Manifest, Pack, read_pack, write_pack
from voicekiosk.prompts.store import ClipStore
from voicekiosk.staff.pin import PIN_FILE, TRIES_FILE, Pin
from voicekiosk.staff_app import StaffVoice
from voicekiosk.synthesis.best import installed_voices
from voicekiosk.virtual.handset import EAR_RATE
from voicekiosk.virtual.visit import Visit, VisitError, visit

__all__ = ["clips", "content", "pytestmark"]

PIN = "483916"
REPEAT = (994, 70)
"""Where the page's second tool is on the rig's screen."""
WELCOME = Spoken(PromptId("system.welcome"), KYRGYZ)


def neighbours_pack(folder: Path, text: str, keys: Path) -> Pack:
    """Signed; its one clip is a tune that cannot be taken for the starter pack's voice."""
    at = np.arange(round(2.6 * PLAYBACK_RATE)) / PLAYBACK_RATE
    beat = np.isin((at / 0.2).astype(int), (0, 1, 3, 6, 7, 8, 11))
    tune = np.sin(2 * np.pi * 320 * at) * beat
    encoded = sound.encode(sound.levelled(tune * 0.3), "flac")
    file = folder / KYRGYZ / "system.welcome.flac"
    file.parent.mkdir(parents=True)
    file.write_bytes(encoded)
    samples = sound.decode(encoded)
    entry = Entry(
        WELCOME.prompt,
        KYRGYZ,
        f"{KYRGYZ}/system.welcome.flac",
        hashlib.sha256(encoded).hexdigest(),
        text,
        True,
        "Айгүл",
        loudness=sound.loudness(samples),
        duration=len(samples) / PLAYBACK_RATE,
    )
    manifest = Manifest(
        "aigul", "1", "test", (KYRGYZ,), "Айгүл", "Batken", "CC0-1.0", {WELCOME: entry}
    )
    write_pack(Pack(folder, manifest))
    make_key(keys, "centre")
    sign(folder, SigningKey.read(keys / "secret" / "centre.key"))
    return read_pack(folder)


class Staff:
    """Has a PIN, a stick in the pocket, and ears."""

    def __init__(self, guest: Visit, texts: StaffTexts, voice: StaffVoice) -> None:
        self.guest = guest
        self._texts, self._voice = texts, voice
        self._since = 0.0

    def types(self, *keys: str) -> None:
        self._since = self.guest.ear.seconds
        for key in keys:
            self.guest.screen.press({"#": "numbersign", "*": "asterisk"}.get(key, key))

    def like(self, *lines: str) -> float:
        clip = self._voice(lines, KYRGYZ)
        assert clip is not None, "no voice speaks Kyrgyz here"
        return likeness(self.guest.ear.samples(self._since), EAR_RATE, clip)

    def hears(self, *names: str) -> None:
        """One of these. A busy machine tears gaps into what it plays: then it is repeated."""
        said = [self._texts.lines(name, KYRGYZ)[:1] for name in names]

        def heard() -> bool:
            return any(self.like(*lines) >= SAME for lines in said)

        for _ in range(4):
            try:
                self.guest.wait(heard, f"the page says {names}", 8)
                return
            except VisitError:
                self.guest.screen.touch(*REPEAT)
        self.guest.wait(heard, f"the page says {names}", 8)

    def welcomed_with(self, wanted: Clip, other: Clip) -> None:
        """Lifts the handset as a visitor does, and hears this welcome and not that one."""
        guest = self.guest
        guest.wait_for_silence()
        self._since = guest.ear.seconds
        guest.screen.press("h")

        def like(clip: Clip) -> float:
            return likeness(guest.ear.samples(self._since), EAR_RATE, clip)

        guest.wait(lambda: like(wanted) >= SAME, "this welcome is heard")
        assert like(other) < SAME

    def hangs_up(self) -> None:
        before = len(self.guest.journal())
        self._since = self.guest.ear.seconds
        self.guest.screen.press("h")
        self.guest.wait_for_line(after=before, what="ended")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kiosk's own configuration: its PIN, and whom it trusts."""
    config = tmp_path / "config"
    monkeypatch.setenv("VOICEKIOSK_CONFIG", str(config))
    Pin(config / PIN_FILE, tmp_path / "tries").set(PIN)
    return tmp_path


@pytest.fixture
def staff(home: Path) -> Iterator[Staff]:
    where = places()
    texts = load_staff_texts(where.content)
    with visit() as guest:
        guest.start("--stick", str(home / "stick"))
        guest.wait_until_ready(300)
        yield Staff(guest, texts, StaffVoice(installed_voices(), where.cache / "clips"))


def test_a_stick_brings_another_voice_to_the_next_visitor_and_it_can_be_taken_back(
    staff: Staff, home: Path, content: Content, clips: ClipStore
) -> None:
    text = " ".join(content.prompts[WELCOME.prompt][KYRGYZ])
    pack = neighbours_pack(home / "desk" / "aigul", text, home / "config" / "keys")
    neighbour = pack.clip(pack.entries[WELCOME], content.prompts[WELCOME.prompt][KYRGYZ])
    starter = clips.clip(WELCOME)
    pocket = home / "pocket"
    pocket.mkdir()
    pack_up(pack.folder, pocket / "aigul-1.vkpack", lambda *_: None)

    staff.welcomed_with(starter, neighbour)
    pocket.rename(home / "stick")
    staff.guest.listen_for(2.5)  # the visit goes on, although the stick was seen meanwhile
    assert staff.like(*load_staff_texts(places().content).lines("pin", KYRGYZ)) < SAME
    staff.hangs_up()
    staff.hears("pin")

    staff.types(*"1111", "#")
    tries = staff.guest.home / "voicekiosk" / TRIES_FILE
    staff.guest.wait(tries.exists, "the wrong try is counted")
    staff.guest.listen_for(1.5)
    staff.types(*PIN, "#")
    staff.hears("packs")
    assert not tries.exists()
    staff.types("1")
    staff.hears("pack")
    staff.types("2")
    staff.hears("activating.done")
    (home / "stick").rename(home / "pocket")
    staff.types("0")
    staff.welcomed_with(neighbour, starter)
    staff.hangs_up()

    staff.types("F10")
    staff.hears("pin")
    staff.types(*PIN, "#")
    staff.hears("menu")
    staff.types("1")
    staff.hears("packs")
    staff.types("5")
    staff.hears("rolling_back.done")
    staff.types("0")
    staff.welcomed_with(starter, neighbour)


def test_the_kiosk_hears_its_own_tone_or_says_that_it_does_not_and_restarts_itself(
    staff: Staff,
) -> None:
    guest = staff.guest
    staff.types("asterisk", "0", "asterisk", "0", "#")
    staff.hears("pin")
    staff.types(*PIN, "#")
    staff.hears("menu")
    staff.types("4", "1")
    staff.hears(f"sound.{Sound.MUTED}", f"sound.{Sound.NOT_HEARD}")
    pactl(
        guest,
        *("load-module", "module-loopback", "source=speaker.monitor", "sink=miccable"),
        *("latency_msec=60", "adjust_time=0"),
    )
    staff.types("1")
    staff.hears("sound.heard")
    staff.types("7", "6", "1")
    guest.wait(lambda: "starting again" in guest.log, "the kiosk restarts")
    guest.wait(lambda: guest.log.count("listening") == 2, "it listens again", 60)
    assert guest.runs
