"""Upkeep over REST."""

from archive.upkeep.api import completeness, handovers, merges

APIS = (merges.api, completeness.api, handovers.api)
