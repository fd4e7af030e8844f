"""Deposits and attachments over REST."""

from archive.filing.api import attachments, deposits, proposals

APIS = (deposits.api, proposals.api, attachments.api)

__all__ = ["APIS"]
