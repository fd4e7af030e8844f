"""Visits and complaints over REST."""

from archive.communication.api import complaints, visits

APIS = (visits.api, complaints.api)

__all__ = ["APIS"]
