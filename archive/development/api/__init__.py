"""Developing customers and losing them, over REST."""

from archive.development.api import cooperation, losses, plans, schemes

APIS = (plans.api, losses.api, schemes.api, cooperation.api)

__all__ = ["APIS"]
