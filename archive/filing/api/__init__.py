"""Deposits and attachments over REST."""

from archive.filing.api import attachments, deposits

APIS = (deposits.api, attachments.api)

__all__ = ["APIS"]
