"""The pages of upkeep."""

from archive.upkeep.views import completeness, handovers, merges, restrictions

PAGES = (merges.blueprint, completeness.blueprint, handovers.blueprint, restrictions.blueprint)
