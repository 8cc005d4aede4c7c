"""Where a visit stands: a frozen value that forgets everything when the visit ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from voicekiosk.core import days, menus, selfcheck
from voicekiosk.core.activities import Checking, Counting, Progress
from voicekiosk.core.content import Activity, Category, Command, Content, Topic
from voicekiosk.core.messages import Effect, Spoken
from voicekiosk.core.screen import Scene
from voicekiosk.core.types import KYRGYZ, Locale, OptionId, Turn

VOLUME_STEPS = 7
DEFAULT_VOLUME = 4
SLOW = 0.75
"""The slower pace; 1 is the pace of whoever speaks."""


class Phase(StrEnum):
    """What the kiosk is doing; each but IDLE has exactly one deadline running."""

    IDLE = "idle"
    """Nobody is here."""
    SPEAKING = "speaking"
    PAUSED = "paused"
    """The visitor stopped the prompt in place."""
    INTERRUPTED = "interrupted"
    """Somebody spoke over a prompt, which is held until it is clear what was said."""
    LISTENING = "listening"
    """The prompt is over; it is the visitor's turn."""
    HEARING = "hearing"
    """The visitor is speaking in their turn."""
    CLOSING = "closing"
    """Saying goodbye; then everything is forgotten."""


class Lead(StrEnum):
    """Which of the two shapes of one content leads through a visit: how it began decides."""

    HANDSET = "handset"
    """By ear: a spoken menu of five choices and "more", each with its key."""
    SCREEN = "screen"
    """By eye: categories in a rail, their topics beside it, and hardly any spoken list."""


class Lesson(StrEnum):
    """The teach-in: offered once, and only to who lifts the handset."""

    UNASKED = "unasked"
    OFFERED = "offered"
    """Said after the welcome; silence accepts it."""
    GOING = "going"
    """Anything may be said or pressed, and is praised."""
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Session:
    phase: Phase = Phase.IDLE
    turn: Turn = Turn(0)
    place: OptionId | None = None
    """The category or topic the visitor is in, or ``command.all_topics``; None at home."""
    choice: tuple[OptionId, ...] = ()
    """The options asked about, at most three, while "did you mean" is open."""
    manner: bool = False
    """How it is told is being chosen; the place stays, and the way back leads into it."""
    doing: Progress | None = None
    """How far the activity of ``place`` has come; it lives here and nowhere else."""
    page: int = 0
    """Of the menu of ``place``; "more" turns it, and every move begins at the first."""
    lead: Lead = Lead.HANDSET
    lesson: Lesson = Lesson.UNASKED
    locale: Locale = KYRGYZ
    handset: bool = False
    """Lifted. On the handset speech interrupts; on the loudspeaker the kiosk would hear itself."""
    ear_volume: int = DEFAULT_VOLUME
    """Of the handset; the loudspeaker has its own, so that neither frightens after the other."""
    room_volume: int = DEFAULT_VOLUME
    pace: float = 1.0
    blank: bool = False
    """The visitor wants nothing to be seen; what is said goes on."""
    clearer: bool = False
    """Large letters and strong contrast are wanted."""
    lower: bool = False
    """Whoever sits, or is small, wants to reach everything."""
    focus: OptionId | None = None
    """Where the keys "next" and "previous" stand on the screen."""
    last: Command | None = None
    """The last command, if nothing else was done since: pressed again it means more."""
    warned: bool = False
    """Asked whether anybody is still here; whatever is done answers yes."""
    spoken: tuple[Spoken, ...] = ()
    """What is being said, or was said last: the caption."""
    position: tuple[int, int] = (0, 0)
    """Index into ``spoken`` and into that prompt's sentences."""
    main: tuple[Spoken, ...] = ()
    """What "repeat" says again: the last menu, telling or question, not a ladder's sentence."""
    main_at: tuple[int, int] = (0, 0)
    """How far ``main`` was told, to go on there after something else was said."""
    no_input: int = 0
    no_match: int = 0
    interruptions: int = 0
    """Times a prompt was held for something that turned out to be no phrase."""
    deaf: bool = False
    """Speech is given up for this screen, as in a hall too loud; keys and touch go on."""
    microphone_lost: bool = False
    speaker_lost: bool = False

    @property
    def volume(self) -> int:
        return self.ear_volume if self.handset else self.room_volume

    @property
    def tells(self) -> bool:
        """What is being said is what "repeat" means, and not a word beside it."""
        return self.spoken == self.main

    @property
    def listens(self) -> bool:
        return not (self.microphone_lost or self.deaf)


@dataclass(frozen=True, slots=True)
class Step:
    session: Session
    effects: tuple[Effect, ...] = ()


def forget(session: Session, content: Content) -> Session:
    """A new session that keeps nothing of the visitor, only the state of the machine."""
    return Session(
        turn=Turn(session.turn + 1),
        locale=content.locales[0],
        handset=session.handset,
        microphone_lost=session.microphone_lost,
        speaker_lost=session.speaker_lost,
    )


def fresh(session: Session) -> Session:
    """The visitor acted: every ladder starts again."""
    ladders = replace(session, no_input=0, no_match=0, interruptions=0, deaf=False)
    return replace(ladders, warned=False, last=None)


