"""Visits and complaints for the walk of rights."""

from datetime import timedelta

from archive.communication.models import Complaint
from archive.communication.rules.complaints import ComplaintForm
from archive.communication.rules.visits import VisitKind
from archive.communication.service import complaints, evidence, visits
from archive.customers.samples import a_customer
from archive.filing.demonstration import papers, uploaded
from archive.web.chapter import Sample, Sampling


def of_visits(given: Sampling) -> Sample:
    """A visit that was made and written up."""
    customer = a_customer(given)
    visited_at = given.now - timedelta(hours=1)
    visit = visits.record_visit(
        customer,
        actor=given.maker,
        now=given.now,
        kind=VisitKind.ROUTINE,
        visited_at=visited_at,
        purpose="了解货量",
        content="下半年货量持平。",
    )
    body = {
        "kind": visit.kind.value,
        "visited_at": visited_at.isoformat(),
        "purpose": visit.purpose,
    }
    return Sample(
        {"number": visit.number, "archive_number": customer.archive_number},
        sent={
            "visits_api.edit_visit": body,
            "visits_api.record_visit": {**body, "customer_name": customer.customer_code},
            "visits.create": {**body, "customer_name": customer.customer_code},
        },
    )


def of_complaints(given: Sampling) -> Sample:
    """A complaint that the desk has accepted."""
    customer = a_customer(given)
    complaint = complaints.record_complaint(
        actor=given.maker,
        now=given.now,
        form=ComplaintForm.COMPLAINT,
        heard_at=given.now - timedelta(hours=1),
        content="到货晚了一天。",
        complainant_phone="13800001234",
        customer_name=customer.customer_code,
    )
    complaints.accept_complaint(complaint, actor=given.maker, now=given.now)
    return Sample({"number": complaint.number, "archive_number": customer.archive_number})


def of_evidence(given: Sampling) -> Sample:
    """A complaint with a photograph."""
    sample = of_complaints(given)
    paper = papers()[0]
    with uploaded(paper, given.seams) as upload:
        complaint = evidence.add_file(
            Complaint.numbered(sample.values["number"]),
            upload,
            name=paper.file_name,
            actor=given.maker,
            now=given.now,
            blobs=given.seams.blobs,
            recognition=given.seams.recognition,
        )
    values = {**sample.values, "key": complaint.files[0].key, "leaf": 1}
    return Sample(values)


SAMPLES = {
    "visits": of_visits,
    "visits_api": of_visits,
    "complaints": of_complaints,
    "complaints_api": of_evidence,
    "evidence": of_evidence,
}
