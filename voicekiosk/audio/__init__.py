"""Microphone and player; the only room that knows sounddevice."""
