"""Session to screen: what is shown is a pure function of where the visitor is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicekiosk.core.content import Command, Shape
from voicekiosk.core.types import Locale, OptionId


class Scene(StrEnum):
    """What kind of screen it is."""

    IDLE = "idle"
    HOME = "home"
    CATEGORY = "category"
    ALL_TOPICS = "all_topics"
    TOPIC = "topic"
    CHOICE = "choice"
    """Did you mean this, or that? Big pictures."""
    MANNER = "manner"
    """Help asked for twice: slower, dark, clearer, on, lower. What else only a word does."""
    ASKING = "asking"
    """An activity asks: its answers, as big pictures."""
    VEILED = "veiled"
    """Something sensitive waits for the handset: nothing shows what it is."""
    WARNING = "warning"
    """Is anybody still here? One big picture, and nothing of what was open."""
    GOODBYE = "goodbye"


class MicrophoneState(StrEnum):
    OFF = "off"
    """Not listening now."""
    LISTENING = "listening"
    HEARING = "hearing"
    """Somebody is speaking."""
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Tile:
    option: OptionId
    label: str
    pictogram: str
    colour: str
    shape: Shape
    key: str
    """The digit that chooses it, ``1`` to ``6``; empty where only a finger or a word does."""
    spoken: bool = False
    """True while its name is being said."""
    current: bool = False
    """In the rail: this is what is open beside it. How the screen is seen: it is so now."""


@dataclass(frozen=True, slots=True)
class BarButton:
    command: Command
    label: str
    pictogram: str
    key: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Caption:
    """What is being said, sentence by sentence."""

    sentences: tuple[str, ...] = ()
    current: int = 0


@dataclass(frozen=True, slots=True)
class ScreenView:
    scene: Scene
    locale: Locale
    title: str
    pictogram: str
    """Of the category, topic or question; shown large beside the title."""
    colour: str
    shape: Shape
    tiles: tuple[Tile, ...]
    """Home and category: six. All topics: twelve, and the turning of the page. Topic: those to go
    on with, at most three, below its picture and caption. Choice: what is asked about, and "none
    of these"."""
    bar: tuple[BarButton, ...]
    """Always the same commands in the same order: back, home, repeat, pause, help, language,
    softer, louder."""
    caption: Caption
    microphone: MicrophoneState
    handset: bool
    """The handset is lifted."""
    speaking: bool
    paused: bool
    volume: int
    volume_steps: int
    speaker_lost: bool
    progress: tuple[int, int] | None = None
    """Of a topic's telling: the sentence that is said, from 0, and how many there are. Of all
    topics: the page."""
    number: str | None = None
    """A telephone number that is being said, to be seen very large instead of the caption."""
    typing: bool = False
    """Keys are digits of a date; the pictures have none."""
    focus: OptionId | None = None
    """The tile, rail tile or bar command on which the keys "next" and "previous" stand."""
    blank: bool = False
    """Nothing at all is to be seen; a touch anywhere chooses ``command.blank``."""
    clearer: bool = False
    """The visitor wants large letters and strong contrast."""
    lower: bool = False
    """The visitor wants everything to touch in the lower half."""
    sign: str = ""
    """A video in ``content/signs`` that tells the topic in sign language, in place of its picture.
    It goes on while the voice speaks; a screen without it shows the picture."""
    rail: tuple[Tile, ...] = ()
    """Where pictures lead: the categories and all topics, seen beside the tiles. Else empty."""
