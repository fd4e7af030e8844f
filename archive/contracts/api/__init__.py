"""Templates and contract drafts over REST."""

from archive.contracts.api import clauses, company, comparing, contracts, templates, versions

APIS = (templates.api, clauses.api, company.api, contracts.api, versions.api, comparing.api)
