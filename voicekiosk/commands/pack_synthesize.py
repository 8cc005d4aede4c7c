"""``voicekiosk pack synthesize``: what nobody has recorded, spoken by the best voice installed."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from voicekiosk.app import places
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Clip, Locale, PromptId, language_of
from voicekiosk.loading import load
from voicekiosk.ports import KioskError, PromptError, SynthesisError, Synthesizer
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import Entry, Manifest, Pack, read_pack, write_pack
from voicekiosk.prompts.rendering import render
from voicekiosk.synthesis.best import LICENCES, installed_voices


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser("synthesize", help="make a pack with the voices installed")
    parser.add_argument("--out", type=Path, required=True, help="the new pack's folder")
    parser.add_argument("--locale", default="ky-KG")
    parser.add_argument("--version", default="1")
    parser.add_argument("--espeak", action="store_true", help="allow espeak-ng to speak")
    parser.set_defaults(act=run)


def run(args: argparse.Namespace) -> int:
    content = load(places(content=args.content).content)
    locale, voices = Locale(args.locale), installed_voices()
    if (voices.voice(locale) or "espeak-ng").startswith("espeak-ng") and not args.espeak:
        raise SynthesisError(
            f"No natural voice for {locale} is installed", "Install one, or allow --espeak."
        )
    return synthesize(content, args.out, locale, voices, args.version)


def synthesize(
    content: Content, out: Path, locale: Locale, voices: Synthesizer, version: str
) -> int:
    """Make a pack of every prompt of a language in the folder ``out``."""
    prompts = {
        prompt: texts[locale] for prompt, texts in content.prompts.items() if locale in texts
    }
    voice = voices.voice(locale)
    licence = LICENCES.get((voice or "").split(" ")[0], "unknown")
    try:
        entries, faults = _clips(prompts, locale, voices, out)
        manifest = Manifest(
            *(out.name, version, content.version, (locale,), f"{voice} (synthetic)", "", licence),
            {entry.spoken: entry for entry in entries},
        )
        write_pack(Pack(out, manifest))
        kept = {entry.file for entry in entries}
        for stray in out.glob("*.opus"):  # clips of prompts that are gone
            if stray.name not in kept:
                stray.unlink()
    except OSError as error:
        raise PromptError(f"{out} cannot be written: {error}", "Choose another.") from error
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{out}: {len(entries)} prompts in {language_of(locale)} by {voice}")
    return 1 if faults else 0


def _clips(
    prompts: dict[PromptId, tuple[str, ...]], locale: Locale, voices: Synthesizer, out: Path
) -> tuple[list[Entry], list[str]]:
    """Renders and writes each prompt; what its line of the manifest says."""
    out.mkdir(parents=True, exist_ok=True)
    before = _before(out)
    entries: list[Entry] = []
    faults: list[str] = []
    for done, (prompt, sentences) in enumerate(sorted(prompts.items())):
        if sys.stderr.isatty():
            print(f"\r{done}/{len(prompts)} ", end="", file=sys.stderr)
        name, text = f"{prompt}.opus", " ".join(sentences)
        old = before.get(Spoken(prompt, locale))
        if old and _unchanged(old, out / name, text, voices.voice(locale)):
            entries.append(old)
            continue
        try:
            clip = render(sentences, locale, voices)
        except KioskError as error:
            faults.append(f"{prompt}: {error}")
            continue
        encoded, loudness = _opus(clip)
        (out / name).write_bytes(encoded)
        entries.append(
            Entry(
                *(prompt, locale, name, hashlib.sha256(encoded).hexdigest(), text, False),
                *(clip.voice, clip.starts, loudness, clip.pcm.duration),
            )
        )
    return entries, faults


def _before(out: Path) -> Mapping[Spoken, Entry]:
    """What an earlier run made, so that only texts that changed are spoken again."""
    try:
        return read_pack(out).entries
    except PromptError:
        return {}


def _unchanged(entry: Entry | None, file: Path, text: str, voice: str | None) -> bool:
    return (
        entry is not None
        and entry.loudness is not None
        and abs(entry.loudness - sound.LOUDNESS) <= sound.TOLERANCE
        and (entry.text, entry.voice, entry.file) == (text, voice, file.name)
        and file.is_file()
        and hashlib.sha256(file.read_bytes()).hexdigest() == entry.sha256
    )


def _opus(clip: Clip) -> tuple[bytes, float]:
    """Encoded, and how loud it comes out: Opus makes some short words softer, so they go again."""
    samples = sound.samples_of(clip.pcm)
    encoded = sound.encode(samples, "opus")
    level = sound.loudness(sound.decode(encoded))
    if abs(level - sound.LOUDNESS) > sound.TOLERANCE / 2:
        louder = samples * 10 ** ((sound.LOUDNESS - level) / 20)
        encoded = sound.encode(sound.limited(louder), "opus")
        level = sound.loudness(sound.decode(encoded))
    return encoded, level
