"""What of visits and complaints can be found, and by whom."""

from archive.actor import Right
from archive.communication.models import Complaint, Visit
from archive.customers.indexing import access_for, tag_of
from archive.customers.models import Customer
from archive.search import IndexEntry, Tag
from archive.terms import N_

VISIT = Tag("visit", N_("拜访"))
COMPLAINT = Tag("complaint", N_("客户抱怨"))


def entries_of_visit(visit: Visit) -> list[IndexEntry]:
    """One entry: all that the visit's record says."""
    customer = visit.customer
    people = {
        visit.recorded_by_id: visit.recorded_by_name,
        **dict(zip(visit.visitor_keys, visit.visitors, strict=True)),
    }
    measures = (f"{measure.what} {measure.owner}" for measure in visit.measures)
    said = (
        visit.content,
        visit.result,
        visit.goals,
        visit.solutions,
        visit.notice,
        visit.place,
        "、".join(visit.participants),
        visit.reported_to,
        *measures,
    )
    return [
        IndexEntry(
            id=f"visit:{visit.key}",
            kind=VISIT,
            title=visit.purpose,
            access=access_for(Right.OPEN_VISIT, visit, visit.recorded_by_id),
            body="\n".join(text for text in said if text),
            customer=tag_of(customer) if customer else None,
            people=tuple(Tag(key, name) for key, name in people.items()),
            at=visit.visited_at,
            status=Tag(f"visit.{visit.status}", visit.status.label),
            numbers=(visit.number,),
            facts={"number": visit.number},
        )
    ]


def entries_of_complaint(complaint: Complaint) -> list[IndexEntry]:
    """One entry: all that the complaint's record says, the telephone number left out."""
    customer = complaint.customer
    people = {complaint.recorded_by_id: complaint.recorded_by_name}
    if complaint.accepted_by_id:
        people[complaint.accepted_by_id] = complaint.accepted_by_name
    said = (
        complaint.content,
        complaint.explained,
        *(reply.text for reply in complaint.replies),
        complaint.reaction,
        complaint.complainant,
        complaint.cause.label if complaint.cause else "",
        complaint.customer_name,
    )
    return [
        IndexEntry(
            id=f"complaint:{complaint.key}",
            kind=COMPLAINT,
            title=_title_of(complaint, customer),
            access=access_for(Right.OPEN_COMPLAINT, complaint, complaint.recorded_by_id),
            body="\n".join(text for text in said if text),
            customer=tag_of(customer) if customer else None,
            people=tuple(Tag(key, name) for key, name in people.items()),
            at=complaint.heard_at,
            status=Tag(f"complaint.{complaint.status}", complaint.status.label),
            numbers=tuple(n for n in (complaint.number, complaint.waybill_number) if n),
            facts={"number": complaint.number},
        )
    ]


def _title_of(complaint: Complaint, customer: Customer | None) -> str:
    """The form and whom it comes from: records speak Chinese."""
    name = customer.name if customer else complaint.customer_name
    return f"{complaint.form.label}：{name}" if name else complaint.form.label
