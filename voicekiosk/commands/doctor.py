"""``voicekiosk doctor``: what this machine has and lacks, and how to mend it."""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voicekiosk.app import MODEL, Places, places
from voicekiosk.core.content import Content
from voicekiosk.ports import KioskError
from voicekiosk.virtual.needed import has_screen, has_sound

SPARE_BYTES = 500 * 1024 * 1024
"""Room for rendered clips, compiled models and the journal."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; without it the kiosk falls back (``hint``) or fails (``trouble``)."""

    subject: str
    seen: str
    hint: str = ""
    trouble: str = ""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "doctor",
        help="what this machine has and lacks, and how to mend it",
        description="Looks at the machine and changes nothing. Ends with 1 when a mend is needed.",
    )
    parser.add_argument("--content", type=Path, metavar="DIR", help="another content folder")
    parser.add_argument("--models", type=Path, metavar="DIR", help="another folder of models")
    parser.add_argument("--packs", type=Path, metavar="DIR", help="another folder of prompt packs")


def run(args: argparse.Namespace) -> int:
    where = places(args.content, args.models, args.packs)
    troubles = 0
    for finding in _findings(where):
        mark = "mend" if finding.trouble else "note" if finding.hint else " OK "
        print(f"[{mark}] {finding.subject}: {finding.seen}")
        for line in filter(None, (finding.trouble, finding.hint)):
            print(f"       {line}")
        troubles += bool(finding.trouble)
    print(f"{troubles} to mend" if troubles else "The kiosk can run on this machine.")
    return 1 if troubles else 0


def _findings(where: Places) -> Iterator[Finding]:
    machine: tuple[tuple[str, Callable[[Places], Iterator[Finding]]], ...] = (
        ("Python", _python),
        ("screen", _screen),
        ("sound", _sound),
        ("listening", _models),
        ("disk", _disk),
    )
    for subject, look in machine:
        yield from _looked(subject, look(where))
    from voicekiosk.loading import load

    try:
        content = load(where.content)
    except KioskError as error:
        yield Finding("content", error.what.splitlines()[0], trouble="Which: voicekiosk check")
        return
    yield from _content(where, content)
    yield from _looked("voices", _voices(content))
    yield from _looked("prompt packs", _packs(where, content))


def _looked(subject: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings; one broken part must not hide what is to be said about the others."""
    try:
        yield from findings
    except KioskError as error:
        yield Finding(subject, error.what, trouble=error.mend or "Look into it first.")
    except (ImportError, OSError) as error:
        yield Finding(subject, str(error), trouble="./kiosk installs what is missing.")


def _python(_where: Places) -> Iterator[Finding]:
    yield Finding("Python", f"{platform.python_version()} on {platform.platform(terse=True)}")


def _screen(_where: Places) -> Iterator[Finding]:
    if has_screen():
        yield Finding("screen", "there is one")
    elif shutil.which("Xvfb"):
        hint = "Connect a screen; until then `run` uses a virtual one that nobody sees."
        yield Finding("screen", "none", hint=hint)
    else:
        yield Finding("screen", "none", trouble="Connect a screen, or: apt-get install xvfb")


def _sound(_where: Places) -> Iterator[Finding]:
    from voicekiosk.audio.stream import Direction, device_names

    if not has_sound():
        hint = "Connect a handset; until then `run` uses a virtual one that nobody hears."
        if shutil.which("pulseaudio"):
            yield Finding("sound", "no sound card and no sound server", hint=hint)
        else:
            mend = "Connect a handset, or: apt-get install pulseaudio pulseaudio-utils"
            yield Finding("sound", "no sound card and no sound server", trouble=mend)
        return
    for direction in Direction:
        names = device_names(direction)
        mend = "" if names else f"Connect a {direction.value}, or start the sound server."
        yield Finding(direction.value, names or "none", trouble=mend)


def _content(where: Places, content: Content) -> Iterator[Finding]:
    untold = len(content.untold)
    hint = f"{untold} topics have no text yet; see: voicekiosk check" if untold else ""
    yield Finding("content", f"version {content.version}, {where.content}", hint=hint)
    for locale in content.locales:
        reviewer = content.reviewed_by.get(locale)
        hint = "" if reviewer else "Not for the public before a native speaker has reviewed it."
        yield Finding(f"texts {locale}", f"reviewed by {reviewer or 'nobody'}", hint=hint)


def _models(where: Places) -> Iterator[Finding]:
    # Find out here, not before a visitor, whether the engine's library fits this machine.
    import voicekiosk.recognition.vosk_recognizer  # noqa: F401
    from voicekiosk.recognition.model_folder import verify

    verify(where.models / MODEL)
    yield Finding("listening", f"{MODEL}, every file as catalogued")


def _voices(content: Content) -> Iterator[Finding]:
    from voicekiosk.synthesis.best import installed_voices

    voices = installed_voices()
    for locale in content.locales:
        voice = voices.voice(locale)
        if voice is None:
            mend = "Install a voice for it, or record every prompt: voicekiosk pack"
            yield Finding(f"voice {locale}", "none", trouble=mend)
        else:
            robotic = not voice.startswith("RHVoice")
            hint = (
                "Robotic; speaks only what no pack holds. Natural: RHVoice, see README."
                if robotic
                else ""
            )
            yield Finding(f"voice {locale}", voice, hint=hint)


def _packs(where: Places, content: Content) -> Iterator[Finding]:
    from voicekiosk.prompts.store import ClipStore
    from voicekiosk.synthesis.best import installed_voices

    store = ClipStore(content, where.packs, installed_voices(), None)
    names = ", ".join(folder.name for folder in where.packs) or "none"
    mend = "; ".join(dict.fromkeys((*where.pack_shelf.faults(), *store.faults[:3])))
    yield Finding("prompt packs", names, trouble=mend)
    missing = store.missing()
    mend = "See which: voicekiosk check" if missing else ""
    yield Finding("prompts that nothing can say", str(len(missing)), trouble=mend)


def _disk(where: Places) -> Iterator[Finding]:
    for subject, folder in (("cache", where.cache), ("journal", where.journal.parent)):
        existing = next(p for p in (folder, *folder.parents) if p.exists())
        free = shutil.disk_usage(existing).free
        mend = "" if free > SPARE_BYTES else f"Make room: {SPARE_BYTES >> 20} MB are needed."
        yield Finding(f"disk for the {subject}", f"{free >> 20} MB free, {folder}", trouble=mend)
    if sys.platform != "linux":
        hint = "Tried on Debian 12 and 13 only."
        yield Finding("system", sys.platform, hint=hint)
