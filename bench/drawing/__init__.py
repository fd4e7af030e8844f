"""Draws papers as they come over the counter, and wears them out."""
