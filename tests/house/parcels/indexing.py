"""What of a parcel can be found."""

from archive.customers.indexing import access_for, tag_of
from archive.search import IndexEntry, Tag

from .models import Parcel

KIND = Tag("parcel", "寄存物")


def entries_of(parcel: Parcel) -> list[IndexEntry]:
    """One entry."""
    return [
        IndexEntry(
            id=f"parcel:{parcel.key}",
            kind=KIND,
            title=parcel.what,
            access=access_for(Parcel.opens, parcel),
            customer=tag_of(parcel.customer) if parcel.customer else None,
            facts={"number": parcel.number},
        )
    ]
