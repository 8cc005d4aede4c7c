"""Session to ScreenView: what is shown follows from where the visit stands and nothing else."""

from __future__ import annotations

from voicekiosk.core import days
from voicekiosk.core.activities import Counting
from voicekiosk.core.content import Command, Content, Option, Topic
from voicekiosk.core.menus import ALL_TOPICS, PICTURED, Keyed, pages
from voicekiosk.core.messages import Spoken
from voicekiosk.core.screen import BarButton, Caption, MicrophoneState, Scene, ScreenView, Tile
from voicekiosk.core.sensitive import NEUTRAL_NAME, face, hidden, look, name_of
from voicekiosk.core.session import (
    VOLUME_STEPS,
    Lead,
    Lesson,
    Phase,
    Session,
    rail,
    scene_of,
    tiles,
    typing,
    whole_menu,
)
from voicekiosk.core.types import OptionId, PromptId

_BAR = (
    (Command.BACK, "7"),
    (Command.HOME, "0"),
    (Command.REPEAT, "8"),
    (Command.PAUSE, "#"),
    (Command.HELP, "9"),
    (Command.LANGUAGE, "*"),
    (Command.SOFTER, "-"),
    (Command.LOUDER, "+"),
)

_WARNING = PromptId("system.warning")

_TYPED_ON_BAR = {"7": "*", "0": "", "8": "", "9": "", "*": "", "#": ""}
"""The keys of the bar while a date is typed: only the way back has one, the star."""


def screen_of(session: Session, content: Content) -> ScreenView:
    """The screen of a session: the same prompt that is heard is captioned and pictured."""
    scene = scene_of(session, content)
    here = content.options.get(session.place) if session.place else None
    if here and (session.warned or hidden(here.id, session, content)):
        here = None
    colour, shape = look(here, content)
    shown = _tiles(session, scene, content)
    beside = _pictured(session, rail(session, content), content, _open(session, content))
    on_screen = {tile.option for tile in (*shown, *beside)} | {c.option for c, _ in _BAR}
    return ScreenView(
        scene=scene,
        locale=session.locale,
        title=_title(session, scene, here, content),
        pictogram="teach" if session.lesson is Lesson.GOING else _pictogram(scene, here),
        colour=colour,
        shape=shape,
        tiles=shown,
        bar=tuple(_button(session, command, key, content) for command, key in _BAR),
        caption=_caption(session, content),
        microphone=_microphone(session),
        handset=session.handset,
        speaking=session.phase in (Phase.SPEAKING, Phase.CLOSING),
        paused=session.phase is Phase.PAUSED,
        volume=session.volume,
        volume_steps=VOLUME_STEPS,
        speaker_lost=session.speaker_lost,
        progress=_progress(session, here, content),
        typing=typing(session, content),
        number=_number(session, scene, content),
        focus=session.focus if session.focus in on_screen else None,
        blank=session.blank and scene not in (Scene.IDLE, Scene.WARNING, Scene.GOODBYE),
        clearer=session.clearer,
        lower=session.lower,
        sign=here.sign if scene is Scene.TOPIC and isinstance(here, Topic) else "",
        rail=beside,
    )


def _number(session: Session, scene: Scene, content: Content) -> str | None:
    """A telephone number while it is said, or the day that is asked for."""
    if scene is Scene.ASKING and isinstance(session.doing, Counting):
        return days.figures(session.doing)
    spoken = _saying(session)
    return content.shown.get(spoken.prompt) if spoken else None


def _title(session: Session, scene: Scene, here: Option | None, content: Content) -> str:
    if scene is Scene.VEILED:
        return content.prompts[NEUTRAL_NAME][session.locale][0]
    if scene is Scene.WARNING:
        return content.prompts[_WARNING][session.locale][0]
    return here.names[session.locale] if here and scene not in (Scene.CHOICE, Scene.MANNER) else ""


