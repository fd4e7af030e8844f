"""Custody over REST."""

from archive.custody.api import disposals, stocktakes

APIS = (stocktakes.api, disposals.api)
