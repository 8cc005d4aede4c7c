"""The owner thread: one inbox, its timers, and performing what the dialogue decides."""

from voicekiosk.runtime.owner import Ear, Runtime, gain, warn

__all__ = ["Ear", "Runtime", "gain", "warn"]
