"""Templates, contracts and their reviews over REST."""

from archive.contracts.api import (
    clauses,
    company,
    comparing,
    contracts,
    reviews,
    templates,
    versions,
)

APIS = (
    templates.api,
    clauses.api,
    company.api,
    contracts.api,
    versions.api,
    comparing.api,
    reviews.api,
)
