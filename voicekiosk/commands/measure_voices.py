"""Recordings made by every voice of this machine: the content's phrases, and other speech."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import numpy as np
import soundfile  # type: ignore[import-untyped]

from voicekiosk.app import Places, model_folder
from voicekiosk.core.content import Content
from voicekiosk.core.normalising import normalise
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, Pcm, language_of
from voicekiosk.ports import SynthesisError
from voicekiosk.synthesis.speakers import RATES, Speakers

_LOUDNESS = 0.3
_MOST_WORDS = 3


def record(
    content: Content,
    where: Places,
    folder: Path,
    count: int,
    seed: int,
    progress: Callable[[str], None],
) -> None:
    """Fill ``folder`` with about ``count`` recordings and their manifest.

    Half say a phrase, half do not; both languages alike; every voice says as much as any other of
    its language. Raises SynthesisError when the machine has no voice.
    """
    folder.mkdir(parents=True)
    speakers = Speakers()
    lines = ["file\ttranscript\tspeaker\tlanguage\tgroup"]
    luck = random.Random(seed)
    for locale in (KYRGYZ, RUSSIAN):
        voices = [s for s in speakers.all if s.language == language_of(locale)]
        if not voices:
            progress(f"no voice speaks {locale}")
            continue
        luck.shuffle(voices)
        inside, outside = texts(content, locale, _background(where))
        for sentences in (inside, outside):
            luck.shuffle(sentences)
            wanted = max(count // 4, 1)
            for number, (text, voice) in enumerate(
                zip((sentences * (wanted // len(sentences) + 1))[:wanted], cycle(voices))
            ):
                try:
                    pcm = speakers.say(voice, text, locale, luck.choice(RATES))
                except SynthesisError as error:
                    progress(str(error))
                    continue
                file = f"{len(lines):05d}.wav"
                _save(folder / file, pcm)
                lines.append("\t".join((file, text, voice.name, locale, voice.kind)))
                if (number + 1) % 100 == 0:
                    progress(f"{len(lines) - 1} of about {count} recordings are spoken")
    (folder / "manifest.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def texts(
    content: Content, locale: Locale, background: frozenset[str] = frozenset()
) -> tuple[list[str], list[str]]:
    """The phrases of a language, and words of its tellings that are no phrase.

    Words that the recognizer knows as background are left out: refusing them is too easy.
    """
    meanings = content.meanings()
    inside = sorted(p for p, many in meanings.items() if any(m.locale == locale for m in many))
    outside: dict[str, None] = {}
    for name in sorted(content.prompts):
        for sentence in content.prompts[name].get(locale, ()):
            words = normalise(sentence, locale).split()
            for at in range(len(words)):
                some = words[at : at + 1 + at % _MOST_WORDS]
                text = " ".join(some)
                new = text not in meanings and not any(word in background for word in some)
                if new and len(text) > 3 and text.replace(" ", "").isalpha():
                    outside[text] = None
    return inside, list(outside)


def _background(where: Places) -> frozenset[str]:
    files = sorted(model_folder(where.models).glob("background-*.txt"))
    return frozenset(word for file in files for word in file.read_text("utf-8").split())


def _save(file: Path, pcm: Pcm) -> None:
    sound = np.frombuffer(pcm.samples, "<i2").astype(np.float32)
    sound *= _LOUDNESS / max(float(np.abs(sound).max()), 1.0)
    soundfile.write(file, sound, pcm.rate, subtype="PCM_16")
