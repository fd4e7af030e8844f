"""The verbs of developing customers."""
