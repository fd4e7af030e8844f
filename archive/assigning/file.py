"""What of tasks is in a customer's file."""

from flask import url_for

from archive.actor import Right
from archive.terms import N_
from archive.web.chapter import FileAct

ACTS = (
    FileAct(
        N_("交办任务"),
        icon="checkbox",
        right=Right.OPEN_CUSTOMER,
        address=lambda customer: url_for("tasks.new", kind="customer", key=customer.key),
    ),
)
