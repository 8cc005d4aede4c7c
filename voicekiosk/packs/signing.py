"""Who made a pack: Ed25519 signatures as minisign makes them, and the keys a kiosk trusts."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import minisign  # type: ignore[import-untyped]

from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import MANIFEST

SIGNATURE = f"{MANIFEST}.minisig"
"""Beside the manifest, over its bytes; the manifest names the sha256 of every clip."""
SECRET_FOLDER = "secret"
_MOST_BYTES = 4096
_SCRYPT_WORK, _SCRYPT_BYTES = 2**22, 2**27
"""N = 2^17, r = 8. minisign's own choice takes a gigabyte, which a small machine lacks."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class TrustedKeys:
    """The public keys of the makers whose packs a kiosk plays, by the names staff gave them."""

    keys: Mapping[str, minisign.PublicKey] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> TrustedKeys:
        """Every ``NAME.pub`` of a folder. Raises PromptError for one that is no key."""
        if not folder.is_dir():
            return cls()
        return cls({path.stem: read_public_key(path) for path in sorted(folder.glob("*.pub"))})

    def signer(self, pack: Path) -> str | None:
        """The name of the key that signed this pack's manifest; None when nobody signed it.

        Raises PromptError when the signature is broken, not of this manifest, or of a stranger.
        """
        path = pack / SIGNATURE
        try:
            raw = _read(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise PromptError(f"{path} cannot be read: {error}", "Get the pack again.") from error
        try:
            signature = minisign.Signature.from_bytes(raw)
            manifest = (pack / MANIFEST).read_bytes()
        except (OSError, ValueError) as error:
            raise PromptError(f"{path} is no signature: {error}", "Get the pack again.") from error
        for name, key in self.keys.items():
            try:
                key.verify(manifest, signature)
            except minisign.VerifyError as error:
                if "identifiers" in str(error):  # it is of another key
                    continue
                raise PromptError(
                    f"{path} does not fit: the pack was changed after {name} signed it",
                    "Get the pack again.",
                ) from error
            return name
        raise PromptError(
            f"{pack.name} is signed by a key that this kiosk does not trust",
            "Ask its maker for the public key: voicekiosk keys trust FILE.pub.",
        )


def read_public_key(path: Path) -> minisign.PublicKey:
    """Raises PromptError."""
    try:
        return minisign.PublicKey.from_bytes(_read(path))
    except (OSError, ValueError) as error:
        raise PromptError(
            f"{path} is no public key: {error}", "It is the file that `keys export` wrote."
        ) from error


def make_key(folder: Path, name: str, password: str | None = None) -> Path:
    """Make a pair of keys; returns the file of the public one, which this kiosk trusts from now on.

    The secret one is readable by its owner alone. Raises PromptError.
    """
    _check_name(name)
    public, secret = folder / f"{name}.pub", folder / SECRET_FOLDER / f"{name}.key"
    if public.exists() or secret.exists():
        raise PromptError(f"There is a key called {name} already", "Choose another name.")
    pair = minisign.KeyPair.generate()
    pair.public_key.untrusted_comment = f"voicekiosk public key of {name}"
    pair.secret_key.untrusted_comment = f"voicekiosk secret key of {name}: never give it away"
    if password:
        pair.secret_key.encrypt(password, opslimit=_SCRYPT_WORK, memlimit=_SCRYPT_BYTES)
    try:
        secret.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(secret, bytes(pair.secret_key), 0o600)
        _write(public, bytes(pair.public_key), 0o644)
    except OSError as error:
        raise PromptError(f"The key cannot be kept: {error}", "Choose another folder.") from error
    return public


def trust(folder: Path, file: Path) -> str:
    """Play the packs of this public key from now on; its file's name names it. Raises PromptError.

    Trusting the same key again changes nothing.
    """
    key, name = read_public_key(file), file.stem
    _check_name(name)
    target = folder / f"{name}.pub"
    if target.exists() and read_public_key(target) != key:
        raise PromptError(
            f"Another key called {name} is trusted already",
            f"Rename the file, or first: voicekiosk keys distrust {name}.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    _write(target, bytes(key), 0o644)
    return name


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise PromptError(
            f"{name[:60]!r} cannot name a key",
            "Small Latin letters, digits and hyphens: centre-osh.",
        )


@dataclass(frozen=True, slots=True)
class SigningKey:
    name: str
    secret: minisign.SecretKey = field(repr=False)

    @classmethod
    def read(cls, path: Path, password: str | None = None) -> SigningKey:
        """Raises PromptError, also when the key has a password that was not given or is wrong."""
        try:
            raw = _read(path)
            if os.name == "posix" and path.stat().st_mode & 0o077:
                raise PromptError(
                    f"The secret key {path} can be read by others on this machine",
                    f"If it was never copied: chmod 600 {path}. Otherwise make a new one.",
                )
            secret = minisign.SecretKey.from_bytes(raw)
            if secret.is_encrypted():
                if not password:
                    raise PromptError(f"The key {path.stem} has a password", "Give it.")
                secret.decrypt(password)
        except FileNotFoundError as error:
            raise PromptError(
                f"There is no secret key called {path.stem} here",
                f"voicekiosk keys new {path.stem} makes one.",
            ) from error
        except (OSError, ValueError) as error:
            raise PromptError(f"The key {path.stem} cannot be used: {error}", "") from error
        return cls(path.stem, secret)


def sign(pack: Path, key: SigningKey) -> None:
    """Sign a pack's manifest as it is now. Raises PromptError."""
    try:
        manifest = (pack / MANIFEST).read_bytes()
        signature = key.secret.sign(manifest, trusted_comment=f"voicekiosk pack {pack.name}")
        _write(pack / SIGNATURE, bytes(signature), 0o644)
    except (OSError, ValueError) as error:
        raise PromptError(f"{pack} cannot be signed: {error}", "") from error


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        raw = file.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise ValueError("it is far too long")
    return raw


def _write(path: Path, content: bytes, mode: int) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(descriptor, "wb") as file:  # noqa: PTH123
        file.write(content.rstrip(b"\n") + b"\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
