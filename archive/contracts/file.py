"""What of contracts is in a customer's file: the list of them, and drafting a new one."""

from flask import render_template, url_for

from archive.actor import Actor, Right
from archive.contracts.models import Contract
from archive.customers.models import Customer
from archive.terms import N_
from archive.web.chapter import FileAct, FilePart
from archive.web.leafing import read_leaf

A_PAGE = 50


def draw_contracts(customer: Customer) -> str:
    """The contracts, newest first."""
    found = Contract.of_customer(customer)
    leaf = read_leaf(lambda start, count: found.skip(start).limit(count), A_PAGE)
    return render_template("contracts/of_customer.html", leaf=leaf)


def count(customer: Customer, who: Actor) -> int:
    """How many contracts there are."""
    return int(Contract.of_customer(customer).count())


PARTS = (
    FilePart(
        key="contracts",
        label=N_("合同"),
        right=Right.OPEN_CONTRACT,
        draw=draw_contracts,
        count=count,
        order=300,
    ),
)
ACTS = (
    FileAct(
        N_("起草合同"),
        icon="file-text",
        right=Right.DRAFT_CONTRACT,
        address=lambda customer: url_for("drafts.new", archive_number=customer.archive_number),
        is_button=True,
    ),
    FileAct(
        N_("业务反馈函（Word）"),
        icon="mail",
        right=Right.OPEN_CUSTOMER,
        address=lambda customer: url_for("drafts.letter", archive_number=customer.archive_number),
    ),
    FileAct(
        N_("客户档案表（Word）"),
        icon="file-download",
        right=Right.OPEN_CUSTOMER,
        address=lambda customer: url_for("drafts.card", archive_number=customer.archive_number),
    ),
)
