"""Trains the acoustic model vosk-ky and improves it; not part of the kiosk at run time."""
