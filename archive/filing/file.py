"""What of filing is in a customer's file: the shelves of attachments."""

from flask import render_template, url_for

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.filing.models import Attachment
from archive.filing.service.looking import shelves_of
from archive.terms import N_
from archive.web.chapter import FileAct, FilePart
from archive.web.context import actor


def draw_shelves(customer: Customer) -> str:
    """The attachments, by kind."""
    shelves = shelves_of(customer, actor=actor(), today=clock.local_day(clock.now()))
    return render_template("filing/shelves.html", shelves=shelves, customer=customer)


def count(customer: Customer, who: Actor) -> int:
    """How many attachments there are."""
    return int(Attachment.filed().filter(customer_id=customer.id).count())


PARTS = (
    FilePart(
        key="attachments",
        label=N_("附件"),
        right=Right.LIST_ATTACHMENTS,
        draw=draw_shelves,
        count=count,
        order=100,
    ),
)
ACTS = (
    FileAct(
        N_("归档扫描件"),
        icon="upload",
        right=Right.FILE_DEPOSIT,
        address=lambda customer: url_for("intake.list_page", customer=customer.archive_number),
        is_daily=True,
    ),
)
