"""The pages across chapters."""