def veiled(session: Session, content: Content) -> bool:
    """What is open may not be told here: it waits until the handset is lifted."""
    if session.handset or session.phase in (Phase.IDLE, Phase.CLOSING):
        return False
    if session.choice:  # two hidden pictures are no choice
        return sum(content.is_sensitive(option) for option in session.choice) > 1
    return content.is_sensitive(session.place)


def asked(session: Session, content: Content) -> tuple[OptionId, ...]:
    """The answers that the activity going on waits for; empty when it waits for none."""
    if session.choice or session.warned or session.phase is Phase.IDLE:
        return ()
    if veiled(session, content):
        return ()
    if isinstance(session.doing, Checking) and content.selfcheck:
        return selfcheck.answers(session.doing, content.selfcheck)
    if isinstance(session.doing, Counting) and days.in_force(content):
        return days.answers(session.doing, content)
    return ()


def typing(session: Session, content: Content) -> bool:
    """Keys are digits of a date now."""
    counting = isinstance(session.doing, Counting) and days.types(session.doing)
    return counting and bool(asked(session, content))


def scene_of(session: Session, content: Content) -> Scene:
    if session.phase is Phase.IDLE:
        return Scene.IDLE
    if session.phase is Phase.CLOSING:
        return Scene.GOODBYE
    if session.warned:
        return Scene.WARNING
    if session.manner:
        return Scene.MANNER
    if veiled(session, content):
        return Scene.VEILED
    if session.choice:
        return Scene.CHOICE
    if session.place is None:
        return Scene.HOME
    if session.place == menus.ALL_TOPICS:
        return Scene.ALL_TOPICS
    if asked(session, content):
        return Scene.ASKING
    here = content.options[session.place]
    return Scene.TOPIC if isinstance(here, Topic | Activity) else Scene.CATEGORY


def whole_menu(session: Session, content: Content) -> tuple[OptionId, ...]:
    """What the place of the visitor leads to, on all its pages."""
    place = session.place
    if place is None and session.lead is Lead.SCREEN and content.categories:
        place = content.categories[0]  # home shows the likeliest category open
    if place is None:
        return content.categories
    if place == menus.ALL_TOPICS:
        return menus.all_topics(content, private=session.handset)
    option = content.options[place]
    if isinstance(option, Topic | Activity):
        return option.related
    return option.topics if isinstance(option, Category) else ()


def tiles(session: Session, content: Content) -> menus.Keyed:
    """The pictures to choose from, and their keys: what is spoken on the handset, and no more."""
    if session.warned:
        return menus.numbered((Command.YES.option,))
    if session.manner and session.phase not in (Phase.IDLE, Phase.CLOSING):
        return menus.numbered(manners(session, content))
    if veiled(session, content):
        return ()
    if session.choice:
        return menus.numbered(session.choice)
    if session.phase is Phase.IDLE:
        return menus.numbered(content.categories)
    if answers := asked(session, content):
        if not isinstance(session.doing, Counting):
            return menus.numbered(answers)
        keyed = menus.unnumbered if typing(session, content) else menus.numbered
        return keyed(days.tiles(session.doing))
    scene, options = scene_of(session, content), whole_menu(session, content)
    if session.lead is Lead.HANDSET:
        return menus.spoken_page(options, session.page)
    if scene is Scene.ALL_TOPICS:
        return menus.pictured_page(options, session.page)
    # At home the keys belong to the rail: a key opens a category, and then a key its topic.
    return menus.unnumbered(options) if scene is Scene.HOME else menus.numbered(options)


def manners(session: Session, content: Content) -> tuple[OptionId, ...]:
    """How something can be told and shown otherwise, here and now; each has its place.

    The last is among the lowest pictures of a screen: who needs it reaches no other.
    """
    here = content.options.get(session.place) if session.place else None
    pace = Command.SLOWER if session.pace == 1.0 else Command.FASTER
    told = isinstance(here, Topic) or bool(asked(session, content))
    going_on = Command.SKIP if told else Command.TEACH
    chosen = (pace, Command.BLANK, Command.CLEARER, going_on, Command.LOWER)
    return tuple(command.option for command in chosen)


def rail(session: Session, content: Content) -> menus.Keyed:
    """Beside the pictures: the categories and all topics; with keys until a category is open."""
    scene = scene_of(session, content)
    if session.lead is Lead.HANDSET or scene not in (Scene.HOME, Scene.CATEGORY, Scene.ALL_TOPICS):
        return ()
    keyed = menus.unnumbered if scene is Scene.CATEGORY else menus.numbered
    return (*keyed(content.categories), ("", menus.ALL_TOPICS))


def offered(session: Session, content: Content) -> tuple[OptionId, ...]:
    """What the screen offers now, likeliest first; of a spoken menu also its other pages."""
    shown = [option for _, option in (*tiles(session, content), *rail(session, content))]
    spoken = session.lead is Lead.HANDSET
    if spoken and scene_of(session, content) in (Scene.HOME, Scene.CATEGORY):
        shown += whole_menu(session, content)
    return tuple(dict.fromkeys(shown))


def likely(session: Session, content: Content) -> tuple[OptionId, ...]:
    """What the visitor will probably say: what the screen offers, and to a question yes or no.

    Short words are heard best where little else is expected.
    """
    here = tuple(dict.fromkeys((*offered(session, content), *asked(session, content))))
    return (*here, Command.YES.option, Command.NO.option) if session.choice else here