def _pictogram(scene: Scene, here: Option | None) -> str:
    fixed = {Scene.IDLE: "handset", Scene.CHOICE: "question", Scene.GOODBYE: "goodbye"}
    fixed[Scene.WARNING] = "question"
    fixed[Scene.MANNER] = "explain"
    fixed[Scene.VEILED] = "handset"  # what to do says more than what it is
    if scene in fixed:
        return fixed[scene]
    return here.pictogram if here else "home"


def _tiles(session: Session, scene: Scene, content: Content) -> tuple[Tile, ...]:
    if scene is Scene.GOODBYE:
        return ()
    shown = tiles(session, content)
    if scene is Scene.CHOICE:
        shown = (*shown, (str(len(shown) + 1), Command.NO.option))
    return _pictured(session, shown, content)


def _pictured(
    session: Session, shown: Keyed, content: Content, opened: OptionId | None = None
) -> tuple[Tile, ...]:
    spoken = _saying(session)
    saying = spoken.prompt if spoken and session.phase is Phase.SPEAKING else None
    return tuple(
        Tile(
            name,
            *face(name, session, content),
            key=key,
            spoken=saying in (name_of(name, session, content), f"system.key.{key}"),
            current=name == opened or _is_on(name, session),
        )
        for key, name in shown
    )


def _is_on(name: OptionId, session: Session) -> bool:
    """How the screen is to be seen is marked where it is chosen."""
    clearer = session.clearer and name == Command.CLEARER.option
    return clearer or (session.lower and name == Command.LOWER.option)


def _open(session: Session, content: Content) -> OptionId | None:
    """What the rail shows as open: home shows the first category's topics."""
    home = session.place is None and content.categories
    return content.categories[0] if home else session.place


def _button(session: Session, command: Command, key: str, content: Content) -> BarButton:
    option = content.options[command.option]
    playing = session.phase in (Phase.SPEAKING, Phase.INTERRUPTED, Phase.CLOSING)
    pictogram = option.pictogram
    if command is Command.PAUSE:
        pictogram = "pause" if playing else "play"
    at_limit = (command is Command.LOUDER and session.volume == VOLUME_STEPS - 1) or (
        command is Command.SOFTER and session.volume == 0
    )
    if typing(session, content) and key in _TYPED_ON_BAR:  # else the key is a digit now
        key = _TYPED_ON_BAR[key]
    return BarButton(command, option.names[session.locale], pictogram, key, enabled=not at_limit)


def _caption(session: Session, content: Content) -> Caption:
    spoken = _saying(session)
    if spoken is None:
        return Caption()
    return Caption(content.prompts[spoken.prompt][spoken.locale], session.position[1])


def _progress(session: Session, here: Option | None, content: Content) -> tuple[int, int] | None:
    """Where in the whole telling; a telephone number counts as one, however many digits it has.

    Of all topics: which page.
    """
    if session.place == ALL_TOPICS and session.lead is Lead.SCREEN:
        count = pages(whole_menu(session, content), PICTURED)
        return session.page % count, count
    spoken = _saying(session)
    if spoken is None or not isinstance(here, Topic) or spoken.prompt not in here.telling:
        return None
    lengths = [
        1 if prompt in content.shown else len(content.prompts[prompt][spoken.locale])
        for prompt in here.telling
    ]
    block = here.telling.index(spoken.prompt)
    within = min(session.position[1], lengths[block] - 1)
    return sum(lengths[:block]) + within, sum(lengths)


def _saying(session: Session) -> Spoken | None:
    """What is being said, or was said last."""
    if not session.spoken:
        return None
    return session.spoken[min(session.position[0], len(session.spoken) - 1)]


def _microphone(session: Session) -> MicrophoneState:
    if session.microphone_lost:
        return MicrophoneState.LOST
    if session.phase in (Phase.INTERRUPTED, Phase.HEARING):
        return MicrophoneState.HEARING
    if session.phase is Phase.LISTENING or (
        session.phase in (Phase.SPEAKING, Phase.PAUSED) and session.handset
    ):
        return MicrophoneState.OFF if session.deaf else MicrophoneState.LISTENING
    return MicrophoneState.OFF
