"""What upkeep gives to a customer's file: how complete it is, and joining it with another."""

from flask import render_template, url_for

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.terms import N_
from archive.upkeep.service.completing import OTHERS, Kind, Mend, closed_month, items_of, share_of
from archive.web.chapter import FileAct, FilePart
from archive.web.context import actor


def draw_completeness(customer: Customer) -> str:
    """What the archive has to hold: what is missing first, each with the way to mend it."""
    items = items_of(customer, clock.local_day(clock.now()))
    missing = [item for item in items if not item.is_there]
    return render_template(
        "upkeep/part.html",
        customer=customer,
        total=len(items),
        there=[item for item in items if item.is_there],
        missing=[(item, address_to_mend(item.kind, customer, actor())) for item in missing],
        share=share_of(items),
        others=OTHERS,
    )


def address_to_mend(kind: Kind, customer: Customer, who: Actor) -> str:
    """Where *who* mends what is missing; nothing where somebody else has to."""
    number = customer.archive_number
    if kind.mend is Mend.FACTS and who.may(Right.EDIT_CUSTOMER, customer):
        return f"{url_for('customers.edit', archive_number=number)}#f-{kind.key}"
    if kind.mend is Mend.SALESPERSON and who.may(Right.ASSIGN_CUSTOMER, customer):
        return url_for("customers.assign", archive_number=number)
    if kind.mend is Mend.PAPERS and who.may(Right.UPLOAD_DEPOSIT):
        return url_for("intake.list_page")
    if kind.mend is Mend.FIGURES and who.may(Right.RECORD_FIGURES, customer):
        year, _ = closed_month(clock.local_day(clock.now()))
        return url_for("figures.edit", archive_number=number, year=year)
    if kind.mend is Mend.KEEPER and who.may(Right.SET_CLASSES, customer):
        return url_for("dossier.classes", archive_number=number)
    return ""


PARTS = (
    FilePart(
        key="completeness",
        label=N_("完整度"),
        right=Right.OPEN_CUSTOMER,
        draw=draw_completeness,
        order=900,
    ),
)
ACTS = (
    FileAct(
        N_("合并重复档案"),
        icon="arrows-join",
        right=Right.MERGE_CUSTOMERS,
        address=lambda customer: url_for("merges.compare", archive_number=customer.archive_number),
    ),
    FileAct(
        N_("限制处理"),
        icon="lock",
        right=Right.RESTRICT_CUSTOMER,
        address=lambda customer: url_for(
            "restrictions.ask", archive_number=customer.archive_number
        ),
    ),
)
