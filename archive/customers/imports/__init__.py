"""Bringing in the company's own lists: customers, the people to talk to there, price changes."""

from archive.customers.imports.contacts import CONTACTS
from archive.customers.imports.customers import CUSTOMERS
from archive.customers.imports.prices import PRICES

IMPORTS = (CUSTOMERS, CONTACTS, PRICES)
