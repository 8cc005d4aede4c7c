"""The owner thread: one inbox, its timers, and performing what the dialogue decides."""

from voicekiosk.runtime.owner import Ear, Runtime, warn
from voicekiosk.runtime.volume import gain

__all__ = ["Ear", "Runtime", "gain", "warn"]
