"""What of a customer can be found, and by whom."""

from archive.actor import Right, Scope, access_token
from archive.customers.models import Customer, OfCustomer
from archive.search import IndexEntry, Tag
from archive.terms import N_

KIND = Tag("customer", N_("客户"))


def tag_of(customer: Customer) -> Tag:
    """How other records' entries name their customer."""
    return Tag(customer.key, customer.name)


def access_for(
    right: Right, record: Customer | OfCustomer, recorder_id: str = ""
) -> frozenset[str]:
    """Who may find *record*, made by *recorder_id*, that *right* opens."""
    tokens = {access_token(right, Scope.ALL)}
    if record.salesperson_id:
        tokens.add(access_token(right, Scope.OWN, str(record.salesperson_id)))
    if recorder_id:
        tokens.add(access_token(right, Scope.RECORDED, recorder_id))
    return frozenset(tokens)


def entries_of(customer: Customer) -> list[IndexEntry]:
    """Two entries: all that the archive says, and the name alone for those who may only find it."""
    opens = access_for(Right.OPEN_CUSTOMER, customer)
    names = tuple(n for n in (customer.name, customer.short_name, *customer.former_names) if n)
    facts = {"archive_number": customer.archive_number}
    full = IndexEntry(
        id=f"customer:{customer.key}",
        kind=KIND,
        title=customer.name,
        access=opens,
        body=_words_of(customer),
        customer=tag_of(customer),
        people=_people(customer),
        at=customer.updated_at,
        numbers=tuple(
            n
            for n in (
                customer.archive_number,
                customer.customer_code,
                customer.credit_code,
                *(each.archive_number for each in customer.absorbed),
                *(each.customer_code for each in customer.absorbed),
            )
            if n
        ),
        names=names,
        facts=facts,
    )
    by_name = IndexEntry(
        id=f"customer-name:{customer.key}",
        kind=KIND,
        title=customer.name,
        access=frozenset({access_token(Right.FIND_CUSTOMER, Scope.ALL)}),
        unless=opens,
        customer=tag_of(customer),
        people=_people(customer),
        numbers=(customer.customer_code, *(each.customer_code for each in customer.absorbed)),
        names=names[:1],
        facts={"code": customer.customer_code},
    )
    return [full, by_name]


def _people(customer: Customer) -> tuple[Tag, ...]:
    if not customer.salesperson_id:
        return ()
    return (Tag(str(customer.salesperson_id), customer.salesperson_name or ""),)


def _words_of(customer: Customer) -> str:
    """The archive's facts as text; no telephone numbers, which are masked."""
    contacts = (f"{contact.name} {contact.position or ''}" for contact in customer.contacts)
    flows = (f"{flow.origin} {flow.destination}" for flow in customer.flows)
    parts = (
        *customer.former_names,
        customer.address,
        customer.legal_representative,
        customer.main_goods,
        customer.credit_note,
        *contacts,
        *flows,
    )
    return "\n".join(part for part in parts if part)
