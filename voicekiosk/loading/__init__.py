"""Content files into frozen core values; the only place that reads YAML."""

from voicekiosk.loading.faults import ContentError, Fault
from voicekiosk.loading.folder import load

__all__ = ["ContentError", "Fault", "load"]
