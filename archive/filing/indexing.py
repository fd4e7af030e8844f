"""What of an attachment can be found, and by whom.

Its facts by those who may see it listed; what was read in its pages by those alone who may look at
them (Art. 10).
"""

from dataclasses import replace

from archive.actor import Right
from archive.customers.indexing import access_for, tag_of
from archive.filing.models import Attachment
from archive.search import IndexEntry, Tag
from archive.terms import N_

KIND = Tag("attachment", N_("附件"))


TEXT = "attachment-text"


def entries_of(attachment: Attachment) -> list[IndexEntry]:
    """One entry of the facts; where its pages were read, another with their words besides."""
    if attachment.withdrawn_at or attachment.disposed_at:
        return []
    kind, current, customer = attachment.kind, attachment.current, attachment.customer
    numbers = [attachment.place] if attachment.place else []
    if customer is not None:
        numbers.append(customer.archive_number)
    facts = IndexEntry(
        id=f"{KIND.value}:{attachment.key}",
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
    if not attachment.text:
        return [facts]
    looks = access_for(attachment.looked_at_by, attachment)
    words = replace(
        facts,
        id=f"{TEXT}:{attachment.key}",
        access=looks,
        body=f"{facts.body}\n{attachment.text}",
        # A look at what is confidential is written down: none of it is shown on the way.
        quoted=facts.body if attachment.is_confidential else None,
    )
    return [replace(facts, unless=looks), words]
