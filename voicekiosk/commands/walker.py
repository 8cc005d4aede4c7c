"""Somebody who walks through the running kiosk: acts, hears, sees, and gives up in the end."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicekiosk.commands.measure_instruments import Keyboard, Recorder
from voicekiosk.core.content import Command, Content, Topic
from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Locale, OptionId, PromptId
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import installed_voices
from voicekiosk.virtual.handset import EAR_RATE
from voicekiosk.virtual.known_clips import PIECE, Heard, KnownClips, wave
from voicekiosk.virtual.visit import Visit, VisitError, visit

if TYPE_CHECKING:
    from voicekiosk.app import Places

MOST_STEPS = 25
"""So many for one topic: who needs more is going round in circles."""
LOOK_SECONDS = 0.4
"""Of sound that has come since: to compare less would only cost more."""
PACE_SECONDS = 1.0
"""Two presses within half of it are one to the kiosk, and a busy machine may see them nearer."""

Node = dict[str, Any]


@dataclass
class Walk:
    """What came of one walk in one language."""

    walker: str
    locale: Locale
    steps: int = 0
    topics: dict[OptionId, float] = field(default_factory=dict)
    """Seconds until each topic's telling was heard or read."""
    asked: int = 0
    """Times the kiosk asked what was meant."""
    unheard: int = 0
    """Times a word was not understood."""
    again: int = 0
    """Times a walker had to ask for something once more: a busy machine tears what it says."""
    wrong: int = 0
    """Times another topic opened."""
    focus_ms: list[float] = field(default_factory=list)
    silence_ms: list[float] = field(default_factory=list)
    failed: str = ""
    """Why the walk broke off."""


class Rig:
    """One running kiosk with its tree, and an ear that knows every prompt it hears."""

    def __init__(self, guest: Visit, content: Content, known: KnownClips, tree: Path) -> None:
        self.guest, self.content = guest, content
        self._known, self._tree = known, tree
        self._looked = guest.ear.seconds
        self.heard: list[Heard] = []
        self.captioned: set[str] = set()
        """Sentences that were seen as a caption."""
        self.marked: set[str] = set()
        """Options whose picture was seen marked while it was named."""
        self.unspoken: set[str] = set()
        """Names on pictures, buttons and titles that no prompt says."""

    @property
    def screen(self) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self._tree.read_text("utf-8"))
        return shown

    @property
    def nodes(self) -> list[Node]:
        nodes: list[Node] = self.screen["nodes"]
        return nodes

    def look(self) -> None:
        """Take in what has been said and shown since the last look."""
        for node in self.nodes:
            if node["role"] == "status" and node["spoken"]:
                self.captioned.add(node["name"])
            if node["role"] in ("button", "tab", "heading") and not node["spoken"]:
                self.unspoken.add(node["name"])
            if "spoken" in node["state"]:
                self.marked.add(node["option"])
        if self.guest.ear.seconds < self._looked + PIECE + LOOK_SECONDS:
            return
        recent = wave(self.guest.ear.samples(self._looked), EAR_RATE)
        found = sorted(self._known.begun(recent, self._looked), key=lambda heard: heard.at)
        self.heard += found
        self._looked += max(0.0, len(recent) / 2000 - PIECE)

    def wait(self, happened: Callable[[], bool], what: str, seconds: float) -> None:
        def looked() -> bool:
            self.look()
            return happened()

        lately = [sorted(s.prompt for s in heard.spoken) for heard in self.heard[-5:]]
        self.guest.wait(looked, f"{what} (heard before: {lately})", seconds)


