"""Templates and contract drafts over REST."""

from archive.contracts.api import company, comparing, contracts, templates, versions

APIS = (templates.api, company.api, contracts.api, versions.api, comparing.api)
