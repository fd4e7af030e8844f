"""The verbs of filing: take in, file, correct, look, and check what is kept."""
