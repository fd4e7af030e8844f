"""Custody over REST."""

from archive.custody.api import stocktakes

APIS = (stocktakes.api,)
