"""Templates and contract drafts over REST."""

from archive.contracts.api import contracts, templates

APIS = (templates.api, contracts.api)
