"""What the kiosk knows: topics, menus, prompts and ladders, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voicekiosk.core.activities import Answers, DayRule, Doing, SelfCheck
from voicekiosk.core.calendar_day import CalendarDay
from voicekiosk.core.types import Locale, OptionId, PromptId, Seconds


class Shape(StrEnum):
    """The outline behind a category's pictogram, so that colour never stands alone."""

    CIRCLE = "circle"
    SQUARE = "square"
    HEXAGON = "hexagon"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    SHIELD = "shield"


class Command(StrEnum):
    """What a visitor can ask of the kiosk from everywhere."""

    BACK = "back"
    HOME = "home"
    REPEAT = "repeat"
    PAUSE = "pause"
    HELP = "help"
    LANGUAGE = "language"
    LOUDER = "louder"
    SOFTER = "softer"
    STOP = "stop"
    YES = "yes"
    NO = "no"
    KYRGYZ = "kyrgyz"
    RUSSIAN = "russian"
    COVER = "cover"
    """Show and say something harmless at once: somebody is coming."""
    SKIP = "skip"
    """On to the next question; of a telling, to the next sentence."""
    MORE = "more"
    """The next page of a menu; after the last, the first."""
    ALL_TOPICS = "all_topics"
    TEACH = "teach"
    """Try the kiosk out, where nothing can go wrong."""
    SLOWER = "slower"
    FASTER = "faster"
    """Back to the usual pace."""
    BLANK = "blank"
    """Show nothing, or show everything again; what is said goes on."""
    CLEARER = "clearer"
    """Large letters and strong contrast, or the screen as it was."""
    LOWER = "lower"
    """Everything to touch in the lower half of the screen, or where it was."""

    @property
    def option(self) -> OptionId:
        return OptionId(f"command.{self.value}")


class Move(StrEnum):
    """What keys of a tactile pad do besides the commands."""

    NEXT = "next"
    PREVIOUS = "previous"
    ACTION = "action"
    """Choose what the focus stands on."""


@dataclass(frozen=True, slots=True)
class Option:
    """Anything that can be chosen by finger, key or voice."""

    id: OptionId
    pictogram: str
    """File stem in ``content/pictograms``."""
    names: Mapping[Locale, str]
    phrases: Mapping[Locale, tuple[str, ...]]
    """What may be said to choose it, normalised; the name comes first."""

    @property
    def name_prompt(self) -> PromptId:
        return PromptId(f"{self.id}.name")


@dataclass(frozen=True, slots=True)
class Topic(Option):
    category: OptionId
    telling: tuple[PromptId, ...] = ()
    """What is told now, in this order: loading has left out what is no longer true."""
    invitation: PromptId | None = None
    """One sentence after the name: what the topic answers."""
    remember: PromptId | None = None
    """The one thing to keep in mind."""
    related: tuple[OptionId, ...] = ()
    """Topics and activities to go on with, in the order of the keys; at most three."""
    sign: str = ""
    """A file in ``content/signs``: the telling in sign language. Empty where nobody made one."""

    @property
    def has_telling(self) -> bool:
        """False while nobody has written its text: the kiosk then says so."""
        return bool(self.telling)


@dataclass(frozen=True, slots=True)
class Category(Option):
    colour: str
    """Background of its tiles, ``#rrggbb``; white text on it keeps 7:1."""
    shape: Shape
    topics: tuple[OptionId, ...]
    sensitive: bool = False
    """Told in the handset only."""


@dataclass(frozen=True, slots=True)
class Activity(Option):
    """Something done together, step by step; it looks like its category and goes back to it."""

    doing: Doing
    category: OptionId
    sensitive: bool = False
    """Told in the handset only."""
    related: tuple[OptionId, ...] = ()
    """Topics to go on with at its end; at most three."""


@dataclass(frozen=True, slots=True)
class Answer(Option):
    """Means something only while an activity waits for it, e.g. a month of the year."""

    kind: Answers
    number: int = 0
    """Days ago or onward, the month or the day of the month."""


@dataclass(frozen=True, slots=True)
class Action(Option):
    """A command as something that can be touched or said."""

    command: Command


@dataclass(frozen=True, slots=True)
class Meaning:
    """One reading of a phrase: what it chooses, and in which language it was said."""

    option: OptionId
    locale: Locale


@dataclass(frozen=True, slots=True)
class Bands:
    """Where certainty (0 to 1, calibrated) turns from reject to confirm to accept."""

    accept: float = 0.80
    confirm: float = 0.40
    margin: float = 0.20
    """A runner-up closer than this is asked about as well."""


@dataclass(frozen=True, slots=True)
class Timing:
    no_input: Seconds = Seconds(8)
    warning: Seconds = Seconds(20)
    """To answer that one is still here, before the visit ends."""
    pause: Seconds = Seconds(60)
    utterance: Seconds = Seconds(12)
    """How long one utterance may keep the kiosk waiting."""
    overdue: Seconds = Seconds(240)
    """A prompt whose end was never reported is given up after this."""


@dataclass(frozen=True, slots=True)
class Ladders:
    """What to say the first, second time; after the last step of no_input comes the warning."""

    no_input: tuple[PromptId, ...]
    no_match: tuple[PromptId, ...]
    choice_no_input: tuple[PromptId, ...]
    choice_no_match: tuple[PromptId, ...]


@dataclass(frozen=True)
class Content:
    """Everything the kiosk says and understands. Built by ``loading``, never changed."""

    version: str
    locales: tuple[Locale, ...]
    """The first is spoken to a visitor whose language is not known yet."""
    categories: tuple[OptionId, ...]
    options: Mapping[OptionId, Option]
    prompts: Mapping[PromptId, Mapping[Locale, tuple[str, ...]]]
    """Every prompt's sentences, as spoken and as captioned."""
    ladders: Ladders
    shown: Mapping[PromptId, str] = field(default_factory=dict)
    """Digits to be seen very large while a prompt is spoken; only of prompts told now."""
    bands: Bands = field(default_factory=Bands)
    timing: Timing = field(default_factory=Timing)
    reviewed_by: Mapping[Locale, str | None] = field(default_factory=dict)
    keys: Mapping[str, Command | Move] = field(default_factory=dict)
    """What keys do that are not on every keypad, by the name of the key."""
    neutral: OptionId | None = None
    """The harmless topic that covers a sensitive one, on the screen and in the journal."""
    selfcheck: SelfCheck | None = None
    day_rule: DayRule | None = None
    today: CalendarDay | None = None
    """The day on which it was loaded: the dialogue has no clock."""

    @property
    def untold(self) -> tuple[OptionId, ...]:
        """Topics that still have no text."""
        return tuple(
            o.id for o in self.options.values() if isinstance(o, Topic) and not o.has_telling
        )

    def is_sensitive(self, option: OptionId | None) -> bool:
        """Told in the handset only: a sensitive category, everything in it, and some activities."""
        known = self.options.get(option) if option else None
        if isinstance(known, Activity) and known.sensitive:
            return True
        if isinstance(known, Topic | Activity):
            known = self.options.get(known.category)
        return isinstance(known, Category) and known.sensitive

    def meanings(self) -> dict[str, tuple[Meaning, ...]]:
        """Every sayable phrase and what it can mean: the grammar of the kiosk."""
        grammar: dict[str, list[Meaning]] = {}
        for option in self.options.values():
            for locale, phrases in option.phrases.items():
                for phrase in phrases:
                    readings = grammar.setdefault(phrase, [])
                    meaning = Meaning(option.id, locale)
                    if meaning not in readings:
                        readings.append(meaning)
        return {phrase: tuple(readings) for phrase, readings in grammar.items()}
