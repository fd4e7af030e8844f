"""The pages of upkeep."""

from archive.upkeep.views import completeness, handovers, merges

PAGES = (merges.blueprint, completeness.blueprint, handovers.blueprint)
