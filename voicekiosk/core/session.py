"""Where a visit stands: a frozen value that forgets everything when the visit ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from voicekiosk.core.activities import Progress
from voicekiosk.core.content import Activity, Category, Command, Content, Topic
from voicekiosk.core.messages import Effect, Spoken
from voicekiosk.core.screen import Scene
from voicekiosk.core.types import KYRGYZ, Locale, OptionId, Turn

VOLUME_STEPS = 7
DEFAULT_VOLUME = 4


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


@dataclass(frozen=True, slots=True)
class Session:
    phase: Phase = Phase.IDLE
    turn: Turn = Turn(0)
    place: OptionId | None = None
    """The category or topic the visitor is in; None at home."""
    choice: tuple[OptionId, ...] = ()
    """The options asked about, at most three, while "did you mean" is open."""
    doing: Progress | None = None
    """How far the activity of ``place`` has come; it lives here and nowhere else."""
    locale: Locale = KYRGYZ
    handset: bool = False
    """Lifted. On the handset speech interrupts; on the loudspeaker the kiosk would hear itself."""
    volume: int = DEFAULT_VOLUME
    spoken: tuple[Spoken, ...] = ()
    """What is being said, or was said last: the caption."""
    position: tuple[int, int] = (0, 0)
    """Index into ``spoken`` and into that prompt's sentences."""
    main: tuple[Spoken, ...] = ()
    """What "repeat" says again: the last menu, telling or question, not a ladder's sentence."""
    no_input: int = 0
    no_match: int = 0
    interruptions: int = 0
    """Times a prompt was held for something that turned out to be no phrase."""
    deaf: bool = False
    """Speech is given up for this screen, as in a hall too loud; keys and touch go on."""
    microphone_lost: bool = False
    speaker_lost: bool = False

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
    return replace(session, no_input=0, no_match=0, interruptions=0, deaf=False)


def veiled(session: Session, content: Content) -> bool:
    """What is open may not be told here: it waits until the handset is lifted."""
    if session.handset or session.phase in (Phase.IDLE, Phase.CLOSING):
        return False
    if session.choice:  # two hidden pictures are no choice
        return sum(content.is_sensitive(option) for option in session.choice) > 1
    return content.is_sensitive(session.place)


def scene_of(session: Session, content: Content) -> Scene:
    if session.phase is Phase.IDLE:
        return Scene.IDLE
    if session.phase is Phase.CLOSING:
        return Scene.GOODBYE
    if veiled(session, content):
        return Scene.VEILED
    if session.choice:
        return Scene.CHOICE
    if session.place is None:
        return Scene.HOME
    here = content.options[session.place]
    return Scene.TOPIC if isinstance(here, Topic | Activity) else Scene.CATEGORY


def offered(session: Session, content: Content) -> tuple[OptionId, ...]:
    """What the screen offers now, in the order of the keys."""
    if veiled(session, content):
        return ()
    if session.choice:
        return session.choice
    if session.place is None:
        return content.categories
    option = content.options[session.place]
    if isinstance(option, Topic | Activity):
        return option.related
    return option.topics if isinstance(option, Category) else ()


def likely(session: Session, content: Content) -> tuple[OptionId, ...]:
    """What the visitor will probably say: what the screen offers, and to a question yes or no.

    Short words are heard best where little else is expected.
    """
    here = offered(session, content)
    return (*here, Command.YES.option, Command.NO.option) if session.choice else here
