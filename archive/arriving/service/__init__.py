"""The verbs of the ways in."""
