"""A virtual screen and a virtual handset, for machines without either."""
