"""The same window and the same finger as in the tests of the screen."""

from tests.ui.conftest import no_monitor, visitor, visitor_who_reads_nothing

__all__ = ["no_monitor", "visitor", "visitor_who_reads_nothing"]
