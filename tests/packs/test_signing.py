"""Who made a pack: keys, signatures, and what the original minisign says about them."""

from __future__ import annotations

import argparse
import os
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.packs.shelves import Centre, pack_folder
from voicekiosk.commands import keys
from voicekiosk.packs.archive import pack_up
from voicekiosk.packs.checking import PackRefused, check
from voicekiosk.packs.signing import SIGNATURE, SigningKey, TrustedKeys, make_key, sign, trust
from voicekiosk.ports import KioskError, PromptError
from voicekiosk.prompts.pack import MANIFEST

needs_minisign = pytest.mark.skipif(
    shutil.which("minisign") is None, reason="the program minisign is not installed to compare with"
)


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    keys.add_parser(parser.add_subparsers())
    args = parser.parse_args(("keys", *words))
    code: int = args.run(args)
    return code


def minisign(*words: str | Path, answers: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["minisign", *map(str, words)],
        input=answers,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def secret(centre: Centre, name: str = "centre") -> Path:
    return centre.keys / "secret" / f"{name}.key"


def test_a_kiosk_says_who_signed_a_pack(centre: Centre) -> None:
    folder = pack_folder(centre.desk / "aigul")
    assert centre.trusted.signer(folder) is None
    sign(folder, SigningKey.read(secret(centre)))
    assert centre.trusted.signer(folder) == "centre"


def test_one_letter_that_was_changed_after_signing_is_seen(centre: Centre) -> None:
    folder = centre.signed("aigul")
    manifest = folder / MANIFEST
    manifest.write_text(manifest.read_text("utf-8").replace("Batken", "Batkeh"), "utf-8")
    with pytest.raises(PromptError, match="changed after centre signed it"):
        centre.trusted.signer(folder)


def test_a_stranger_is_not_believed_until_a_person_trusts_the_key(centre: Centre) -> None:
    elsewhere = centre.home / "elsewhere"
    public = make_key(elsewhere, "osh")
    folder = pack_folder(centre.desk / "aigul")
    sign(folder, SigningKey.read(elsewhere / "secret" / "osh.key"))
    with pytest.raises(PromptError, match="does not trust"):
        centre.trusted.signer(folder)
    trust(centre.keys, public)
    assert centre.trusted.signer(folder) == "osh"


def test_the_signature_of_another_pack_does_not_fit(centre: Centre) -> None:
    one, other = centre.signed("aigul"), centre.signed("bakyt", pitch=300)
    shutil.copy(one / SIGNATURE, other / SIGNATURE)
    with pytest.raises(PromptError, match="changed after"):
        centre.trusted.signer(other)


@pytest.mark.parametrize(
    "broken", [b"", b"\xff" * 300, b"untrusted comment: x\n" * 4, b"x" * 9_999]
)
def test_a_broken_signature_is_not_the_same_as_none(centre: Centre, broken: bytes) -> None:
    folder = centre.signed("aigul")
    (folder / SIGNATURE).write_bytes(broken)
    with pytest.raises(PromptError, match=r"signature|cannot be read"):
        centre.trusted.signer(folder)
    with pytest.raises(PackRefused):  # nor is it where unsigned packs are allowed
        check(folder, centre.trusted, allow_unsigned=True, progress=lambda *_: None)


def test_a_signature_without_its_end_is_no_signature(centre: Centre) -> None:
    folder = centre.signed("aigul")
    whole = (folder / SIGNATURE).read_bytes()
    for length in range(0, len(whole) - 1, 7):
        (folder / SIGNATURE).write_bytes(whole[:length])
        with pytest.raises(PromptError):
            centre.trusted.signer(folder)


def test_a_public_key_that_is_none_is_named(centre: Centre) -> None:
    (centre.keys / "osh.pub").write_text("hello")
    with pytest.raises(PromptError, match=r"osh\.pub is no public key"):
        TrustedKeys.read(centre.keys)


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_the_secret_key_is_for_its_owner_alone(centre: Centre) -> None:
    assert stat.S_IMODE(secret(centre).stat().st_mode) == 0o600
    assert stat.S_IMODE(secret(centre).parent.stat().st_mode) == 0o700
    secret(centre).chmod(0o644)
    with pytest.raises(PromptError, match="read by others"):
        SigningKey.read(secret(centre))


def test_a_key_with_a_password_wants_it(centre: Centre) -> None:
    make_key(centre.keys, "careful", "Айгүл 7")
    for wrong, said in ((None, "has a password"), ("", "has a password"), ("Айгүл 8", "wrong")):
        with pytest.raises(PromptError, match=said):
            SigningKey.read(secret(centre, "careful"), wrong)
    folder = pack_folder(centre.desk / "aigul")
    sign(folder, SigningKey.read(secret(centre, "careful"), "Айгүл 7"))
    assert centre.trusted.signer(folder) == "careful"


def test_a_key_shows_nothing_secret_of_itself(centre: Centre) -> None:
    key = SigningKey.read(secret(centre))
    hidden = secret(centre).read_text().splitlines()[1]
    assert hidden not in repr(key) and repr(key) == "SigningKey(name='centre')"


def test_a_secret_key_never_travels_in_a_pack(centre: Centre) -> None:
    folder = centre.signed("aigul")
    shutil.copy(secret(centre), folder / "centre.key")
    with pytest.raises(PackRefused) as refused:
        check(folder, centre.trusted, allow_unsigned=False, progress=lambda *_: None)
    assert refused.value.faults == ("centre.key is not listed in the manifest",)
    pack_up(folder, centre.home / "aigul.vkpack", lambda *_: None)
    with zipfile.ZipFile(centre.home / "aigul.vkpack") as travelling:
        assert not [name for name in travelling.namelist() if "key" in name]


def test_keys_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    maker, kiosk, stick = tmp_path / "maker", tmp_path / "kiosk", tmp_path / "centre-osh.pub"
    assert command("--keys", str(kiosk), "list") == 0
    assert "No key is trusted" in capsys.readouterr().out
    assert command("--keys", str(maker), "new", "centre-osh") == 0
    assert command("--keys", str(maker), "export", "centre-osh", str(stick)) == 0
    assert command("--keys", str(kiosk), "trust", str(stick)) == 0
    assert command("--keys", str(kiosk), "trust", str(stick)) == 0, "twice harms nothing"
    assert command("--keys", str(maker), "list") == 0
    assert "centre-osh  (signs here)" in capsys.readouterr().out
    folder = pack_folder(tmp_path / "aigul")
    sign(folder, SigningKey.read(maker / "secret" / "centre-osh.key"))
    assert TrustedKeys.read(kiosk).signer(folder) == "centre-osh"
    assert command("--keys", str(kiosk), "distrust", "centre-osh") == 0
    with pytest.raises(PromptError, match="does not trust"):
        TrustedKeys.read(kiosk).signer(folder)


def test_a_key_takes_no_other_ones_place(tmp_path: Path) -> None:
    maker, kiosk = tmp_path / "maker", tmp_path / "kiosk"
    make_key(kiosk, "osh")
    public = make_key(maker, "osh")
    with pytest.raises(KioskError, match="Another key called osh"):
        command("--keys", str(kiosk), "trust", str(public))
    with pytest.raises(KioskError, match="called osh already"):
        command("--keys", str(maker), "new", "osh")
    for odd in ("../osh", "Ош", "", "a" * 41):
        with pytest.raises(KioskError, match="cannot name a key"):
            command("--keys", str(maker), "new", odd)
    with pytest.raises(KioskError, match=r"No key is called talas.*Known: osh"):
        command("--keys", str(kiosk), "distrust", "talas")
    with pytest.raises(KioskError, match="no public key"):
        command("--keys", str(kiosk), "trust", str(tmp_path / "nothing.pub"))
    secret_key = maker / "secret" / "osh.key"
    with pytest.raises(KioskError, match="no public key"):
        command("--keys", str(kiosk), "trust", str(secret_key))


@needs_minisign
def test_minisign_itself_says_that_the_signature_is_good(centre: Centre) -> None:
    folder, public = centre.signed("aigul"), centre.keys / "centre.pub"
    told = minisign("-V", "-p", public, "-m", folder / MANIFEST)
    assert told.returncode == 0 and "signature verified" in told.stdout
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes() + b"\n")
    assert minisign("-V", "-p", public, "-m", folder / MANIFEST).returncode != 0


