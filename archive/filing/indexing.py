"""What of an attachment can be found, and by whom: its facts, never its pages."""

from archive.actor import Right
from archive.customers.indexing import access_for, tag_of
from archive.filing.models import Attachment
from archive.search import IndexEntry, Tag
from archive.terms import N_

KIND = Tag("attachment", N_("附件"))


def entries_of(attachment: Attachment) -> list[IndexEntry]:
    """One entry, for those who may see the list of the customer's attachments."""
    if attachment.withdrawn_at or attachment.disposed_at:
        return []
    kind, current, customer = attachment.kind, attachment.current, attachment.customer
    numbers = [attachment.place] if attachment.place else []
    if customer is not None:
        numbers.append(customer.archive_number)
    return [
        IndexEntry(
            id=f"attachment:{attachment.key}",
            kind=KIND,
            title=attachment.title,
            access=access_for(Right.LIST_ATTACHMENTS, attachment),
            body=f"{kind.label}\n{current.name}",
            customer=tag_of(customer) if customer else None,
            people=(Tag(current.filed_by_id, current.filed_by_name),),
            at=attachment.created_at,
            status=Tag(f"attachment.{kind.value}", kind.label),
            numbers=tuple(numbers),
            facts={"kind": kind.value},
        )
    ]
