"""A kiosk that speaks, listens and shows: nothing on it has to be read, nothing has to be heard."""

__version__ = "0.1.0"
__released__ = "2026-11-24"
