"""Tests of the content, its loader and its check."""
