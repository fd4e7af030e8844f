"""Developing customers and losing them, over REST."""

from archive.development.api import losses, plans

APIS = (plans.api, losses.api)

__all__ = ["APIS"]
