"""Prompt and locale to clip: from a pack, else synthesized."""
