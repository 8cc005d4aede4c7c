"""Folders, manifests and clips made by an enemy, or by somebody tired: all faults are named."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.packs.shelves import Centre, pack_folder, voice
from tests.prompts.packs import WELCOME, hum
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ
from voicekiosk.packs.checking import PackRefused, check
from voicekiosk.packs.signing import SIGNATURE, TrustedKeys
from voicekiosk.ports import PLAYBACK_RATE, PromptError
from voicekiosk.prompts.pack import MANIFEST, read_pack, write_pack

CLIP = "ky-KG/system.welcome.flac"
SPOKEN = Spoken(WELCOME, KYRGYZ)


def quiet(what: str, done: int, of: int) -> None: ...


def faults_of(folder: Path) -> tuple[str, ...]:
    """What is wrong with an unsigned pack where such packs are allowed."""
    with pytest.raises(PackRefused) as refused:
        check(folder, TrustedKeys(), allow_unsigned=True, progress=quiet)
    assert refused.value.faults and refused.value.faults[0] in refused.value.what
    return refused.value.faults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return pack_folder(tmp_path / "aigul")


def relisted(folder: Path, clip: bytes | None = None, **changes: object) -> Path:
    """With another clip that the manifest is right about, and then ``changes`` to its line."""
    pack = read_pack(folder)
    entry = pack.entries[SPOKEN]
    if clip is not None:
        (folder / CLIP).write_bytes(clip)
        entry = replace(entry, sha256=hashlib.sha256(clip).hexdigest())
    entry = replace(entry, **changes)
    entries = {**pack.entries, SPOKEN: entry}
    write_pack(replace(pack, manifest=replace(pack.manifest, entries=entries)))
    return folder


def encoded(samples: np.ndarray, rate: int = PLAYBACK_RATE, subtype: str = "PCM_16") -> bytes:
    buffer = io.BytesIO()
    kind = "WAV" if subtype == "FLOAT" else "FLAC"
    soundfile.write(buffer, samples, rate, format=kind, subtype=subtype)
    return buffer.getvalue()


# Who made it


def test_a_pack_that_nobody_signed_is_refused_unless_that_is_allowed(folder: Path) -> None:
    with pytest.raises(PackRefused, match="nobody signed it"):
        check(folder, TrustedKeys(), allow_unsigned=False, progress=quiet)
    told: list[int] = []
    checked = check(
        folder, TrustedKeys(), allow_unsigned=True, progress=lambda _, done, of: told.append(done)
    )
    assert checked.signer is None and told == [0, 1, 2, 3]


def test_no_parser_meets_a_manifest_that_nobody_signed_for(centre: Centre) -> None:
    signed = centre.signed("aigul")
    (signed / MANIFEST).write_text("[" * 1_000)
    with pytest.raises(PackRefused, match="changed after centre signed it"):
        check(signed, centre.trusted, allow_unsigned=True, progress=quiet)
    (signed / SIGNATURE).unlink()
    with pytest.raises(PackRefused, match="nobody signed it"):
        check(signed, centre.trusted, allow_unsigned=False, progress=quiet)


# What lies in the folder


def test_links_lead_nowhere(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.flac"
    shutil.move(folder / CLIP, secret)
    (folder / CLIP).symlink_to(secret)
    assert faults_of(folder) == (f"'{CLIP}' is a link or a device",)
    shutil.move(secret, tmp_path / "elsewhere.flac")  # a link to nothing
    assert faults_of(folder) == (f"'{CLIP}' is a link or a device",)


def test_a_folder_that_is_a_link_to_itself_ends(folder: Path) -> None:
    (folder / "ky-KG" / "again").symlink_to(folder)
    assert faults_of(folder) == ("'ky-KG/again' is a link or a device",)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE, CLIP])
def test_a_pipe_is_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    assert faults_of(folder) == (f"{name!r} is a link or a device",)


def test_a_manifest_that_is_a_pipe_is_not_waited_for_at_the_start_either(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    os.mkfifo(folder / MANIFEST)
    with pytest.raises(PromptError, match="it is no file"):
        read_pack(folder)


def test_everything_that_has_no_place_is_named(folder: Path) -> None:
    (folder / "notes.txt").write_text("hello")
    (folder / "ru-KG" / "bonus.flac").write_bytes(voice(400))
    assert faults_of(folder) == (
        "notes.txt is not listed in the manifest",
        "ru-KG/bonus.flac is not listed in the manifest",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("и\u0306.flac", "wrong Unicode form"),
        ("clip\u202e.flac", "wrong Unicode form"),
        ("clip\n.flac", "wrong Unicode form"),
        (b"\xff\xfe.flac".decode("utf-8", "surrogateescape"), "wrong Unicode form"),
        ("KY-kg/x.flac", "twice, in large and small letters"),
        ("a/b/c/x.flac", "a folder too deep"),
    ],
)
def test_odd_names_are_refused_and_can_be_printed(folder: Path, name: str, said: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"")
    faults = faults_of(folder)
    assert any(said in fault for fault in faults)
    assert "\n" not in "".join(faults).encode().decode()


def test_too_much_is_refused_before_it_is_read(folder: Path) -> None:
    for number in range(16):
        with (folder / f"{number}.flac").open("wb") as file:
            file.truncate(19_999_999)
    assert faults_of(folder) == ("it has more than 300 MB",)
    with (folder / "0.flac").open("wb") as file:
        file.truncate(20_000_001)
    assert faults_of(folder)[0] == "'0.flac' has more than 20 MB"


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path, folder: Path) -> None:
    (folder / MANIFEST).unlink()
    assert faults_of(folder) == (f"it has no {MANIFEST}",)
    assert "cannot be read" in faults_of(tmp_path / "nothing")[0]


# What the manifest claims


@pytest.mark.parametrize(
    "name",
    ["../outside.flac", "/etc/hosts", "ky-KG/../../outside.flac", "C:\\x.flac", "и\u0306.flac"],
)
def test_a_clip_outside_the_pack_is_never_opened(folder: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(folder / CLIP, tmp_path / "outside.flac")
    faults = faults_of(relisted(folder, file=name))
    assert faults[0] == f"{name!r} is no name for a clip"
    assert faults[1] == f"{CLIP} is not listed in the manifest"


def test_all_that_a_manifest_lies_about_is_told_at_once(folder: Path) -> None:
    entries = list(read_pack(folder).entries.values())
    first, second, third = (folder / entry.file for entry in entries)
    first.write_bytes(voice(999))
    second.write_bytes(second.read_bytes()[:-100])
    faults = faults_of(folder)
    assert len(faults) == 2 and all("sha256" in fault for fault in faults)
    third.unlink()
    assert faults_of(folder) == (f"{entries[2].file} is missing",)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"duration": 0.75}, "lasts 0.5 s and not 0.8"),
        ({"duration": None}, "lacks its duration or loudness"),
        ({"loudness": None}, "lacks its duration or loudness"),
        ({"loudness": -19.0}, "and not, as listed, at -19.0"),
        ({"starts": (0.0, 7.0)}, "begin outside it"),
        ({"starts": (-1.0,)}, "begin outside it"),
        ({"starts": ()}, "begin outside it"),
        ({"sha256": "0" * 64}, "sha256"),
    ],
)
def test_a_line_that_lies_is_named(folder: Path, changes: dict[str, object], said: str) -> None:
    (fault,) = faults_of(relisted(folder, **changes))
    assert fault.startswith(f"{CLIP}: ") and said in fault


def test_hours_of_sound_are_not_heard_to_find_that_out(folder: Path) -> None:
    assert faults_of(relisted(folder, duration=5 * 3600.0)) == (
        "it holds more than 4 hours of sound",
    )
    other = next(each for each in read_pack(folder).entries if each != SPOKEN)
    pack = read_pack(folder)
    less = replace(pack.entries[other], duration=-5 * 3600.0)  # does not make up for it
    entries = {**pack.entries, other: less}
    write_pack(replace(pack, manifest=replace(pack.manifest, entries=entries)))
    assert faults_of(folder) == ("it holds more than 4 hours of sound",)


# What the clips hold


def silence() -> bytes:
    return encoded(np.zeros(12_000))


def faint() -> bytes:
    return encoded(0.02 * hum(0.5, 0.2, PLAYBACK_RATE))


def no_numbers() -> bytes:
    return encoded(np.full(12_000, np.nan), subtype="FLOAT")


def beyond_full_scale() -> bytes:
    peaks = 0.3 * hum(0.5, 0.2, PLAYBACK_RATE)
    peaks[::4_000] = 5.0
    return encoded(peaks, subtype="FLOAT")


def many_channels() -> bytes:
    return encoded(np.zeros((6_000, 64)), rate=12_000, subtype="FLOAT")


def ten_minutes() -> bytes:
    return encoded(np.zeros(600 * 8_000), rate=8_000)


def lying_header() -> bytes:
    """A FLAC of half a second that says it has four billion samples."""
    raw = bytearray(voice(200))
    raw[21] |= 0x0F
    raw[22:26] = b"\xff\xff\xff\xff"
    return bytes(raw)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (silence, "is silent"),
        (faint, "LUFS and not at -16"),
        (no_numbers, "no numbers"),
        (beyond_full_scale, "is clipped"),
        (many_channels, "64 channels"),
        (ten_minutes, "longer than 240 seconds"),
        (lying_header, "longer than 240 seconds"),
        (lambda: b"", "neither Opus nor FLAC nor WAV"),
        (lambda: b"MATLAB 5.0 MAT-file" + bytes(500), "neither Opus nor FLAC nor WAV"),
        (lambda: b"OggS" + bytes(500), "is no sound"),
        (lambda: voice(200)[:60], "is no sound"),
        (lambda: voice(200)[:3000], "is no sound|lasts"),
    ],
)
def test_a_clip_that_is_no_speech_is_named(
    folder: Path, make: Callable[[], bytes], said: str
) -> None:
    faults = faults_of(relisted(folder, make()))
    assert all(fault.startswith(f"{CLIP}: ") for fault in faults)
    assert any(part in fault for fault in faults for part in said.split("|"))
