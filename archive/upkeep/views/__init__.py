"""The pages of upkeep."""

from archive.upkeep.views import completeness, merges

PAGES = (merges.blueprint, completeness.blueprint)
