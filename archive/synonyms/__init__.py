"""The company's own list of words that mean the same, which search looks for together."""
