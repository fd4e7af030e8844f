"""What of custody begins on a customer's file: holding all its papers."""

from flask import url_for

from archive.actor import Right
from archive.terms import N_
from archive.web.chapter import FileAct

ACTS = (
    FileAct(
        N_("保全全部附件"),
        icon="lock",
        right=Right.HOLD_PAPERS,
        address=lambda customer: url_for("retention.new_hold", customer=customer.archive_number),
    ),
)
