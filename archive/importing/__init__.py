"""Bringing in the lists that a company already has: read, judged, written, taken back."""
