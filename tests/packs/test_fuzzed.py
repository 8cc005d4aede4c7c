"""Hundreds of spoiled manifests, archives and clips: refused, or not changed in what they hold.

VOICEKIOSK_FUZZ=20000 pytest -s tests/packs/test_fuzzed.py tries as many of each.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.packs.mutating import spoiled_archive, spoiled_clip, spoiled_manifest
from tests.packs.shelves import Centre, content_of
from voicekiosk.packs.archive import unpack
from voicekiosk.packs.checking import PackRefused, check, clip_faults
from voicekiosk.packs.seals import clip_damage
from voicekiosk.packs.signing import SIGNATURE
from voicekiosk.ports import PromptError
from voicekiosk.prompts.pack import MANIFEST, Pack, read_pack

TRIES = int(os.environ.get("VOICEKIOSK_FUZZ", "500"))
LONGEST_SECONDS = 10.0
"""For one pack, on a machine that is busy with something else: the rest take milliseconds."""


def quiet(what: str, done: int, of: int) -> None: ...


def tried(way: Callable[[random.Random], Pack | None], name: str) -> Counter[str]:
    """How many were refused, and how many not. ``way`` returns a pack that passed."""
    outcomes: Counter[str] = Counter()
    longest = 0.0
    for seed in range(TRIES):
        begun = time.monotonic()
        try:
            passed = way(random.Random(seed))
        except PromptError as error:
            assert error.what.strip(), f"seed {seed}: refused without a word"
            outcomes["refused"] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed} brought down the check") from error
        else:
            outcomes["passed" if passed else "the same"] += 1
        longest = max(longest, time.monotonic() - begun)
    print(f"\n{name}: {TRIES} tried, {dict(outcomes)}, the longest took {longest:.2f} s")
    assert longest < LONGEST_SECONDS
    return outcomes


@pytest.mark.timeout(60 + TRIES)
def test_a_signed_pack_with_a_spoiled_manifest_never_passes(centre: Centre) -> None:
    folder = centre.signed("aigul")
    manifest = (folder / MANIFEST).read_bytes()
    trusted = centre.trusted

    def way(chance: random.Random) -> Pack | None:
        spoiled = spoiled_manifest(chance, manifest)
        (folder / MANIFEST).write_bytes(spoiled)
        pack = check(folder, trusted, allow_unsigned=False, progress=quiet).pack
        assert spoiled == manifest, "another manifest than the one that was signed"
        return None if spoiled == manifest else pack

    outcomes = tried(way, "manifests, signed")
    assert outcomes["passed"] == 0
    assert outcomes["refused"] > TRIES * 0.9


@pytest.mark.timeout(60 + TRIES)
def test_an_unsigned_pack_with_a_spoiled_manifest_is_refused_or_still_true(centre: Centre) -> None:
    """Where unsigned packs are allowed, the bytes of a stranger reach the parser itself."""
    folder = centre.signed("aigul")
    manifest = (folder / MANIFEST).read_bytes()
    (folder / SIGNATURE).unlink()
    clips = {name: seal for name, seal in content_of(folder).items() if name != MANIFEST}
    around = sorted(centre.home.rglob("*"))
    trusted = centre.trusted

    def way(chance: random.Random) -> Pack | None:
        spoiled = spoiled_manifest(chance, manifest)
        (folder / MANIFEST).write_bytes(spoiled)
        pack = check(folder, trusted, allow_unsigned=True, progress=quiet).pack
        assert not clip_damage(pack)
        assert {entry.file for entry in pack.entries.values()} == clips.keys()
        return None if spoiled == manifest else pack

    outcomes = tried(way, "manifests, unsigned")
    assert outcomes["refused"] > TRIES * 0.5
    assert sorted(centre.home.rglob("*")) == around, "nothing was written anywhere"
    content = content_of(folder)
    del content[MANIFEST]
    assert content == clips


@pytest.mark.timeout(60 + TRIES)
def test_a_spoiled_clip_is_refused_or_still_heard(centre: Centre) -> None:
    """Where an enemy made the pack, the seal of a spoiled clip is right."""
    folder = centre.signed("aigul")
    entry = next(iter(read_pack(folder).entries.values()))
    whole = (folder / entry.file).read_bytes()

    def way(chance: random.Random) -> Pack | None:
        spoiled = spoiled_clip(chance, whole)
        (folder / entry.file).write_bytes(spoiled)
        sealed = replace(entry, sha256=hashlib.sha256(spoiled).hexdigest())
        faults = tuple(clip_faults(folder, sealed))
        if faults:
            raise PackRefused(folder, faults)
        return None if spoiled == whole else read_pack(folder)

    outcomes = tried(way, "clips")
    assert outcomes["refused"] > TRIES * 0.5


@pytest.mark.timeout(60 + TRIES)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_spoiled_archive_is_refused_or_holds_what_it_held(centre: Centre) -> None:
    archive = centre.packed("aigul")
    whole = archive.read_bytes()
    held = content_of(centre.desk / "aigul-1")
    trusted, into = centre.trusted, centre.home / "into"
    around = set(centre.home.rglob("*"))

    def way(chance: random.Random) -> Pack | None:
        spoiled = spoiled_archive(chance, whole)
        archive.write_bytes(spoiled)
        into.mkdir()
        try:
            unpack(archive, into, quiet)
            pack = check(into, trusted, allow_unsigned=False, progress=quiet).pack
            assert content_of(into) == held, "something else came out"
            return None if spoiled == whole else pack
        finally:
            shutil.rmtree(into)
            assert set(centre.home.rglob("*")) == around, "written outside the folder"

    outcomes = tried(way, "archives")
    assert outcomes["refused"] > TRIES * 0.5
    assert outcomes["passed"], "a changed date harms nothing, and the harmless must pass"
    assert not Path("/tmp/escaped").exists()
