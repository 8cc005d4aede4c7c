"""Without hands: the handset is lifted, and from then on everything is said."""

from __future__ import annotations

from collections.abc import Callable

from voicekiosk.commands.measure_answer import speech
from voicekiosk.commands.walker import Walker
from voicekiosk.core.content import Command, Topic
from voicekiosk.core.types import KYRGYZ, Locale, OptionId, PromptId
from voicekiosk.virtual.visit import VisitError

TRIES = 3
ANSWER_SECONDS = 9.0
"""After a word: who is not answered by then says it again."""


class WithoutHands(Walker):
    """Says names, "yes" when asked back about one thing, and the name again when about several.

    To be asked back or not understood is counted; only what stays out of reach is a failure.
    """

    name = "without hands"

    def go(self, topics: list[Topic]) -> None:
        self.begin_topic()
        self.lift()
        self.hears(lambda prompt: prompt == "system.welcome", "the welcome", locale=KYRGYZ)
        for topic in topics:
            phrases = topic.phrases[self.locale]
            self._reaches(topic.id, (phrases[0], phrases[0], *phrases[1:]))
            self.hears_telling(topic)
            self.reached(topic.id)
        self._obeyed(Command.REPEAT)
        self.hears_telling(topics[-1])
        self._obeyed(Command.HELP)
        self.hears(lambda prompt: prompt.startswith("system.help."), "help")
        self._obeyed(Command.BACK)
        name = PromptId(f"{topics[-1].category}.name")
        self.hears(lambda prompt: prompt == name, f"{name}, on the way back")
        self.begin_topic()
        other = Command.RUSSIAN if self.locale == KYRGYZ else Command.KYRGYZ
        self._obeyed(other)
        tongue = next(locale for locale in self.content.locales if locale != self.locale)
        self.hears(lambda prompt: prompt == "system.language", "the language", locale=tongue)
        self.hang_up()

    def hears(
        self,
        wanted: Callable[[PromptId], bool],
        what: str,
        seconds: float = 15,
        locale: Locale | None = None,
    ) -> PromptId:
        try:
            return super().hears(wanted, what, seconds, locale)
        except VisitError:
            if not self.guest.runs:
                raise
            self.walk.again += 1
            since = self.since
            self._obeyed(Command.REPEAT)
            self._obeyed(Command.REPEAT)  # in a telling the first means a sentence
            self.since = since
            return super().hears(wanted, what, 25, locale)

    def _obeyed(self, command: Command) -> None:
        phrases = self.content.options[command.option].phrases[self.locale]
        self._reaches(command.option, (phrases[0], phrases[0], *phrases[1:]))

    def _reaches(self, option: OptionId, phrases: tuple[str, ...]) -> None:
        # The journal never tells that something sensitive was opened.
        journalled = self.content.neutral if self.content.is_sensitive(option) else option
        for attempt in range(max(TRIES, len(phrases))):
            phrase = phrases[attempt % len(phrases)]
            before = len(self.guest.journal())
            answer = self._answer_to(phrase, before)
            for _ in range(TRIES):
                if answer.get("what") != "asked":
                    break
                self.walk.asked += 1
                before = len(self.guest.journal())
                answer = self._answer_to(self._reply(option, phrase), before)
            if answer.get("what") == "chosen" and answer.get("option") == journalled:
                return
            if answer.get("what") == "chosen":
                self.walk.wrong += 1
            else:
                self.walk.unheard += 1
        raise VisitError(
            f"{option} is not reached by voice in {self.locale}", f"It was said as {phrases}."
        )

    def _reply(self, option: OptionId, phrase: str) -> str:
        """To "did you mean this?" yes or no; to "this or that?" the name once more."""
        offered = [
            node["option"]
            for node in self.rig.nodes
            if node["role"] == "button" and node["key"] in "1234" and node["key"]
        ]
        offered = [each for each in offered if each != Command.NO.option]
        if option in offered and len(offered) > 1:
            return phrase
        reply = Command.YES if option in offered else Command.NO
        return self.content.options[reply.option].phrases[self.locale][0]

    def _answer_to(self, phrase: str, before: int) -> dict[str, str]:
        """The first line of the journal that tells what the kiosk made of a word."""
        spoken = speech(phrase, self.locale, self.guest.home)
        self.act(lambda: self.guest.handset.speak_file(spoken))
        spoken.unlink()

        def lines() -> list[dict[str, str]]:
            return [line for line in self.guest.journal()[before:] if line.get("means") == "voice"]

        try:
            self.rig.wait(lambda: bool(lines()), "an answer", ANSWER_SECONDS)
        except VisitError:
            if not self.guest.runs:
                raise
            return {}
        return lines()[0]
