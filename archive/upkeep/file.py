"""What upkeep gives to a customer's file."""

from flask import url_for

from archive.actor import Right
from archive.terms import N_
from archive.web.chapter import FileAct

ACTS = (
    FileAct(
        N_("合并重复档案"),
        icon="arrows-join",
        right=Right.MERGE_CUSTOMERS,
        address=lambda customer: url_for("merges.compare", archive_number=customer.archive_number),
    ),
)
