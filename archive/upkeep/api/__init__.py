"""Upkeep over REST."""

from archive.upkeep.api import completeness, handovers, merges, restrictions

APIS = (merges.api, completeness.api, handovers.api, restrictions.api)
