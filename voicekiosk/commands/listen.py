"""``voicekiosk listen``: what the kiosk hears, how sure it is, and what it would do."""

from __future__ import annotations

import argparse
import queue
import time
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.core.content import Content
from voicekiosk.core.matching import Accept, Confirm, Reject, decide
from voicekiosk.core.messages import Event, Heard, MicrophoneLost, MicrophoneRestored, Utterance
from voicekiosk.core.types import Turn
from voicekiosk.ports import FRAME_RATE, FRAME_SAMPLES, AudioError, Recognizer

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "listen",
        help="what is heard, how sure, and what would happen",
        description="Listen to the microphone, or to recordings, and print what the kiosk would "
        "make of it. Nothing is kept: it is printed here only. Ctrl-C ends it.",
        epilog="example: voicekiosk listen --wav jumush.wav",
    )
    parser.add_argument("--wav", nargs="+", type=Path, metavar="FILE", help="recordings instead")
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    parser.add_argument("--models", type=Path, metavar="DIR", help="another models folder")
    parser.add_argument("--microphone", metavar="NAME", help="a microphone by (part of) its name")


def run(options: argparse.Namespace) -> int:
    from voicekiosk.app import places, recognizer_of
    from voicekiosk.loading import load

    where = places(content=options.content, models=options.models)
    content = load(where.content)
    recognizer = recognizer_of(where.models, where.cache / "models")
    if options.wav:
        recognizer.learn({(p, m.locale) for p, many in content.meanings().items() for m in many})
        for file in options.wav:
            started = time.monotonic()
            utterance = recognize(recognizer, file)
            print(f"{file}  ({time.monotonic() - started:.2f} s)")
            print(described(utterance, content), flush=True)
        return 0
    return _live(content, recognizer, options.microphone)


def _live(content: Content, recognizer: Recognizer, microphone: str | None) -> int:
    from voicekiosk.audio.microphone import SoundMicrophone
    from voicekiosk.audio.voice_activity import voice_detector
    from voicekiosk.listening import Listener

    inbox: queue.Queue[Event] = queue.Queue()
    listener = Listener(
        SoundMicrophone(microphone),
        recognizer,
        content.meanings(),
        inbox.put,
        bands=content.bands,
        detector=voice_detector(),
    )
    listener.open()
    listener.listen(Turn(1))
    print("listening; say a topic, for example жумуш or документы (Ctrl-C ends)", flush=True)
    try:
        while True:
            match inbox.get():
                case Heard(_, utterance):
                    print(described(utterance, content), flush=True)
                case MicrophoneLost():
                    print("the microphone is lost", flush=True)
                case MicrophoneRestored():
                    print("the microphone is back", flush=True)
                case _:
                    print("...", flush=True)
    finally:
        listener.close()


def recognize(recognizer: Recognizer, file: Path) -> Utterance:
    """Feed a recording frame by frame, as the microphone would."""
    import numpy as np
    import soundfile  # type: ignore[import-untyped]
    import soxr  # type: ignore[import-untyped]

    try:
        sound, rate = soundfile.read(file, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise AudioError(
            f"{file} cannot be read as sound ({error})", "Give a WAV, FLAC or OGG file."
        ) from error
    mono = soxr.resample(sound.mean(axis=1), rate, FRAME_RATE) if len(sound) else sound[:, 0]
    samples = (np.clip(mono, -1, 1) * 32767).astype("<i2").tobytes()
    recognizer.begin(())
    step = FRAME_SAMPLES * 2
    for at in range(0, len(samples) - step + 1, step):
        recognizer.accept(samples[at : at + step])
    return recognizer.finish()


def described(utterance: Utterance, content: Content) -> str:
    """The candidates with their confidence, and the decision."""
    lines = [f"  {c.confidence:4.2f}  {c.phrase}" for c in utterance.candidates]
    locale = content.locales[0]

    def name(option: str) -> str:
        known = next((o for o in content.options.values() if o.id == option), None)
        return f"{known.names.get(locale, option)} ({option})" if known else option

    match decide(utterance, content.meanings(), content.bands, locale):
        case Accept(option, said_in):
            lines.append(f"  -> accept: {name(option)}, said in {said_in}")
        case Confirm(options, _):
            lines.append("  -> ask: " + " or ".join(map(name, options)) + "?")
        case Reject(trouble):
            lines.append(f"  -> reject: {trouble.value if trouble else 'none of the phrases'}")
    return "\n".join(lines)
