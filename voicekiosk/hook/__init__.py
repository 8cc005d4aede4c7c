"""Whether the handset is off its hook or a headset plugged in, from whatever device tells it."""

from voicekiosk.hook.watching import HookWatch

__all__ = ["HookWatch"]
