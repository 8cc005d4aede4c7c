"""What nobody else may hear, see or count: sensitive options are told in the handset only."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from voicekiosk.core.content import Action, Answer, Category, Command, Content, Option, Shape, Topic
from voicekiosk.core.content import Activity as ActivityOption
from voicekiosk.core.messages import Effect, Record, Spoken
from voicekiosk.core.session import Session
from voicekiosk.core.types import OptionId, PromptId

NEUTRAL_COLOUR = "#4a3b2f"
"""Of commands, which belong to no category; white on it is 10:1."""
NEUTRAL_PICTOGRAM = "advice"
NEUTRAL_NAME = PromptId("system.sensitive_name")
_ANSWERS = (Command.YES.option, Command.NO.option, Command.SKIP.option)


class Face(NamedTuple):
    """What of an option may be seen now."""

    label: str
    pictogram: str
    colour: str
    shape: Shape


def face(name: OptionId, session: Session, content: Content) -> Face:
    """How an option looks to everybody who can see the screen; alike for all sensitive ones."""
    option = content.options[name]
    if hidden(name, session, content):
        label = content.prompts[NEUTRAL_NAME][session.locale][0]
        return Face(label, NEUTRAL_PICTOGRAM, NEUTRAL_COLOUR, Shape.CIRCLE)
    return Face(option.names[session.locale], option.pictogram, *look(option, content))


def look(option: Option | None, content: Content) -> tuple[str, Shape]:
    """Colour and shape: of an option's category, or of none."""
    if isinstance(option, Topic | ActivityOption):
        option = content.options[option.category]
    if isinstance(option, Category):
        return option.colour, option.shape
    return NEUTRAL_COLOUR, Shape.CIRCLE


def hidden(option: OptionId, session: Session, content: Content) -> bool:
    return not session.handset and content.is_sensitive(option)


def name_of(option: OptionId, session: Session, content: Content) -> PromptId:
    """What an option is called aloud."""
    return NEUTRAL_NAME if hidden(option, session, content) else content.options[option].name_prompt


def aloud(spoken: tuple[Spoken, ...], session: Session, content: Content) -> tuple[Spoken, ...]:
    """On the loudspeaker the names of sensitive options become the neutral one."""
    if session.handset:
        return spoken
    private = {o.name_prompt for o in content.options.values() if content.is_sensitive(o.id)}
    return tuple(
        replace(each, prompt=NEUTRAL_NAME) if each.prompt in private else each for each in spoken
    )


def discreet(effects: tuple[Effect, ...], before: Session, content: Content) -> tuple[Effect, ...]:
    """What may be recorded: a visit to a sensitive topic reads as one to the neutral topic.

    Leaving the option out would tell as much as naming it.
    """
    return tuple(
        _recorded(effect, content) if isinstance(effect, Record) else effect
        for effect in effects
        if not (isinstance(effect, Record) and _answers(effect, before, content))
    )


def _answers(record: Record, before: Session, content: Content) -> bool:
    """What was answered to an activity is nobody's business."""
    if record.option is None or record.option not in _ANSWERS:
        return isinstance(content.options.get(record.option or OptionId("")), Answer)
    return before.doing is not None or record.option == Command.SKIP.option


def _recorded(record: Record, content: Content) -> Record:
    name = record.option
    if name is None:
        return record
    option = content.options[name]
    cover = isinstance(option, Action) and option.command is Command.COVER
    if not cover and not content.is_sensitive(name):
        return record
    neutral = content.options[content.neutral] if content.neutral else None
    if isinstance(option, Category) and isinstance(neutral, Topic):
        return replace(record, option=neutral.category)
    return replace(record, option=neutral.id if neutral else None)
