"""Developing customers and losing them, over REST."""

from archive.development.api import losses, plans, schemes

APIS = (plans.api, losses.api, schemes.api)

__all__ = ["APIS"]
