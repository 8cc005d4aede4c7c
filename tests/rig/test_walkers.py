"""Four visitors, each without one sense or skill, walk the running kiosk: real window, real sound.

What is on the screen is read from the tree that the window keeps; what is said, from the ear.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rig.hearing import SAME, likeness
from voicekiosk.app import places
from voicekiosk.commands.demo import speech
from voicekiosk.core.content import Category, Content, Topic
from voicekiosk.core.messages import Spoken
from voicekiosk.core.speech import system
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, PromptId
from voicekiosk.loading import load
from voicekiosk.prompts.store import ClipStore
from voicekiosk.synthesis.best import installed_voices
from voicekiosk.virtual.handset import EAR_RATE
from voicekiosk.virtual.visit import Visit, visit

PROGRAMS = ("Xvfb", "pulseaudio", "paplay", "parec", "pactl", "xdotool", "import", "identify")
MISSING = [program for program in PROGRAMS if shutil.which(program) is None]

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"the rig needs {', '.join(MISSING)}"),
    pytest.mark.timeout(400),
]
LOCALES = pytest.mark.parametrize("locale", [KYRGYZ, RUSSIAN])


class Walker:
    """Knows only what it hears, or only what the screen shows."""

    def __init__(self, guest: Visit, tree: Path, clips: ClipStore, content: Content) -> None:
        self.guest, self.content = guest, content
        self._tree, self._clips = tree, clips
        self._since = 0.0
        self._touched = 0.0
        self.lifted = False

    @property
    def screen(self) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self._tree.read_text("utf-8"))
        return shown

    @property
    def nodes(self) -> list[dict[str, Any]]:
        nodes: list[dict[str, Any]] = self.screen["nodes"]
        return nodes

    @property
    def caption(self) -> str:
        said = [n["name"] for n in self.nodes if n["role"] == "status" and n["name"] != "off"]
        return str(said[0]) if said else ""

    def press(self, key: str) -> None:
        self._since = self.guest.ear.seconds
        self.guest.screen.press(key)
        if key == "h":
            self.lifted = not self.lifted

    def touch(self, node: dict[str, Any]) -> None:
        """At a person's pace: sooner it would be a trembling hand."""
        self.guest.wait(lambda: self.guest.now - self._touched > 0.7, "the hand is back")
        self._touched = self.guest.now
        x, y, width, height = node["box"]
        self._since = self.guest.ear.seconds
        self.guest.screen.touch(round(x + width / 2), round(y + height / 2))

    def hears(self, prompt: PromptId, locale: Locale, *others: PromptId) -> None:
        """This prompt or, where it is one short word, what follows it."""
        clips = [self._clips.clip(Spoken(each, locale)) for each in (prompt, *others)]

        def heard() -> bool:
            sound = self.guest.ear.samples(self._since)
            return any(likeness(sound, EAR_RATE, clip) >= SAME for clip in clips)

        self.guest.wait(heard, f"{prompt} is heard in {locale}")

    def sees(self, what: str, seconds: float = 20, **known: str) -> dict[str, Any]:
        """A node that is like this, once it is on the screen."""

        def found() -> list[dict[str, Any]]:
            return [n for n in self.nodes if known.items() <= n.items()]

        self.guest.wait(lambda: bool(found()), what, seconds)
        return found()[0]

    def is_at(self, scene: str) -> None:
        self.guest.wait(lambda: self.screen["scene"] == scene, f"the screen is {scene}")


@pytest.fixture(scope="module")
def content() -> Content:
    return load(places().content)


@pytest.fixture(scope="module")
def running(content: Content) -> Iterator[Walker]:
    where = places()
    clips = ClipStore(content, where.packs, installed_voices(), where.cache / "clips")
    with visit() as guest:
        tree = guest.home / "tree.json"
        guest.start("--tree", str(tree))
        guest.wait_until_ready(300)
        yield Walker(guest, tree, clips, content)


@pytest.fixture
def walker(running: Walker) -> Iterator[Walker]:
    """Finds the kiosk idle, and leaves it so."""
    running.guest.wait_for_silence()
    yield running
    if running.screen["scene"] not in ("idle", "goodbye") and not running.lifted:
        running.press("h")
    if running.lifted:
        running.press("h")
    running.is_at("idle")


