"""Listening to closed vocabularies; the only room that knows vosk."""
