"""Without ears: a finger and the screen. What was said must have been there to read."""

from __future__ import annotations

from voicekiosk.commands.walker import Node, Walker
from voicekiosk.commands.walkers_by_ear import MOST_PAGES
from voicekiosk.core.content import Command, Topic
from voicekiosk.core.types import KYRGYZ, OptionId
from voicekiosk.virtual.visit import VisitError

MORE = "command.more"
SURELY = 0.95
"""So like a clip must be what was said, before the screen is blamed for not showing it."""


class WithoutEars(Walker):
    """Takes the handset in Kyrgyz, and leaves it in Russian until something asks for it."""

    name = "without ears"

    def go(self, topics: int) -> None:
        begin = self.guest.ear.seconds
        self.rig.captioned.clear()
        self._wanted, self._lifted = topics, self.locale == KYRGYZ
        self.begin_topic()
        if self._lifted:
            self.lift()
            self._reads("system.welcome")
        else:
            self.touch(self.bar(Command.HOME))
        self._comes_to("home")
        if self.rig.screen["locale"] != self.locale:
            self._changes_language()
        self._menu("category.")
        self.begin_topic()
        self._changes_language()
        if not self._lifted:
            self.press("h")  # the visit has begun already: what was open is told in the ear
            self._reads_anything()
        self.hang_up()
        self._nothing_was_said_unread(begin)

    def _menu(self, kind: str) -> None:
        """Everything behind the pictures that are seen, page by page."""
        seen: set[str] = set()
        for page in range(MOST_PAGES):
            found = [node for node in self._pictures(kind) if node["option"] not in seen]
            if not found:
                return
            here = page
            for picture in found:
                if self._wanted <= 0:
                    return
                seen.add(picture["option"])
                for _ in range(page - here):
                    self._turns_the_page(kind)
                self._behind(picture["option"])
                here = 0
            if self._wanted <= 0 or not any(n["option"] == MORE for n in self.rig.nodes):
                return
            for _ in range(page + 1 - here):
                self._turns_the_page(kind)

    def _pictures(self, kind: str) -> list[Node]:
        return [node for node in self.rig.nodes if (node["option"] or "").startswith(kind)]

    def _turns_the_page(self, kind: str) -> None:
        before = [node["option"] for node in self._pictures(kind)]
        self.touch(next(node for node in self.rig.nodes if node["option"] == MORE))
        self.rig.wait(
            lambda: [node["option"] for node in self._pictures(kind)] != before, "other pictures", 5
        )

    def _behind(self, option: str) -> None:
        label, came_from = self._touches(option), self.rig.screen["scene"]
        self.rig.wait(lambda: self._title() == label or self._veiled(), f"the title {label}", 10)
        if self._veiled():
            self._lifted = True
            self.press("h")
            self.rig.wait(lambda: not self._veiled(), "what was veiled", 10)
        topic = self.content.options[OptionId(option)]
        if isinstance(topic, Topic):
            self._reads(*topic.telling[:1] or ("system.untold",))
            self.reached(topic.id)
            self._wanted -= 1
            self.touch(self.bar(Command.REPEAT))  # the sentence
            self.touch(self.bar(Command.REPEAT))  # and all of it, from the name on
            self._reads(topic.name_prompt)
            self._helped()
            came_from = "category"
        else:
            self._menu("topic.")
            came_from = "home"
        self.touch(self.bar(Command.BACK))
        self._comes_to(came_from)

    def _touches(self, option: str) -> str:
        picture = next(node for node in self.rig.nodes if node["option"] == option)
        if not picture["name"] or not picture["spoken"]:
            raise VisitError(f"{option} has no name", "Every picture has a word and a prompt.")
        self.touch(picture)
        name: str = picture["name"]
        return name

    def _title(self) -> str | None:
        titles = [node["name"] for node in self.rig.nodes if node["role"] == "heading"]
        return titles[0] if titles else None

    def _veiled(self) -> bool:
        return bool(self.rig.screen["scene"] == "veiled")

    def _comes_to(self, scene: str) -> None:
        self.rig.wait(lambda: self.rig.screen["scene"] == scene, f"the screen is {scene}", 10)

    def _changes_language(self) -> None:
        before = self.rig.screen["locale"]
        self.touch(self.bar(Command.LANGUAGE))
        self.rig.wait(lambda: self.rig.screen["locale"] != before, "the other language", 10)

    def _reads(self, *prompts: str, seconds: float = 40) -> None:
        sentences = {
            sentence
            for prompt, texts in self.content.prompts.items()
            if prompt in prompts
            for sentence in texts.get(self.rig.screen["locale"], ())
        }
        touched = self.acted_at

        def read() -> bool:
            shown = self.rig.screen
            captions = {n["name"] for n in shown["nodes"] if "speaking" in n["state"]}
            return shown["at"] > touched and bool(captions & sentences)

        self.rig.wait(read, f"{prompts} can be read", seconds)

    def _helped(self) -> None:
        """Who sees nothing change touches once more."""
        self.touch(self.bar(Command.HELP))
        try:
            self._reads("system.help.topic", seconds=8)
        except VisitError:
            self.walk.again += 1
            self.touch(self.bar(Command.HELP))
            self._reads("system.help.topic", "system.help.keys")

    def _reads_anything(self) -> None:
        self._reads(*self.content.prompts)

    def _nothing_was_said_unread(self, begin: float) -> None:
        """Heard by the ear of whoever judges: the walker heard nothing."""
        for heard in self.rig.heard:
            if heard.likeness < SURELY:
                continue
            texts = [self.content.prompts[s.prompt][s.locale] for s in heard.spoken]
            if heard.at > begin and not any(set(text) & self.rig.captioned for text in texts):
                raise VisitError(f"{texts[0][0]} was said and never shown", "See C18.")
