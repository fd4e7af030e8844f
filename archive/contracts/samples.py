"""Contracts and templates for the walk of rights."""

import secrets
from typing import Any

from archive import clock
from archive.contracts.models import (
    Absence,
    Contract,
    Review,
    ReviewPlace,
    ReviewStep,
    Template,
)
from archive.contracts.rules import ContractKind, ContractStatus, TemplateKind
from archive.contracts.rules.reviewing import Decision, SeatOf
from archive.contracts.service.clauses import write_clause
from archive.contracts.service.drafting import choose_template, draft_contract
from archive.contracts.service.routing import make_route
from archive.contracts.service.templates import install_shipped_templates, upload_template
from archive.customers.models import Customer
from archive.customers.samples import a_customer
from archive.docgen.shipped import ROUTINE_CONTRACT
from archive.filing.models import Attachment
from archive.filing.samples import of_attachments
from archive.web.chapter import Sample, Sampling


def of_contracts(given: Sampling) -> Sample:
    """A contract in its first draft, which its owner has refused before."""
    customer = a_customer(given)
    contract = a_draft(customer, given)
    refused = {"decision": Decision.REJECT, "decided_at": given.now}
    review = a_round(contract, given, decided_by_id=given.maker.id, **refused)
    facts = {"status": ContractStatus.REJECTED, "reviews": [review]}
    contract.change(given.maker, given.now, "contract.rejected", facts)
    body = {"title": contract.title, "kind": contract.kind.value}
    return Sample(
        {"number": contract.number, "archive_number": customer.archive_number, "version": 1},
        sent={
            "contracts_api.draft_again": body,
            "contracts_api.draft_contract": {**body, "customer": customer.customer_code},
        },
    )


def a_draft(customer: Customer, given: Sampling) -> Contract:
    """A contract with *customer*."""
    install_shipped_templates(now=given.now, blobs=given.seams.blobs, docgen=given.seams.docgen)
    return draft_contract(
        customer,
        choose_template(None, TemplateKind.CONTRACT),
        {"title": "样例运输合同", "kind": ContractKind.ROUTINE},
        actor=given.maker,
        now=given.now,
        parts=given.seams,
    )


def a_template(given: Sampling) -> Template:
    """A template of the company's own."""
    return upload_template(
        ROUTINE_CONTRACT.read(),
        "template.docx",
        actor=given.maker,
        now=given.now,
        blobs=given.seams.blobs,
        docgen=given.seams.docgen,
        name=f"样例{secrets.token_hex(6)}",
        kind=TemplateKind.CONTRACT,
    )


def of_templates(given: Sampling) -> Sample:
    """A template with one version."""
    key = a_template(given).key
    return Sample(
        {"key": key, "template_id": key, "number": 1},
        sent={"templates.put_in_force": {"number": "1"}},
    )


def of_clauses(given: Sampling) -> Sample:
    """A clause in one wording."""
    clause = write_clause(
        f"样例{secrets.token_hex(6)}",
        "样例文字",
        actor=given.maker,
        now=given.now,
        docgen=given.seams.docgen,
    )
    return Sample(
        {"key": clause.key, "clause_id": clause.key},
        sent={"clauses.put_in_force": {"number": "1"}},
    )


def a_round(contract: Contract, given: Sampling, **place: Any) -> Review:
    """A round of review with one place."""
    only = ReviewPlace(key="1-1", seat=SeatOf.GENERAL_MANAGER, **place)
    return Review(
        number=1,
        version=1,
        sha256=contract.newest.sha256,
        route_id=contract.id,
        route_name="样例",
        steps=[ReviewStep(days=2, places=[only], opened_at=given.now)],
        submitted_at=given.now,
        submitted_by_id=given.maker.id,
        submitted_by_name=given.maker.name,
    )


def of_reviews(given: Sampling) -> Sample:
    """A contract whose owner, or nobody, is asked to judge it."""
    return Sample(
        {"number": under_review(a_customer(given), given).number, "place": "1-1"},
    )


def of_credit_papers(given: Sampling) -> Sample:
    """Such a contract, with a credit paper on file."""
    paper = Attachment.find(of_attachments(given).values["key"])
    contract = under_review(Customer.find(str(paper.customer_id)), given)
    return Sample({"number": contract.number, "key": paper.key, "page": 1})


def under_review(customer: Customer, given: Sampling) -> Contract:
    """A contract with *customer* that the owner is asked to judge."""
    contract = a_draft(customer, given)
    review = a_round(contract, given, asked_ids=[given.maker.id])
    facts = {"status": ContractStatus.IN_REVIEW, "reviews": [review]}
    return contract.change(given.maker, given.now, "contract.submitted", facts)


def of_routes(given: Sampling) -> Sample:
    """A route of review."""
    place = {"step": 1, "seat": SeatOf.GENERAL_MANAGER}
    facts = {"name": f"样例{secrets.token_hex(6)}", "kind": ContractKind.ROUTINE, "places": [place]}
    return Sample({"key": make_route(facts, actor=given.maker, now=given.now).key})


def of_absences(given: Sampling) -> Sample:
    """An absence of the owner's."""
    today = clock.local_day(given.now)
    facts = {
        "person_id": given.maker.id,
        "person_name": given.maker.name,
        "substitute_id": "-",
        "substitute_name": "样例",
        "starts_on": today,
        "ends_on": today,
    }
    return Sample({"key": Absence.open_new(given.maker, given.now, "absence.arranged", facts).key})


SAMPLES = {
    "clauses": of_clauses,
    "clauses_api": of_clauses,
    "contracts": of_contracts,
    "contracts_api": of_contracts,
    "drafts": of_contracts,
    "comparing": of_contracts,
    "comparing_api": of_contracts,
    "versions": of_contracts,
    "versions_api": of_contracts,
    "reviews": of_reviews,
    "reviews.paper": of_credit_papers,
    "reviews.paper_page": of_credit_papers,
    "reviews_api": of_reviews,
    "routes": of_routes,
    "routes.be_back": of_absences,
    "templates": of_templates,
    "template_looks": of_templates,
    "templates_api": of_templates,
}
