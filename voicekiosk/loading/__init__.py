"""Content files into frozen core values; the only place that reads YAML."""

from voicekiosk.loading.faults import ContentError, Fault
from voicekiosk.loading.folder import Loaded, load, load_all

__all__ = ["ContentError", "Fault", "Loaded", "load", "load_all"]
