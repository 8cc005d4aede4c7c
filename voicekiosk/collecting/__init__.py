"""Recording people who have agreed to it: the only room that stores a voice."""
