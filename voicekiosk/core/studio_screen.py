"""The studio to a screen view: what the reader sees, and what a touch or a key means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicekiosk.core.content import Content, Option, Shape
from voicekiosk.core.messages import Spoken
from voicekiosk.core.screen import Caption, MicrophoneState, Scene, ScreenView, Tile
from voicekiosk.core.sensitive import look
from voicekiosk.core.studio import Choice, Fault, Line, Stage, Studio, StudioTexts, Wave
from voicekiosk.core.types import KYRGYZ, Locale, OptionId

_GREEN, _BLUE, _RED, _BROWN = "#1b5e20", "#0b4a80", "#8c1220", "#4a3b2f"
_LOOKS = {
    Choice.RECORD: ("microphone", _RED),
    Choice.DONE: ("yes", _GREEN),
    Choice.NEXT: ("next", _GREEN),
    Choice.LISTEN: ("play", _BLUE),
    Choice.BACK: ("back", _BROWN),
    Choice.SKIP: ("day_on", _BROWN),
    Choice.STOP: ("stop", _BROWN),
}
_KEYS = {
    **{"7": Choice.BACK, "left": Choice.BACK, "backspace": Choice.BACK, "8": Choice.LISTEN},
    **{"right": Choice.SKIP, "escape": Choice.STOP, "0": Choice.STOP},
}
_FORWARD = ("enter", "space", "#")
"""Whatever comes next: with one key from the first prompt to the last."""


class Lamp(StrEnum):
    """What is going on: this is what a reader must see from afar."""

    READY = "ready"
    LISTEN = "listen"
    COUNT = "count"
    RECORD = "record"
    REPLAY = "replay"
    GOOD = "good"
    FAULTY = "faulty"
    LOST = "lost"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Share:
    """How far it is in one language."""

    pictogram: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class StudioView(ScreenView):
    text: str = ""
    """What is read aloud, or what the studio has to say; very large."""
    disabled: frozenset[OptionId] = frozenset()
    """Shown and not to be touched now."""
    done: int = 0
    of: int = 0
    lamp: Lamp = Lamp.READY
    note: str = ""
    """What is going on, or what is wrong, in a few words."""
    count: int = 0
    """While counting: 3, 2, 1; 0 for the tone."""
    shares: tuple[Share, ...] = ()
    wave: Wave | None = None
    faults: tuple[Fault, ...] = ()
    awaited: OptionId | None = None
    """What one would do next; it stands out."""
    take: int = 0
    """Changes with every playing of a take, so that its hand begins anew."""


def choice_of_key(studio: Studio, key: str) -> Choice | None:
    """What a key means now; None for a key that means nothing."""
    if key in _FORWARD:
        return awaited(studio)
    if key in ("1", "2", "3", "4", "5", "6"):
        return studio.choices[int(key) - 1]
    return _KEYS.get(key)


def choice_of_option(option: OptionId) -> Choice | None:
    return next((choice for choice in Choice if choice.option == option), None)


def awaited(studio: Studio) -> Choice:
    """What most readers do next."""
    match studio.stage:
        case Stage.RECORDING:
            return Choice.DONE
        case Stage.REPLAYING | Stage.JUDGING if not studio.faults:
            return Choice.NEXT
        case Stage.INTERRUPTED | Stage.FAILED:
            return Choice.STOP
        case Stage.FINISHED if not studio.skipped:
            return Choice.STOP
    return Choice.RECORD


def plan_of(content: Content, spoken: tuple[Spoken, ...]) -> tuple[Line, ...]:
    """What is read aloud, in this order. A prompt's picture is that of what it tells about."""
    names = sorted(content.options, key=len, reverse=True)

    def owner(prompt: str) -> OptionId | None:
        return next((name for name in names if prompt.startswith(f"{name}.")), None)

    return tuple(
        Line(one, content.prompts[one.prompt][one.locale], owner(one.prompt)) for one in spoken
    )


