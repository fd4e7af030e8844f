"""Bringing in the company's own lists: customers, and the people to talk to there."""

from archive.customers.imports.contacts import CONTACTS
from archive.customers.imports.customers import CUSTOMERS

IMPORTS = (CUSTOMERS, CONTACTS)