def first_topic(content: Content) -> tuple[Category, Topic]:
    category = content.options[content.categories[0]]
    assert isinstance(category, Category)
    topics = (content.options[name] for name in category.topics)
    return category, next(o for o in topics if isinstance(o, Topic) and o.has_telling)


@LOCALES
def test_without_eyes_by_keys_and_ears_alone(
    walker: Walker, content: Content, locale: Locale
) -> None:
    """C2, C19, C21: every step is guided by what was heard before it."""
    category, topic = first_topic(content)
    walker.press("h")
    walker.hears(system("welcome"), KYRGYZ)
    if locale != KYRGYZ:
        walker.press("asterisk")
        walker.hears(system("home"), locale)
    walker.press("0")
    walker.hears(category.name_prompt, locale, system("key.1"))
    walker.press("1")
    walker.hears(topic.name_prompt, locale, system("category"), system("key.1"))
    walker.press("1")
    walker.hears(topic.telling[0], locale)
    walker.press("8")
    walker.hears(topic.telling[0], locale)
    walker.press("9")
    walker.hears(system("help.topic"), locale)
    walker.press("7")
    walker.hears(category.name_prompt, locale, topic.name_prompt, system("key.1"))
    walker.press("h")
    walker.guest.wait_for_silence(lasting=0.5, seconds=4)


@LOCALES
def test_without_ears_by_the_screen_alone(walker: Walker, content: Content, locale: Locale) -> None:
    """C18, C39: a finger, and the words and boxes of the screen; nothing is listened to."""
    category, topic = first_topic(content)
    walker.touch(walker.sees("home's button", option="command.home"))
    walker.is_at("home")
    if locale != KYRGYZ:
        walker.touch(walker.sees("the language's button", option="command.language"))
        walker.guest.wait(lambda: walker.screen["locale"] == locale, "the other language")
    walker.touch(walker.sees("a category", name=category.names[locale], role="tab"))
    walker.is_at("category")
    walker.touch(walker.sees("a topic", name=topic.names[locale], role="button"))
    walker.is_at("topic")
    sentences = {s for prompt in topic.telling for s in content.prompts[prompt][locale]}
    walker.guest.wait(lambda: walker.caption in sentences, "the telling is captioned")
    walker.touch(walker.sees("the button of repeat", option="command.repeat"))
    walker.touch(walker.sees("the button of help", option="command.help"))
    told = content.prompts[system("help.topic")][locale]
    walker.guest.wait(lambda: walker.caption in told, "help is captioned")
    walker.touch(walker.sees("the button of back", option="command.back"))
    walker.is_at("category")


def test_everything_on_every_screen_seen_so_far_speaks(walker: Walker, content: Content) -> None:
    """C2, C8: a node without a spoken name fails, wherever it stands."""
    walker.press("h")
    for key in ("0", "1", "1"):
        walker.press(key)
        walker.guest.wait_for_sound()
        buttons = [n for n in walker.nodes if n["role"] in ("button", "tab", "heading")]
        assert len(buttons) >= 8
        for node in buttons:
            assert node["spoken"], node
            for locale in content.locales:
                assert content.prompts[node["spoken"]][locale]


@LOCALES
def test_without_hands_by_voice_alone(
    walker: Walker, content: Content, locale: Locale, tmp_path: Path
) -> None:
    """C20 from the other side: after the handset is lifted nothing is pressed or touched."""
    grammar = content.meanings()
    topic = next(
        o
        for o in content.options.values()
        if isinstance(o, Topic)
        and o.has_telling
        and len(o.phrases[locale][0]) >= 7
        and {(m.option, m.locale) for m in grammar[o.phrases[locale][0]]} == {(o.id, locale)}
    )
    walker.press("h")
    walker.hears(system("welcome"), KYRGYZ)
    before = len(walker.guest.journal())
    walker.guest.handset.speak_file(speech(topic, locale, content, tmp_path / "said.wav"))
    walker.guest.wait_for_line(after=before, option=topic.id, means="voice")
    if walker.guest.journal()[before]["what"] == "asked":  # did it hear right? It is said again
        walker.hears(system("confirm"), locale)
        walker.guest.handset.speak_file(speech(topic, locale, content, tmp_path / "again.wav"))
    walker.guest.wait_for_line(after=before, what="chosen", option=topic.id)
    walker.hears(topic.telling[0], locale)
