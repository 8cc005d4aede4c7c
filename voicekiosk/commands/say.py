"""``voicekiosk say``: hear a text or a prompt exactly as a visitor would."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from voicekiosk.app import places
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import KYRGYZ, Clip, Locale, PromptId
from voicekiosk.loading import load
from voicekiosk.ports import AudioError, PromptError
from voicekiosk.prompts import sound
from voicekiosk.prompts.rendering import render
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import installed_voices


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("say", help="say a text or a prompt aloud, or into a file")
    parser.add_argument("text", nargs="?", help="what to say, numbers written as words")
    parser.add_argument("--prompt", help="a prompt's id instead, e.g. system.welcome")
    parser.add_argument("--locale", default=KYRGYZ, help="ky-KG (default) or ru-KG")
    parser.add_argument("--out", type=Path, help="write a WAV or FLAC file instead of playing")
    parser.add_argument("--espeak", action="store_true", help="use espeak-ng even with RHVoice")
    parser.add_argument("--content", type=Path, help="default: the kiosk's own")
    parser.add_argument("--packs", type=Path, help="default: audio_prompts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if (args.text is None) == (args.prompt is None):
        print("Give either a text or --prompt ID.", file=sys.stderr)
        return 2
    clip = _clip(args)
    speaker = f"{clip.voice}{' (recorded)' if clip.recorded else ''}, {clip.pcm.duration:.1f} s"
    out: Path | None = args.out
    if out is None:
        try:
            _play(clip)
        except AudioError as error:
            out = Path("say.wav")
            print(f"Nothing can be heard: {error}", file=sys.stderr)
    if out is not None:
        _write(clip, out)
        print(f"{out}: {speaker}")
    else:
        print(speaker)
    return 0


def _clip(args: argparse.Namespace) -> Clip:
    locale = Locale(args.locale)
    voices = installed_voices(natural=not args.espeak)
    if args.prompt is None:
        return render((args.text,), locale, voices)
    where = places(content=args.content, audio_prompts=args.packs)
    store = ClipStore(load(where.content), where.packs, voices, where.cache / "clips")
    return store.clip(Spoken(PromptId(args.prompt), locale))


def _play(clip: Clip) -> None:
    try:
        from voicekiosk.audio.player import SoundPlayer
    except (ImportError, OSError) as error:  # sounddevice raises OSError without PortAudio
        raise AudioError(f"No sound system: {error}", "Install libportaudio2.") from error
    player = SoundPlayer()
    over = threading.Event()
    player.open(lambda back: None if back else over.set())
    try:
        player.play([clip], lambda _clip, _sentence: None, over.set)
        over.wait(clip.pcm.duration + 10)
    finally:
        player.close()


def _write(clip: Clip, out: Path) -> None:
    codec = "wav" if out.suffix.lower() == ".wav" else "flac"
    try:
        out.write_bytes(sound.encode(sound.samples_of(clip.pcm), codec))
    except OSError as error:
        raise PromptError(f"{out} cannot be written: {error}", "Choose another file.") from error
