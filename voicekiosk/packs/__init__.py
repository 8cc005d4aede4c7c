"""Packs of prompts that travel: made, signed, checked, swapped and judged."""
