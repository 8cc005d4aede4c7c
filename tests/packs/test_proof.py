"""Clips that say what they should and clips that do not: what a proof finds, what staff see."""

import base64
import json
import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from voicekiosk.cli import main
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, PromptId
from voicekiosk.packs.proof_report import as_html
from voicekiosk.packs.proof_sound import Fault
from voicekiosk.packs.proof_spoiling import NAMES, Spoiled, Spoiler
from voicekiosk.packs.proof_words import LANGUAGES, REASONS, reason
from voicekiosk.packs.proofing import WEAK, Line, Proof, lines_of, prove, rivals_among
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import read_pack
from voicekiosk.recognition.proof_ear import ProofEar

ROOT = Path(__file__).parents[2]
PACKS = {
    KYRGYZ: ROOT / "audio_prompts" / "starter-ky",
    RUSSIAN: ROOT / "audio_prompts" / "starter-ru",
}
SOME = re.compile(r"days\.left\.[3-5]\d?|system\.key\.\d|answer\.day_\d|topic\.[b-e].*remember")
"""Short and long, and alike but for one word."""
ENOUGH = 5

Prover = Callable[[list[Line]], list[Proof]]


def as_it_is(text: str, locale: Locale) -> str:
    return text


@pytest.fixture(scope="module")
def lines() -> dict[Spoken, Line]:
    found = [x for folder in PACKS.values() for x in lines_of(read_pack(folder), {}, as_it_is)]
    return {line.spoken: line for line in found if SOME.fullmatch(line.spoken.prompt)}


@pytest.fixture(scope="module")
def proof(lines: dict[Spoken, Line]) -> Prover:
    ear = ProofEar(ROOT / "models" / "vosk-ky")
    texts = {spoken: line.text for spoken, line in lines.items()}
    return lambda some: prove(some, ear, texts)


def found_in(proofs: list[Proof]) -> set[Fault]:
    return {doubt.fault for each in proofs for doubt in each.doubts}


def line_of(lines: dict[Spoken, Line], prompt: str, locale: Locale = KYRGYZ) -> Line:
    return lines[Spoken(PromptId(prompt), locale)]


