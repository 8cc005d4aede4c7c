"""``voicekiosk pack synthesize``: what nobody has recorded, spoken by the best voice installed."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from voicekiosk.app import places
from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, Locale, PromptId, language_of
from voicekiosk.loading import load
from voicekiosk.packs.encoding import encoded
from voicekiosk.packs.work import Take, Work
from voicekiosk.ports import PLAYBACK_RATE, KioskError, PromptError, SynthesisError, Synthesizer
from voicekiosk.prompts import sound
from voicekiosk.prompts.pack import Entry, Manifest, Pack, read_pack, write_pack
from voicekiosk.prompts.rendering import render
from voicekiosk.synthesis.best import LICENCES, installed_voices

_EXAMPLES = """\
Lets the best voice installed say what nobody has recorded; it is marked as synthesized.

  voicekiosk pack synthesize --locale ky-KG --out my-pack     a whole pack, a voice alone
  voicekiosk pack synthesize --into aigul                     what a work folder still lacks
"""


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "synthesize",
        help="make a pack with the voices installed, or fill up a work folder",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, help="the new pack's folder")
    where.add_argument("--into", type=Path, metavar="WORKFOLDER", help="made by `pack new`")
    parser.add_argument("--locale", help="default: ky-KG; with --into, all that the folder has")
    parser.add_argument("--version", default="1")
    parser.add_argument("--espeak", action="store_true", help="allow espeak-ng to speak")
    parser.set_defaults(act=run)


def run(args: argparse.Namespace) -> int:
    content = load(places(content=args.content).content)
    voices = installed_voices()
    if args.into:
        work = Work.read(args.into)
        locales = (Locale(args.locale),) if args.locale else work.locales
    else:
        locales = (Locale(args.locale or KYRGYZ),)
    for locale in locales:
        if (voices.voice(locale) or "espeak-ng").startswith("espeak-ng") and not args.espeak:
            raise SynthesisError(
                f"No natural voice for {locale} is installed", "Install one, or allow --espeak."
            )
    if args.into:
        return fill(content, work, locales, voices)
    return synthesize(content, args.out, locales[0], voices, args.version)


def fill(content: Content, work: Work, locales: Collection[Locale], voices: Synthesizer) -> int:
    """Say what a work folder lacks in these languages; the takes know that a voice spoke."""
    lacking = [spoken for spoken in work.missing(content) if spoken.locale in locales]
    said = 0
    for done, spoken in enumerate(lacking):
        _progress(done, len(lacking))
        sentences = content.prompts[spoken.prompt][spoken.locale]
        try:
            clip = render(sentences, spoken.locale, voices)
        except KioskError as error:
            print(f"{spoken.prompt} ({spoken.locale}): {error}", file=sys.stderr)
            continue
        take = Take(" ".join(sentences), clip.voice, recorded=False, starts=clip.starts)
        work.keep(spoken, sound.samples_of(clip.pcm), PLAYBACK_RATE, take)
        said += 1
    _progress(len(lacking), len(lacking))
    print(f"{work.folder}: {said} texts said by a voice, {len(lacking) - said} left out")
    return 1 if said < len(lacking) else 0


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(
            f"\r{done}/{of} " if done < of else "\r        \r", end="", file=sys.stderr, flush=True
        )


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
        _progress(done, len(prompts))
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
        opus, loudness = encoded(sound.samples_of(clip.pcm))
        (out / name).write_bytes(opus)
        entries.append(
            Entry(
                *(prompt, locale, name, hashlib.sha256(opus).hexdigest(), text, False),
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
