"""Two who learn a menu by listening: without eyes by its keys, without letters by its pictures."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from voicekiosk.commands.walker import Node, Walker
from voicekiosk.core.content import Category, Command, Topic
from voicekiosk.core.menus import MORE_KEY, SPOKEN
from voicekiosk.core.types import KYRGYZ, RUSSIAN, Locale, OptionId, PromptId
from voicekiosk.virtual.visit import VisitError

MORE = "command.more.name"
MOST_PAGES = 4
TRIES = 3
"""So often is something asked for that was not heard."""
SOON = 3.0
"""Seconds from the beginning of a name to that of its key."""
KEYS = {
    **{Command.BACK: "7", Command.REPEAT: "8", Command.HELP: "9", Command.HOME: "0"},
    Command.LANGUAGE: "asterisk",
}

Menu = dict[PromptId, str]
"""Names with the keys that were said after them."""


class ByEar(Walker, ABC):
    """Hears "name, then key" and chooses by it; what was heard once is remembered."""

    @abstractmethod
    def choose(self, name: PromptId, key: str) -> None: ...

    @abstractmethod
    def command(self, command: Command) -> None: ...

    def hears(
        self,
        wanted: Callable[[PromptId], bool],
        what: str,
        seconds: float = 12,
        locale: Locale | None = None,
    ) -> PromptId:
        """As every walker, but whoever did not hear it asks for it again."""
        for _ in range(TRIES - 1):
            try:
                return super().hears(wanted, what, seconds, locale)
            except VisitError:
                self._asks_again()
                seconds = 25
        return super().hears(wanted, what, seconds, locale)

    def _asks_again(self) -> None:
        """What was said, from its beginning: in a telling the first press means a sentence."""
        if not self.guest.runs:
            return
        self.walk.again += 1
        self.command(Command.REPEAT)
        self.command(Command.REPEAT)

    def go(self, topics: int) -> None:
        """A whole visit, to so many topics."""
        self._menus: dict[tuple[PromptId, ...], Menu] = {}
        self._wanted = topics
        self.begin_topic()
        self.lift()
        self.hears(lambda prompt: prompt == "system.welcome", "the welcome", locale=KYRGYZ)
        if self.locale == RUSSIAN:  # the welcome names the key, in Russian
            self.command(Command.LANGUAGE)
            self.hears(lambda prompt: prompt == "system.language", "the language")
        self.command(Command.HOME)
        self.hears(lambda prompt: prompt == "system.home", "the first screen")
        self._menu(())
        self.begin_topic()
        other = next(locale for locale in self.content.locales if locale != self.locale)
        self.command(Command.LANGUAGE)
        self.hears(lambda prompt: prompt == "system.language", "the language", locale=other)
        self.hang_up()

    def _menu(self, path: tuple[PromptId, ...]) -> None:
        """Everything behind a menu that is just being said, page by page."""
        seen: set[PromptId] = set()
        for page in range(MOST_PAGES):
            menu = self._learned((*path, *[PromptId(MORE)] * page))
            names = [name for name in menu if name != MORE]
            if page and names and set(names) <= seen:
                return  # after the last page comes the first
            seen |= set(names)
            here = page
            for name in names:
                if self._wanted <= 0:
                    return
                for _ in range(page - here):  # the way back led to the first page
                    self._turn(self._menus[path])
                self.choose(name, menu[name])
                self._behind(name, path)
                here = 0
            if MORE not in menu or self._wanted <= 0:
                return
            for _ in range(page + 1 - here):
                self._turn(menu)

    def _turn(self, menu: Menu) -> None:
        """To the next page, listened to: two presses at once may be taken for one."""
        self.choose(PromptId(MORE), menu[PromptId(MORE)])
        self.hears(lambda prompt: prompt.startswith("system.key."), "a key of the next page")

    def _behind(self, name: PromptId, path: tuple[PromptId, ...]) -> None:
        """A topic is listened to, a category walked through; then back."""
        self.hears(lambda prompt: prompt == name, f"the name of what was chosen, {name}")
        option = self.content.options[OptionId(name.removesuffix(".name"))]
        if isinstance(option, Topic):
            self.hears_telling(option)
            self.reached(option.id)
            self._wanted -= 1
            self._at_topic(option)
        elif isinstance(option, Category):
            self.hears(lambda prompt: prompt == "system.category", "that a topic is to be chosen")
            self._menu((*path, name))
        above = path[-1] if path else PromptId("system.home")
        self.command(Command.BACK)
        try:
            self.hears(lambda prompt: prompt == above, f"{above}, on the way back")
        except VisitError:  # from a second page the way back leads to the first
            self.command(Command.BACK)
            self.hears(lambda prompt: prompt == above, f"{above}, on the way back")

    def _at_topic(self, topic: Topic) -> None:
        """What can be done while it is told: again, help, and on with it."""
        self.command(Command.REPEAT)
        self.hears_telling(topic)
        self.command(Command.HELP)
        self.hears(lambda prompt: prompt.startswith("system.help."), "help")

    def _learned(self, path: tuple[PromptId, ...]) -> Menu:
        if path not in self._menus:
            menu = self._listened()
            for _ in range(TRIES):
                if _whole(menu):
                    break
                self._asks_again()
                menu |= self._listened()
            if not menu:
                raise VisitError(f"{self.name} was told no key", "The menu must name them.")
            self._menus[path] = menu
        return self._menus[path]

    def _listened(self) -> Menu:
        """Names and keys, until the menu is over or there are enough."""
        menu: Menu = {}

        def over() -> bool:
            menu.clear()
            name, named, last = PromptId(""), 0.0, 0
            for at, prompt, locale in self.said_since():
                if locale != self.locale:
                    continue
                if prompt.startswith("system.key."):
                    key = prompt.rpartition(".")[2]
                    next_one = key == (MORE_KEY if name == MORE else str(last + 1))
                    if name and next_one and at < named + SOON:  # else something was not heard
                        menu.setdefault(name, key)
                    name, last = PromptId(""), int(key) if key.isdigit() else 0
                elif prompt.endswith(".name") and (
                    isinstance(self._option(prompt), Topic | Category) or prompt == MORE
                ):
                    name, named = prompt, at
                elif prompt.startswith("system."):
                    if menu:
                        return True  # the offer after the menu
                    name = PromptId("")  # before it, where one is: no choice
            return MORE in menu or len(menu) >= self._wanted

        quiet_since = time.monotonic()

        def over_or_quiet() -> bool:
            nonlocal quiet_since
            if over():
                return True
            if self.guest.is_sounding(0.3):
                quiet_since = time.monotonic()
            return time.monotonic() > quiet_since + 3

        self.rig.wait(over_or_quiet, f"{self.name} hears a menu with its keys", 60)
        return dict(menu)

    def _option(self, name: PromptId) -> object:
        return self.content.options.get(OptionId(name.removesuffix(".name")))


def _whole(menu: Menu) -> bool:
    """Whether no key was left out; after five choices there may be more, not heard yet."""
    more = {MORE_KEY} if MORE in menu else set()
    named = len(menu) - len(more)
    keys = set("12345"[:named]) | more
    return named > 0 and set(menu.values()) == keys and (named < SPOKEN or bool(more))


class WithoutEyes(ByEar):
    """Keys and ears. Also takes the time: from a key to silence, and from the focus to its name."""

    name = "without eyes"

    def choose(self, name: PromptId, key: str) -> None:
        self.press(key)

    def command(self, command: Command) -> None:
        self.press(KEYS[command])

    def _at_topic(self, topic: Topic) -> None:
        super()._at_topic(topic)
        self.ear.wait_for_sound(time.monotonic() - 0.2)
        self.press("space")
        pressed = self.pressed
        self.ear.wait_for_silence(1.0)
        loud = [moment for moment in self.ear.sounding(pressed - 0.3) if moment < pressed + 0.9]
        if loud and loud[-1] > pressed - 0.02:  # else it was between two sentences
            self.walk.silence_ms.append((loud[-1] - pressed) * 1000)
        self.press("Down")
        named = self.ear.wait_for_sound(self.pressed)
        self.walk.focus_ms.append((named - self.pressed) * 1000)


class WithoutLetters(ByEar):
    """Pictures and sound: touches the picture that was marked while its name was said."""

    name = "without letters"

    def choose(self, name: PromptId, key: str) -> None:
        option = name.removesuffix(".name")
        if option not in self.rig.marked:
            raise VisitError(f"No picture was marked while {name} was said", "See C4.")

        def pictures() -> list[Node]:
            return [node for node in self.rig.nodes if node["option"] == option]

        self.rig.wait(lambda: bool(pictures()), f"the picture of {name}", 5)
        self.touch(pictures()[0])

    def command(self, command: Command) -> None:
        self.touch(self.bar(command))
