"""The accessibility checks of speaking terminals, and what backs each of them here."""
