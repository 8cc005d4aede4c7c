"""The ear: microphone frames to utterances, as soon as it is clear what was said."""

from voicekiosk.listening.levels import levels
from voicekiosk.listening.listener import Listener

__all__ = ["Listener", "levels"]
