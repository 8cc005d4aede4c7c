"""The self-check: questions one by one, a count of worrying answers, and never a verdict."""

from __future__ import annotations

from voicekiosk.core.activities import Checking, SelfCheck
from voicekiosk.core.content import Command
from voicekiosk.core.types import OptionId, PromptId

ANSWERS = (Command.YES, Command.NO, Command.SKIP)
"""In the order of the keys."""


def is_over(progress: Checking, check: SelfCheck) -> bool:
    return progress.at >= len(check.questions)


def answers(progress: Checking, check: SelfCheck) -> tuple[OptionId, ...]:
    """What may be answered now."""
    return () if is_over(progress, check) else tuple(command.option for command in ANSWERS)


def answered(progress: Checking, command: Command, check: SelfCheck) -> Checking:
    """The next question. What was skipped counts for nothing, one way or the other."""
    worrying = check.questions[progress.at].worrying
    skipped = command is Command.SKIP
    bad = not skipped and worrying == (command is Command.YES)
    return Checking(progress.at + 1, progress.worrying + bad, progress.answered + (not skipped))


def told(progress: Checking, check: SelfCheck) -> list[PromptId]:
    """The question asked now, or what is said at the end."""
    if is_over(progress, check):
        if not progress.answered:
            return [PromptId("system.selfcheck.stopped")]
        return [check.outcome(progress.worrying)]
    question = check.questions[progress.at].prompt
    if progress.at:
        return [question]
    return [check.intro, question, PromptId("system.selfcheck.keys")]