@pytest.mark.parametrize("locale", PACKS)
def test_clips_that_say_their_text_are_not_doubted(lines, proof, locale) -> None:
    own = [line for line in lines.values() if line.spoken.locale == locale]
    doubted = [(p.line.spoken.prompt, p.doubts) for p in proof(own[:: len(own) // 12]) if p.doubts]
    # A word that sounds much like its rival may be doubted; somebody listens, and it is right.
    assert len(doubted) <= 1, doubted


@pytest.mark.parametrize("locale", PACKS)
@pytest.mark.parametrize("kind", [kind for kind in Spoiled if kind is not Spoiled.NOTHING])
def test_what_is_spoiled_on_purpose_is_found_and_named(
    lines, proof, tmp_path, kind, locale
) -> None:
    spoiled = Spoiler(list(lines.values()), tmp_path).cases(kind, locale, ENOUGH)
    proofs = proof(spoiled)
    named = [p for p in proofs if any(doubt.fault in NAMES[kind] for doubt in p.doubts)]
    missed = [(p.line.spoken.prompt, p.doubts) for p in proofs if p not in named]
    assert len(proofs) == ENOUGH
    # A vowel cut short is still heard, and a loud voice hides a little clipping.
    assert len(named) >= ENOUGH - 1, missed


def test_a_wrong_number_is_told_word_by_word(lines, proof) -> None:
    said, written = line_of(lines, "days.left.42"), line_of(lines, "days.left.43")
    (found,) = proof([Line(written.spoken, written.text, said.file, recorded=False)])
    assert [(d.fault, d.about) for d in found.doubts] == [(Fault.OTHER_WORD, "эки ≠ үч")]


def test_a_clip_of_another_prompt_is_told_by_its_text(lines, proof) -> None:
    said, written = line_of(lines, "topic.border.remember"), line_of(lines, "topic.debt.remember")
    (found,) = proof([Line(written.spoken, written.text, said.file, recorded=False)])
    assert found.doubts[0].fault is Fault.OTHER_TEXT
    assert said.text in found.doubts[0].about


def test_words_that_are_in_no_text_are_not_its_text(lines) -> None:
    said, written = line_of(lines, "days.left.42"), line_of(lines, "topic.debt.remember")
    wrong = Line(said.spoken, written.text[:16], said.file, recorded=False)
    (found,) = prove([wrong], ProofEar(ROOT / "models" / "vosk-ky"), {})
    assert [doubt.fault for doubt in found.doubts][:1] == [Fault.NOT_ITS_TEXT]


def test_a_few_words_left_out_are_named(lines, proof, tmp_path) -> None:
    line = line_of(lines, "topic.debt.remember", RUSSIAN)
    whole = sound.decode(line.file.read_bytes())
    gap = slice(len(whole) // 2, len(whole) // 2 + len(whole) // 7)
    shortened = Spoiler([line], tmp_path).saved(line, np.delete(whole, gap))
    (found,) = proof([shortened])
    assert found.doubts[0].fault is Fault.WORDS
    assert found.match and found.match.score > WEAK[0]
    heard_missing = found.doubts[0].about.split()
    assert set(heard_missing) <= set(re.findall(r"\w+", line.text.casefold()))


def test_a_long_silence_inside_is_found(lines, proof, tmp_path) -> None:
    line = line_of(lines, "topic.debt.remember")
    whole = sound.decode(line.file.read_bytes())
    quiet = int(np.argmin(np.convolve(np.abs(whole[4800:-4800]), np.ones(960), "same"))) + 4800
    broken = np.insert(whole, quiet, np.zeros(2 * 24_000))
    (found,) = proof([Spoiler([line], tmp_path).saved(line, broken)])
    assert Fault.PAUSE in found_in([found])


def test_a_file_that_is_no_sound_or_is_gone_is_doubted_first(lines, proof, tmp_path) -> None:
    line = line_of(lines, "days.left.42")
    torn = tmp_path / "torn.opus"
    torn.write_bytes(line.file.read_bytes()[:90])
    bad = [Line(line.spoken, line.text, file, False) for file in (torn, tmp_path / "gone.opus")]
    proofs = proof([line, *bad])
    assert [p.doubts[0].fault if p.doubts else None for p in proofs] == [Fault.UNREADABLE] * 2 + [
        None
    ]


def test_a_text_of_no_words_is_no_crash(lines, proof) -> None:
    line = line_of(lines, "days.left.42")
    (found,) = proof([Line(line.spoken, "… 112 …", line.file, recorded=False)])
    assert found.doubts


def test_words_that_may_stand_for_one_another_are_learnt_from_texts_alike_but_for_one() -> None:
    texts = {
        "days.left.12": "Он эки күн калды.",
        "days.left.13": "Он үч күн калды.",
        "topic.work.name": "Жумуш",
        "topic.debt.name": "Карыз",
        "days.digit.1": "Бир.",
        "days.digit.2": "Эки.",
    }
    rivals = rivals_among({Spoken(PromptId(p), KYRGYZ): t for p, t in texts.items()})[KYRGYZ]
    assert rivals == {"эки": {"үч", "бир"}, "үч": {"эки"}, "бир": {"эки"}}


def test_every_reason_is_said_in_every_language_and_uses_what_it_is_about() -> None:
    assert set(REASONS) == set(Fault)
    for said in REASONS.values():
        assert len(said) == len(LANGUAGES)
        assert len({text.count("{}") for text in said}) == 1


class Sheet:
    """The HTML as a browser sees it: one article for each clip, in order."""

    def __init__(self, html: str) -> None:
        self.doubtful, _, self.good = html.partition("<details>")

    @staticmethod
    def articles(html: str) -> Iterator[str]:
        yield from re.findall(r"<article>.*?</article>", html, re.S)


def test_the_sheet_shows_the_doubtful_first_and_plays_them_from_itself(
    lines, proof, tmp_path
) -> None:
    good, said = line_of(lines, "days.left.42"), line_of(lines, "days.left.43")
    wrong = Line(said.spoken, "Он <b>үч</b> күн калды.", good.file, recorded=False)
    proofs = proof([good, wrong])
    sheet = Sheet(as_html(proofs, "Айгүл & Co", "ru", tmp_path))
    (doubted,) = Sheet.articles(sheet.doubtful)
    assert "Он &lt;b&gt;үч&lt;/b&gt; күн калды." in doubted
    assert reason(proofs[0].doubts[0], "ru") in unescape(doubted)
    played = re.search(r'src="data:audio/ogg;base64,([^"]+)"', doubted)
    assert played and base64.b64decode(played[1]) == good.file.read_bytes()
    (other,) = Sheet.articles(sheet.good)
    linked = re.search(r'src="([^"]+)"', other)
    assert linked and (tmp_path / linked[1]).resolve() == good.file.resolve()


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    """A copy of a starter pack with two clips swapped, as a tired hand swaps them."""
    folder = tmp_path / "aigul"
    shutil.copytree(PACKS[KYRGYZ], folder)
    one, other = folder / "system.key.3.opus", folder / "system.key.5.opus"
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    return folder


def test_the_command_names_what_is_swapped_and_ends_with_1(small_pack, tmp_path, capsys) -> None:
    sheet, figures = tmp_path / "sheet.html", tmp_path / "figures.json"
    words = ["pack", "proof", str(small_pack), "--only", "system.key."]
    assert main([*words, "--html", str(sheet), "--json", str(figures), "--language", "ky"]) == 1
    printed = capsys.readouterr().out
    assert "system.key.3 (ky-KG)" in printed
    assert "2 doubtful" in printed
    found = json.loads(figures.read_text("utf-8"))
    assert {p["prompt"] for p in found["proofs"] if p["doubts"]} == {"system.key.3", "system.key.5"}
    assert "Шектүү: 2 / " in sheet.read_text("utf-8")


def test_the_command_ends_with_0_when_nothing_is_doubtful(small_pack, capsys) -> None:
    assert main(["pack", "proof", str(small_pack), "--only", "system.key.1"]) == 0
    assert "0 doubtful" in capsys.readouterr().out


def test_what_is_no_pack_and_what_holds_no_clip_is_said(small_pack, tmp_path, capsys) -> None:
    assert main(["pack", "proof", str(tmp_path / "nothing")]) != 0
    assert "is no pack" in capsys.readouterr().err
    assert main(["pack", "proof", str(small_pack), "--only", "no.such"]) != 0
    assert "no clip to listen to" in capsys.readouterr().err
