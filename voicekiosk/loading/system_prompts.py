"""Every prompt the kiosk itself says: the dialogue names them, prompts.yaml must hold them."""

from __future__ import annotations

from voicekiosk.core.types import PromptId

_NAMES = (
    *("welcome", "home", "category", "topic_end", "untold", "remember", "related"),
    *("help.home", "help.category", "help.topic", "help.choice"),
    *(f"key.{digit}" for digit in range(1, 7)),
    *("confirm", "or", "choice_end", "language"),
    *("louder", "softer", "loudest", "softest", "wrong_key"),
    *("too_quiet", "too_loud", "too_long", "microphone_lost", "microphone_restored"),
    *("goodbye", "stopped"),
    *("sensitive", "sensitive_name"),
)
SYSTEM_PROMPTS = frozenset(PromptId(f"system.{name}") for name in _NAMES)
