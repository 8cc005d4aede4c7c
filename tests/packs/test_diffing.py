"""What staff are told before they activate a pack is what visitors hear afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.shelves import pack_folder
from tests.prompts.packs import NAME, TELLING, WELCOME, content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, PromptId
from voicekiosk.packs.diffing import Changes, difference, served
from voicekiosk.prompts.pack import Pack, read_pack
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import BestSynthesizer

HELLO, NAMED = Spoken(WELCOME, KYRGYZ), Spoken(NAME, KYRGYZ)
TOLD, ПРИВЕТ = Spoken(TELLING, KYRGYZ), Spoken(WELCOME, RUSSIAN)


@pytest.fixture
def starter(tmp_path: Path) -> Pack:
    return read_pack(pack_folder(tmp_path / "starter", "starter", recorded=False))


def made(folder: Path, *spoken: Spoken, **how: object) -> Pack:
    return read_pack(pack_folder(folder, folder.name, spoken=spoken, **how))  # type: ignore[arg-type]


def changes(before: list[Pack], after: list[Pack], locale: Locale = KYRGYZ) -> Changes:
    return difference(content(), before, after).by_locale[locale]


def test_every_kind_of_change_is_told_in_its_language(tmp_path: Path, starter: Pack) -> None:
    gone = Spoken(PromptId("topic.gone.name"), KYRGYZ)
    old = made(tmp_path / "old", HELLO, NAMED, pitch=300)
    new = made(tmp_path / "new", HELLO, TOLD, gone, ПРИВЕТ, pitch=400, texts={ПРИВЕТ: "Привет!"})
    assert changes([old], [new]) == Changes(
        new=(TELLING,), changed=(WELCOME,), lost=(NAME,), unknown=(gone.prompt,)
    )
    assert changes([old], [new], RUSSIAN) == Changes(stale=(WELCOME,))
    with_starter = changes([old, starter], [new, starter])
    assert with_starter.changed == (WELCOME, NAME) and not with_starter.lost
    assert changes([old, starter], [new, starter], RUSSIAN) == Changes(
        same=(WELCOME,), stale=(WELCOME,)
    ), "the shipped clip goes on speaking"


def test_the_same_packs_change_nothing(tmp_path: Path, starter: Pack) -> None:
    packs = [made(tmp_path / "aigul", HELLO), starter]
    found = difference(content(), packs, packs)
    assert not found.any
    assert found.by_locale[KYRGYZ] == Changes(same=(WELCOME, NAME))


def test_a_copy_with_the_same_sound_is_no_change(tmp_path: Path) -> None:
    one, two = made(tmp_path / "one", HELLO), made(tmp_path / "two", HELLO)
    assert changes([one], [two]).same == (WELCOME,)


def test_a_synthesized_pack_ahead_does_not_silence_a_person(tmp_path: Path) -> None:
    person = made(tmp_path / "person", HELLO, pitch=300)
    machine = made(tmp_path / "machine", HELLO, NAMED, pitch=400, recorded=False)
    assert changes([person], [machine, person]) == Changes(new=(NAME,), same=(WELCOME,))


def test_a_language_the_content_lacks_is_told_too(tmp_path: Path, starter: Pack) -> None:
    uzbek = Spoken(WELCOME, Locale("uz-KG"))
    found = difference(content(), [starter], [made(tmp_path / "uz", uzbek), starter])
    assert found.by_locale[uzbek.locale] == Changes(unknown=(WELCOME,))


def test_who_is_said_to_serve_is_who_the_kiosk_plays(tmp_path: Path, starter: Pack) -> None:
    packs = [
        made(tmp_path / "machine", HELLO, ПРИВЕТ, pitch=300, recorded=False),
        made(tmp_path / "person", HELLO, pitch=400),
        made(tmp_path / "stale", HELLO, NAMED, pitch=500, texts={HELLO: "Салам!"}),
        starter,
    ]
    says = served(content(), packs)
    store = ClipStore(content(), [pack.folder for pack in packs], BestSynthesizer([]), None)
    assert {spoken: each.pack.id for spoken, each in says.items()} == {
        HELLO: "person",
        ПРИВЕТ: "machine",
        NAMED: "stale",
    }
    for spoken, each in says.items():
        sentences = content().prompts[spoken.prompt][spoken.locale]
        assert store.clip(spoken) == each.pack.clip(each.entry, sentences)
    assert set(says) == set(store.all_spoken()) - set(store.missing())
