"""The verbs of communication."""