class Walker:
    """What every walker can do. Each sees to it that it is guided only by what it may perceive."""

    name = "somebody"

    def __init__(self, rig: Rig, ear: Recorder, keys: Keyboard, locale: Locale) -> None:
        self.rig, self.guest, self.content = rig, rig.guest, rig.content
        self.ear, self.keys = ear, keys
        self.locale = locale
        self.walk = Walk(self.name, locale)
        self.since = self.pressed = 0.0
        self.acted_at = 0.0
        """By the clock of the tree, the wall's."""
        self._acted = 0.0
        self._budget = MOST_STEPS
        self._begun = time.monotonic()

    def act(self, deed: Callable[[], object]) -> None:
        if self._budget <= 0:
            raise VisitError(f"{self.name} is trapped", f"{MOST_STEPS} steps led to no topic.")
        self.rig.wait(
            lambda: time.monotonic() >= self._acted + PACE_SECONDS, "the pace of presses", 5
        )
        self._budget -= 1
        self.walk.steps += 1
        self.since = self.guest.ear.seconds
        self.acted_at = time.time()
        deed()
        self._acted = time.monotonic()

    def press(self, key: str) -> None:
        def down() -> None:
            self.pressed = self.keys.press(key)

        self.act(down)

    def touch(self, node: Node) -> None:
        if not node["box"]:
            raise VisitError(f"{node['name']} has no place on the screen", "It can't be touched.")
        x, y, width, height = node["box"]
        self.act(lambda: self.guest.screen.touch(round(x + width / 2), round(y + height / 2)))

    def lift(self) -> None:
        before = len(self.guest.journal())
        self.press("h")
        self.guest.wait_for_line(after=before, what="lifted")

    def hang_up(self) -> None:
        """And at once it is silent, whatever was being said."""
        before = len(self.guest.journal())
        self.press("h")
        self.guest.wait_for_line(after=before, what="ended")
        self.guest.wait_for_silence(lasting=0.5, seconds=4)
        self.rig.wait(lambda: self.rig.screen["scene"] == "idle", "the first screen", 10)

    def leave(self) -> None:
        """However it went, the next one finds an idle kiosk."""
        self.begin_topic()
        self.press("h")
        try:
            self.rig.wait(lambda: self.rig.screen["scene"] == "idle", "the first screen", 3)
        except VisitError:
            self.press("h")  # it had not been lifted before
            self.rig.wait(lambda: self.rig.screen["scene"] == "idle", "the first screen", 10)
        self.guest.wait_for_silence()

    def reached(self, topic: OptionId) -> None:
        self.walk.topics[topic] = time.monotonic() - self._begun
        self.begin_topic()

    def begin_topic(self) -> None:
        self._budget = MOST_STEPS
        self._begun = time.monotonic()

    def said_since(self, since: float | None = None) -> Iterator[tuple[float, PromptId, Locale]]:
        begin = self.since if since is None else since
        for heard in self.rig.heard:
            if heard.at >= begin - 0.1:
                for spoken in sorted(heard.spoken, key=lambda s: s.prompt):
                    yield heard.at, spoken.prompt, spoken.locale

    def hears(
        self,
        wanted: Callable[[PromptId], bool],
        what: str,
        seconds: float = 25,
        locale: Locale | None = None,
    ) -> PromptId:
        """The first prompt of this kind since the last deed, in the language of the walk."""
        tongue = locale or self.locale

        def found() -> list[PromptId]:
            return [p for _, p, spoken in self.said_since() if spoken == tongue and wanted(p)]

        self.rig.wait(lambda: bool(found()), f"{self.name} hears {what} in {tongue}", seconds)
        return found()[0]

    def hears_telling(self, topic: Topic) -> None:
        first = topic.telling[0] if topic.has_telling else PromptId("system.untold")
        self.hears(lambda prompt: prompt == first, f"the telling of {topic.id}", 40)

    def bar(self, command: Command) -> Node:
        return next(node for node in self.rig.nodes if node["option"] == command.option)


def known_clips(content: Content, where: Places) -> KnownClips:
    """Everything a walk may hear: the kiosk's own words, all names, and how each telling begins."""
    store = ClipStore(content, where.packs, installed_voices(), where.cache / "clips")
    topics = [o for o in content.options.values() if isinstance(o, Topic)]
    tellings = {topic.telling[0] for topic in topics if topic.has_telling}
    prompts = [
        prompt
        for prompt in content.prompts
        if prompt in tellings
        or prompt.startswith("system.")
        or (prompt.endswith(".name") and not prompt.startswith("answer."))
    ]
    spoken = [Spoken(prompt, locale) for prompt in prompts for locale in content.locales]
    return KnownClips((each, store.clip(each)) for each in spoken)


@contextmanager
def rig(
    content: Content, known: KnownClips, *options: str
) -> Iterator[tuple[Rig, Recorder, Keyboard]]:
    """The real kiosk on a virtual screen and handset, and what it is walked with."""
    with ExitStack() as stack:
        guest = stack.enter_context(visit())
        ear = stack.enter_context(Recorder(guest.handset, "speaker.monitor"))
        tree = guest.home / "tree.json"
        guest.start("--tree", str(tree), *options)
        guest.wait_until_ready(600)
        keys = Keyboard(guest.screen)
        stack.callback(keys.close)
        yield Rig(guest, content, known, tree), ear, keys