@needs_minisign
@pytest.mark.parametrize("password", ["", "slow but safe"])
def test_minisign_makes_keys_and_signatures_that_a_kiosk_takes(
    centre: Centre, password: str
) -> None:
    public, key = centre.home / "theirs.pub", centre.home / "theirs.key"
    made = minisign(
        *("-G", "-p", public, "-s", key, *(() if password else ("-W",))),
        answers=f"{password}\n{password}\n",
    )
    assert made.returncode == 0, made.stderr
    trust(centre.keys, public)
    folder = pack_folder(centre.desk / "aigul")
    signed = minisign("-S", "-s", key, "-m", folder / MANIFEST, answers=f"{password}\n")
    assert signed.returncode == 0, signed.stderr
    assert centre.trusted.signer(folder) == "theirs"
    key.chmod(0o600)
    sign(folder, SigningKey.read(key, password or None))
    assert centre.trusted.signer(folder) == "theirs"


@needs_minisign
@pytest.mark.parametrize("password", [None, "slow but safe"])
def test_minisign_signs_with_a_key_of_the_kiosk(centre: Centre, password: str | None) -> None:
    make_key(centre.keys, "ours", password)
    folder = pack_folder(centre.desk / "aigul")
    words = ("-S", "-s", secret(centre, "ours"), "-m", folder / MANIFEST)
    signed = minisign(*words, answers=f"{password or ''}\n")
    assert signed.returncode == 0, signed.stderr
    assert centre.trusted.signer(folder) == "ours"
