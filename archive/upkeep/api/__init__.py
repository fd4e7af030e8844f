"""Upkeep over REST."""

from archive.upkeep.api import completeness, merges

APIS = (merges.api, completeness.api)
