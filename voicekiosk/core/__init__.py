"""The dialogue and its rules: standard library only, no clock, no thread, no file."""
