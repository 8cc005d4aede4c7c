"""What is on the screen as a tree of plain values: for tests, and for screen readers to come."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from voicekiosk.core.content import Content
from voicekiosk.core.messages import Spoken
from voicekiosk.core.screen import MicrophoneState, Scene, ScreenView, Tile
from voicekiosk.core.sensitive import NEUTRAL_NAME
from voicekiosk.core.types import Locale, OptionId, PromptId

if TYPE_CHECKING:
    from voicekiosk.ui.screen import Target


class Role(StrEnum):
    """As ARIA names them."""

    HEADING = "heading"
    BUTTON = "button"
    TAB = "tab"
    """A picture of the rail: it opens what is seen beside it."""
    STATUS = "status"
    """The caption: what is being said."""
    METER = "meter"


@dataclass(frozen=True, slots=True)
class Node:
    role: Role
    name: str
    spoken: PromptId | None
    """What says it aloud; None only where nothing has to be said, as for silence."""
    option: OptionId | None = None
    """What is chosen by it."""
    key: str = ""
    state: tuple[str, ...] = ()
    focus: bool = False
    box: tuple[float, float, float, float] | None = None
    """Left, top, width and height in pixels, counted from the top left; None: not drawn apart."""


@dataclass(frozen=True, slots=True)
class Tree:
    scene: Scene
    locale: Locale
    blank: bool
    nodes: tuple[Node, ...]
    number: str | None = None

    def json(self, **more: float) -> str:
        return json.dumps({**asdict(self), **more}, ensure_ascii=False)


def tree(
    view: ScreenView,
    content: Content,
    targets: tuple[Target, ...] = (),
    height: float = 0,
    drawn: ScreenView | None = None,
) -> Tree:
    """Of what could be shown, and where it is drawn. A dark screen keeps its tree: it is heard."""
    boxes = {
        target.option: (
            target.area.x,
            height - target.area.top,
            target.area.width,
            target.area.height,
        )
        for target in targets
    }
    drawn = drawn or view
    nodes = [
        *_heading(view, content),
        *(_picture(Role.TAB, tile, view, content, boxes) for tile in drawn.rail),
        *(_picture(Role.BUTTON, tile, view, content, boxes) for tile in drawn.tiles),
        *_status(view, content),
        *(
            Node(
                Role.BUTTON,
                button.label,
                content.options[button.command.option].name_prompt,
                button.command.option,
                button.key,
                () if button.enabled else ("disabled",),
                view.focus == button.command.option,
                boxes.get(button.command.option),
            )
            for button in view.bar
        ),
        Node(Role.METER, f"{view.volume + 1}/{view.volume_steps}", PromptId("command.louder.name")),
        Node(Role.STATUS, view.microphone.value, _MICROPHONE[view.microphone]),
    ]
    return Tree(view.scene, view.locale, view.blank, tuple(nodes), view.number)


_MICROPHONE: dict[MicrophoneState, PromptId | None] = {state: None for state in MicrophoneState}
_MICROPHONE[MicrophoneState.LOST] = PromptId("system.microphone_lost")


def _heading(view: ScreenView, content: Content) -> list[Node]:
    if not view.title:
        return []
    return [Node(Role.HEADING, view.title, _prompt_of(view.title, view.locale, content))]


def _picture(
    role: Role,
    tile: Tile,
    view: ScreenView,
    content: Content,
    boxes: dict[OptionId, tuple[float, float, float, float]],
) -> Node:
    option = content.options[tile.option]
    named = tile.label == option.names[view.locale]
    state = [name for name in ("spoken", "current") if getattr(tile, name)]
    return Node(
        role,
        tile.label,
        option.name_prompt if named else NEUTRAL_NAME,  # what is sensitive has a cover for a name
        tile.option,
        tile.key,
        tuple(state),
        view.focus == tile.option,
        boxes.get(tile.option),
    )


def _status(view: ScreenView, content: Content) -> list[Node]:
    sentences = view.caption.sentences
    if not sentences:
        return []
    current = min(view.caption.current, len(sentences) - 1)
    prompt = _captioned(sentences, view.locale, content)
    state = ("speaking",) if view.speaking else ("paused",) if view.paused else ()
    return [Node(Role.STATUS, sentences[current], prompt, state=state)]


def _captioned(sentences: tuple[str, ...], locale: Locale, content: Content) -> PromptId | None:
    for prompt, said in content.prompts.items():
        if sentences in (said.get(locale), *said.values()):
            return prompt
    return None


def _prompt_of(text: str, locale: Locale, content: Content) -> PromptId | None:
    for option in content.options.values():
        if option.names.get(locale) == text:
            return option.name_prompt
    return next((p for p, said in content.prompts.items() if said[locale][:1] == (text,)), None)


def spoken_of(node: Node, locale: Locale) -> Spoken | None:
    return Spoken(node.spoken, locale) if node.spoken else None


class TreeFile:
    """Keeps the newest tree in a file, replaced in one move; only when somebody asked for it."""

    def __init__(
        self, path: Path, content: Content, clock: Callable[[], float] = time.time
    ) -> None:
        self._path = path
        self._content = content
        self._clock = clock
        self._last: tuple[object, ...] = ()

    def __call__(
        self,
        view: ScreenView,
        drawn: ScreenView | None,
        targets: tuple[Target, ...],
        height: float,
    ) -> None:
        if not isinstance(view, ScreenView) or (view, targets) == self._last:
            return
        self._last = (view, targets)
        new = self._path.with_suffix(".new")
        shown = tree(view, self._content, targets, height, drawn)
        new.write_text(shown.json(at=self._clock()), encoding="utf-8")
        new.replace(self._path)
