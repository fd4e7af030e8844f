"""Customers' files for the walk of rights."""

from archive.customers.samples import of_customers

SAMPLES = {"dossier": of_customers}
