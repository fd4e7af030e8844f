"""What of a contract can be found, and by whom."""

from archive.actor import Right
from archive.contracts.models import Contract, DraftText
from archive.customers.indexing import access_for, tag_of
from archive.masking import masked_text
from archive.search import IndexEntry, Tag
from archive.terms import N_

KIND = Tag("contract", N_("合同"))


def entries_of(contract: Contract) -> list[IndexEntry]:
    """One entry: the contract with the text of its newest draft, the numbers in it masked."""
    customer = contract.customer
    text = DraftText.of_file(contract.newest.sha256) if contract.drafts else ""
    return [
        IndexEntry(
            id=f"contract:{contract.key}",
            kind=KIND,
            title=contract.title,
            access=access_for(Right.OPEN_CONTRACT, contract),
            body=masked_text(text, customer.phones if customer else ()),
            customer=tag_of(customer) if customer else None,
            people=(Tag(contract.handler_id, contract.handler_name),),
            at=contract.updated_at,
            status=Tag(f"contract.{contract.status}", contract.status.label),
            numbers=(contract.number,),
            facts={"number": contract.number, "kind": contract.kind.label},
        )
    ]
