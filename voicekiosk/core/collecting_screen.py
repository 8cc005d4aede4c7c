"""Sitting to screen: what a person who is recorded sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voicekiosk.core.collecting import Choice, Item, Kind, Sitting, Stage
from voicekiosk.core.content import Category, Content, Shape, Topic
from voicekiosk.core.screen import Caption, MicrophoneState, Scene, ScreenView, Tile
from voicekiosk.core.types import Locale, OptionId

_NEUTRAL = "#4a3b2f"
_LOOKS = {
    Choice.YES: ("yes", "#1b5e20"),
    Choice.NO: ("no", "#8c1220"),
    Choice.AGAIN: ("repeat", "#0b4a80"),
    Choice.NEXT: ("next", "#1b5e20"),
    Choice.STOP: ("stop", "#8c1220"),
    Choice.KEEP: ("yes", "#1b5e20"),
    Choice.REMOVE: ("bin", _NEUTRAL),
    Choice.GO_ON: ("play", "#0b4a80"),
    Choice.FINISH: ("goodbye", "#1b5e20"),
}


class Turn(StrEnum):
    """Whose turn it is: this is what a person must see from afar."""

    LISTEN = "listen"
    """The kiosk speaks."""
    SPEAK = "speak"
    """The person speaks."""
    CHOOSE = "choose"
    """A picture below is to be touched."""


@dataclass(frozen=True, slots=True)
class CollectView(ScreenView):
    turn: Turn = Turn.LISTEN
    wanted: str = ""
    """What is to be said, large."""
    disabled: frozenset[OptionId] = frozenset()
    """Shown and not yet to be touched."""
    done: int = 0
    of: int = 0


def choice_of_key(sitting: Sitting, key: str) -> Choice | None:
    """What a key means now; None for a key that means nothing."""
    if key == "8":
        return Choice.AGAIN if Choice.AGAIN in sitting.choices else None
    if key in ("escape", "backspace", "7"):
        return Choice.STOP if Choice.STOP in sitting.choices else None
    return next((c for k, c in _keyed(sitting) if k == key), None)


def choice_of_option(option: OptionId) -> Choice | None:
    return next((choice for choice in Choice if choice.option == option), None)


def _keyed(sitting: Sitting) -> list[tuple[str, Choice]]:
    keys = [(str(number), choice) for number, choice in enumerate(sitting.choices, 1)]
    if sitting.stage is Stage.CLOSING:
        # Not on the key of "next": whoever pressed that twice would lose everything.
        return [("3" if choice is Choice.REMOVE else key, choice) for key, choice in keys]
    return keys


def collect_view(
    sitting: Sitting, content: Content, labels: Mapping[str, Mapping[Locale, str]], until: str
) -> CollectView:
    """``until`` is the last day of keeping as people write it, e.g. 23.05.2027."""
    locale, item = sitting.locale, sitting.item
    asking = sitting.agreed and sitting.stage not in (Stage.LEAVING, Stage.CLOSING)
    picture, colour, shape = _look(item, content) if asking else ("voice", _NEUTRAL, _ROUND)
    if sitting.stage is Stage.CLOSING:
        picture = "goodbye"
    lost = sitting.stage is Stage.INTERRUPTED
    wanted = _wanted(sitting, content, labels[Choice.YES.value][locale])
    return CollectView(
        scene=Scene.CHOICE,
        locale=locale,
        title=labels["until"][locale].replace("{date}", until),
        pictogram=picture,
        colour=colour,
        shape=shape,
        tiles=tuple(
            Tile(
                choice.option,
                labels[choice.value][locale],
                _LOOKS[choice][0],
                _LOOKS[choice][1],
                _ROUND,
                key,
            )
            for key, choice in _keyed(sitting)
        ),
        bar=(),
        caption=_caption(sitting, content),
        microphone=_microphone(sitting),
        handset=True,
        speaking=_turn(sitting) is Turn.LISTEN,
        paused=False,
        volume=0,
        volume_steps=1,
        speaker_lost=lost,
        turn=_turn(sitting),
        wanted=wanted if asking and not lost else _number(sitting),
        disabled=frozenset(c.option for c in sitting.choices if not sitting.allows(c)),
        done=min(sitting.at, len(sitting.plan)),
        of=len(sitting.plan),
    )


_ROUND = Shape.CIRCLE


def _look(item: Item, content: Content) -> tuple[str, str, Shape]:
    option = content.options.get(item.option) if item.option else None
    if option is None:
        return ("yes" if item.kind is Kind.CONSENT else "voice"), _NEUTRAL, _ROUND
    home = content.options[option.category] if isinstance(option, Topic) else option
    if isinstance(home, Category):
        return option.pictogram, home.colour, home.shape
    return option.pictogram, _NEUTRAL, _ROUND


def _turn(sitting: Sitting) -> Turn:
    if sitting.stage is Stage.RECORDING:
        return Turn.SPEAK
    if sitting.stage is Stage.EXPLAINING and sitting.told:
        return Turn.CHOOSE
    if sitting.stage in (Stage.JUDGING, Stage.LEAVING, Stage.CLOSING):
        return Turn.CHOOSE
    return Turn.LISTEN


def _microphone(sitting: Sitting) -> MicrophoneState:
    if sitting.stage is Stage.INTERRUPTED:
        return MicrophoneState.LOST
    if sitting.stage is not Stage.RECORDING:
        return MicrophoneState.OFF
    return MicrophoneState.HEARING if sitting.hearing else MicrophoneState.LISTENING


def _wanted(sitting: Sitting, content: Content, consent: str) -> str:
    item = sitting.item
    if item.kind is Kind.CONSENT:
        return consent
    if not item.told and sitting.stage not in (Stage.REPLAYING, Stage.JUDGING):
        return ""  # the picture alone shall bring the word; it is compared afterwards
    if item.option and item.prompt == content.options[item.option].name_prompt:
        return content.options[item.option].names[sitting.locale]
    return item.transcript


def _number(sitting: Sitting) -> str:
    if sitting.stage is not Stage.CLOSING or not sitting.kept:
        return ""
    return f"{sitting.number[:3]} {sitting.number[3:]}"


def _caption(sitting: Sitting, content: Content) -> Caption:
    silent = sitting.stage is Stage.RECORDING and sitting.item.told
    if not sitting.spoken or silent or sitting.stage is Stage.REPLAYING:
        return Caption()  # nothing is being said: only what is wanted stays
    spoken = sitting.spoken[min(sitting.position[0], len(sitting.spoken) - 1)]
    if spoken.prompt == sitting.item.prompt and spoken.prompt != "collect.say_yes":
        return Caption()  # it is shown large already
    if spoken.prompt.startswith("collect.digit."):
        spoken = next(s for s in sitting.spoken if s.prompt == "collect.number")
    sentences = content.prompts[spoken.prompt][spoken.locale]
    return Caption(sentences, min(sitting.position[1], len(sentences) - 1))
