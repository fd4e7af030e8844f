"""The verbs of custody."""
