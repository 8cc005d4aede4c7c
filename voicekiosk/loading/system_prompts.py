"""Every prompt the kiosk itself says: the dialogue names them, prompts.yaml must hold them."""

from __future__ import annotations

from voicekiosk.core.types import PromptId

_NAMES = (
    *("welcome", "home", "category", "topic_end", "untold", "remember", "related"),
    *("help.home", "help.category", "help.topic", "help.choice", "help.pictures"),
    *("choose_picture", "teach.offer", "teach.start"),
    *("teach.heard", "teach.key", "teach.silence"),
    *(f"key.{digit}" for digit in range(1, 7)),
    *("confirm", "or", "choice_end", "language"),
    *("louder", "softer", "loudest", "softest", "wrong_key"),
    *("too_quiet", "too_loud", "too_long", "microphone_lost", "microphone_restored"),
    *("goodbye", "stopped", "warning", "help.keys", "slower", "faster", "dark", "light"),
    *("clearer", "not_clearer", "lower", "not_lower"),
    *("sensitive", "sensitive_name"),
    *("remind", "ask_again.1", "ask_again.2", "help.selfcheck"),
    *("days.intro", "days.when", "days.month", "days.day", "days.entered", "days.sure"),
    *("days.anew", "days.no_such", "days.last", "days.last_year", "days.passed"),
    *("days.year_ends", "days.counted", "help.days"),
    *("selfcheck.keys", "selfcheck.next", "selfcheck.stopped"),
)
SYSTEM_PROMPTS = frozenset(PromptId(f"system.{name}") for name in _NAMES)
