"""Where a prompt's sound comes from, and what happens when a pack is not what it claims."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.prompts.packs import NAME, TELLING, TEXTS, WELCOME, content, pack
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, PromptId
from voicekiosk.ports import PLAYBACK_RATE, PromptError
from voicekiosk.prompts import sound
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import BestSynthesizer
from voicekiosk.synthesis.espeak import EspeakSynthesizer

VOICE = EspeakSynthesizer()
NOBODY = BestSynthesizer([])
HELLO = Spoken(WELCOME, KYRGYZ)


def store(*packs: Path, voice: object = VOICE, cache: Path | None = None) -> ClipStore:
    return ClipStore(content(), packs, voice, cache)  # type: ignore[arg-type]


def test_a_recorded_clip_is_played_trimmed_and_as_loud_as_the_others(tmp_path: Path) -> None:
    clip = store(pack(tmp_path / "aigul")).clip(HELLO)
    assert (clip.voice, clip.recorded, clip.starts) == ("Айгүл", True, (0.0,))
    assert clip.pcm.rate == PLAYBACK_RATE
    assert 1.0 <= clip.pcm.duration < 1.2, "the silence around it is cut"
    samples = sound.samples_of(clip.pcm)
    assert sound.loudness(samples) == pytest.approx(-16, abs=1)
    assert sound.peak(samples) <= 10 ** (-1 / 20)


def test_a_recording_goes_before_a_synthesized_clip_of_an_earlier_pack(tmp_path: Path) -> None:
    starter = pack(tmp_path / "a-starter", recorded=False, voice="RHVoice nazgul")
    assert store(starter, pack(tmp_path / "b-aigul")).clip(HELLO).recorded


def broken(folder: Path, how: str) -> Path:
    folder.mkdir()
    clip = folder / "welcome.flac"
    if how == "silent":
        soundfile.write(clip, np.zeros(48_000), 48_000)
    elif how == "garbled":
        clip.write_bytes(b"fLaC" + bytes(range(256)) * 20)
    elif how == "too long":
        soundfile.write(clip, np.zeros(8_000 * 241), 8_000)
    return pack(
        folder,
        **{
            "stale": {"text": "Салам!"},
            "missing": {"file": "gone.flac"},
            "escaping": {"file": "../aigul-2/../secret.flac"},
            "absolute": {"file": "/etc/passwd"},
            "resealed": {"sha256": "0" * 64},
        }.get(how, {}),
    )


@pytest.mark.parametrize(
    "how",
    ["stale", "missing", "escaping", "absolute", "resealed", "silent", "garbled", "too long"],
)
def test_an_unusable_clip_is_named_and_the_voice_speaks_instead(tmp_path: Path, how: str) -> None:
    pack(tmp_path / "outside")
    (tmp_path / "outside" / "welcome.flac").rename(tmp_path / "secret.flac")
    kiosk = store(broken(tmp_path / "aigul", how))
    clip = kiosk.clip(HELLO)
    assert (clip.voice, clip.recorded) == ("espeak-ng ky", False)
    (fault,) = kiosk.faults
    assert "aigul" in fault and WELCOME in fault


def test_a_link_that_leads_out_of_the_pack_is_not_followed(tmp_path: Path) -> None:
    folder = pack(tmp_path / "aigul")
    (folder / "welcome.flac").rename(tmp_path / "private.flac")
    (folder / "welcome.flac").symlink_to(tmp_path / "private.flac")
    kiosk = store(folder)
    assert not kiosk.clip(HELLO).recorded
    assert "outside" in kiosk.faults[0]


@pytest.mark.parametrize("text", ["", "prompts: [", "id: x", "- 1", "prompts: 3\nid: 1"])
def test_a_pack_with_a_ruined_manifest_is_left_out_by_name(tmp_path: Path, text: str) -> None:
    folder = pack(tmp_path / "aigul")
    (folder / "manifest.yaml").write_text(text)
    kiosk = store(folder, tmp_path / "no-such-pack")
    assert not kiosk.clip(HELLO).recorded
    assert len(kiosk.faults) == 2 and "aigul" in kiosk.faults[0]


def test_an_entry_that_lacks_its_seal_is_named(tmp_path: Path) -> None:
    folder = pack(tmp_path / "aigul")
    path = folder / "manifest.yaml"
    path.write_text(path.read_text("utf-8").replace("sha256:", "sha:"), "utf-8")
    assert "sha256" in store(folder).faults[0]


def test_sentences_start_where_they_are_heard() -> None:
    clip = store().clip(Spoken(TELLING, RUSSIAN))
    first, second = clip.starts
    assert first == 0 < second < clip.pcm.duration
    samples = sound.samples_of(clip.pcm)
    at = int(second * PLAYBACK_RATE)
    before = samples[at - int(0.2 * PLAYBACK_RATE) : at]
    after = samples[at : at + int(0.3 * PLAYBACK_RATE)]
    assert sound.peak(before) < 0.001, "the gap before the second sentence is silent"
    assert sound.peak(after) > 0.05, "the second sentence begins at its start"


def test_synthesized_clips_are_equally_loud_and_never_clipped() -> None:
    kiosk = store()
    for spoken in kiosk.all_spoken():
        samples = sound.samples_of(kiosk.clip(spoken).pcm)
        assert sound.loudness(samples) == pytest.approx(-16, abs=1), spoken
        assert sound.peak(samples) <= 10 ** (-1 / 20), spoken


def test_what_nobody_can_say_is_found_before_the_first_visitor(tmp_path: Path) -> None:
    kiosk = store(pack(tmp_path / "aigul"), voice=NOBODY)
    assert HELLO not in kiosk.missing()
    assert len(kiosk.missing()) == 5
    with pytest.raises(PromptError, match="5 prompts"):
        kiosk.require_all()
    with pytest.raises(PromptError, match=r"topic\.documents\.name"):
        kiosk.clip(Spoken(NAME, KYRGYZ))


def test_a_text_with_digits_needs_a_recording() -> None:
    fee = PromptId("topic.fee.telling")
    kiosk = ClipStore(content({fee: {RUSSIAN: ("Это стоит 500 рублей.",)}}), (), VOICE, None)
    assert kiosk.missing() == (Spoken(fee, RUSSIAN),)
    with pytest.raises(PromptError, match="digits"):
        kiosk.clip(Spoken(fee, RUSSIAN))


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(PromptError, match="no text"):
        store().clip(Spoken(PromptId("system.nothing"), Locale("ky-KG")))


def test_preparing_renders_all_and_the_kiosks_own_words_first(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    kiosk = store(cache=cache)
    seen: list[tuple[int, int]] = []
    assert kiosk.prepare(lambda done, of: seen.append((done, of))) == ()
    assert seen == [(done, 6) for done in range(7)]
    assert [s.prompt for s in kiosk.all_spoken()] == [WELCOME] * 2 + [NAME] * 2 + [TELLING] * 2
    assert len(list(cache.glob("*.clip"))) == 6
    assert not list(cache.glob("*.part"))


def test_preparing_can_be_stopped(tmp_path: Path) -> None:
    stop = threading.Event()
    store(cache=tmp_path).prepare(lambda done, of: done == 2 and stop.set(), stop.is_set)
    assert 2 <= len(list(tmp_path.glob("*.clip"))) <= 3


def test_after_a_restart_clips_come_from_the_cache(tmp_path: Path) -> None:
    first = store(cache=tmp_path).clip(Spoken(TELLING, KYRGYZ))
    # espeak-ng never renders twice alike, so equal samples were read, not made.
    assert store(cache=tmp_path).clip(Spoken(TELLING, KYRGYZ)) == first


def test_a_damaged_cached_clip_is_made_again(tmp_path: Path) -> None:
    store(cache=tmp_path).clip(HELLO)
    (kept,) = tmp_path.glob("*.clip")
    whole = kept.read_bytes()
    for ruin in (b"", whole[: len(whole) // 2], whole[:-9] + b"123456789", b"{}\n" + whole):
        kept.write_bytes(ruin)
        assert store(cache=tmp_path).clip(HELLO).pcm.duration > 0.5


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("where a folder should be")
    for cache in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/clips")):
        kiosk = store(cache=cache)
        assert kiosk.clip(HELLO) is kiosk.clip(HELLO), "kept in memory"


def test_memory_is_bounded_and_forgotten_clips_come_back() -> None:
    kiosk = ClipStore(content(), (), VOICE, None, memory=1)
    first = kiosk.clip(HELLO)
    kiosk.clip(Spoken(NAME, KYRGYZ))
    assert kiosk.clip(HELLO) is not first


def test_eight_threads_make_each_clip_once() -> None:
    kiosk = store()
    jobs = list(kiosk.all_spoken()) * 5
    with ThreadPoolExecutor(8) as threads:
        clips = list(threads.map(kiosk.clip, jobs))
    made = {spoken: clip for spoken, clip in zip(jobs, clips, strict=True)}
    assert all(made[spoken] is clip for spoken, clip in zip(jobs, clips, strict=True))
    assert len(made) == sum(len(texts) for texts in TEXTS.values())