def studio_view(studio: Studio, content: Content, texts: StudioTexts) -> StudioView:
    line = studio.line
    option = content.options.get(line.option) if line.option else None
    colour, shape = look(option, content)
    lamp = _lamp(studio)
    aside = lamp in (Lamp.READY, Lamp.LOST, Lamp.FINISHED)
    caption = _caption(studio, texts)
    counted = len(studio.plan), sum(one.spoken in studio.done for one in studio.plan)
    return StudioView(
        scene=Scene.CHOICE,
        locale=line.spoken.locale,
        title=_title(studio, option),
        pictogram="goodbye" if lamp is Lamp.FINISHED else option.pictogram if option else "voice",
        colour=colour,
        shape=shape,
        tiles=_tiles(studio, texts),
        bar=(),
        caption=caption,
        microphone=_microphone(studio),
        handset=True,
        speaking=lamp is Lamp.LISTEN,
        paused=False,
        volume=0,
        volume_steps=1,
        speaker_lost=lamp is Lamp.LOST,
        text=" ".join(caption.sentences) if aside else line.text,
        disabled=frozenset(c.option for c in studio.choices if not studio.allows(c)),
        done=counted[1],
        of=counted[0],
        lamp=lamp,
        note=_note(studio, lamp, texts),
        count=studio.count,
        shares=_shares(studio),
        wave=studio.wave,
        faults=studio.faults,
        awaited=awaited(studio).option if studio.allows(awaited(studio)) else None,
        take=studio.turn if studio.stage is Stage.REPLAYING else 0,
    )


def _lamp(studio: Studio) -> Lamp:
    match studio.stage:
        case Stage.READY:
            return Lamp.READY
        case Stage.COUNTING:
            return Lamp.COUNT
        case Stage.RECORDING:
            return Lamp.RECORD
        case Stage.REPLAYING if not studio.faults:
            return Lamp.REPLAY
        case Stage.REPLAYING | Stage.JUDGING:
            return Lamp.FAULTY if studio.faults else Lamp.GOOD
        case Stage.INTERRUPTED | Stage.FAILED:
            return Lamp.LOST
        case Stage.FINISHED | Stage.CLOSED:
            return Lamp.FINISHED
    return Lamp.LISTEN


def _caption(studio: Studio, texts: StudioTexts) -> Caption:
    if not studio.said:
        return Caption()
    return Caption(texts.prompts[studio.said[0]][studio.language])


def _note(studio: Studio, lamp: Lamp, texts: StudioTexts) -> str:
    if lamp is Lamp.FAULTY:
        return " ".join(texts.prompts[studio.faults[0].prompt][studio.language])
    if lamp in (Lamp.READY, Lamp.LOST, Lamp.FINISHED):
        return ""
    name = "kept" if studio.kept and lamp is Lamp.GOOD else lamp.value
    return texts.labels[f"lamp.{name}"][studio.language]


def _title(studio: Studio, option: Option | None) -> str:
    """Which of how many, and what about."""
    number = f"{studio.at + 1} / {len(studio.plan)}"
    spoken = studio.line.spoken.locale
    named = option.names.get(spoken, "") if option else ""
    return f"{number}   {named}".strip()


def _tiles(studio: Studio, texts: StudioTexts) -> tuple[Tile, ...]:
    tiles = []
    for key, choice in enumerate(studio.choices, 1):
        name = choice.value
        if choice is Choice.RECORD and studio.stage is Stage.READY:
            name = "begin"
        elif choice is Choice.RECORD and (studio.wave or studio.faults):
            name = "again"
        elif choice is Choice.STOP and studio.stage is Stage.FINISHED:
            name = "finish"
        picture, colour = _LOOKS[choice]
        label = texts.labels[name][studio.language]
        tiles.append(Tile(choice.option, label, picture, colour, Shape.CIRCLE, str(key)))
    return tuple(tiles)


def _shares(studio: Studio) -> tuple[Share, ...]:
    of: dict[Locale, int] = {}
    done: dict[Locale, int] = {}
    for line in studio.plan:
        locale = line.spoken.locale
        of[locale] = of.get(locale, 0) + 1
        done[locale] = done.get(locale, 0) + (line.spoken in studio.done)
    return tuple(
        Share("kyrgyz" if locale == KYRGYZ else "russian", done[locale], count)
        for locale, count in of.items()
    )


def _microphone(studio: Studio) -> MicrophoneState:
    if studio.stage is Stage.INTERRUPTED:
        return MicrophoneState.LOST
    if studio.stage is not Stage.RECORDING:
        return MicrophoneState.OFF
    return MicrophoneState.HEARING if studio.hearing else MicrophoneState.LISTENING
