"""The page on which start and end of cooperation are confirmed."""

from flask import Blueprint, url_for
from flask_babel import gettext

from archive.actor import Right
from archive.customers.models import Customer
from archive.development.forms import CooperationInput
from archive.development.service import cooperation as service
from archive.terms import N_
from archive.web.editing import Answer, Editing
from archive.web.guard import needs

blueprint = Blueprint("cooperation", __name__, template_folder="../templates")


def address_of(customer: Customer) -> str:
    """The part of the customer's file that is about development."""
    return url_for("dossier.development", archive_number=customer.archive_number)


def held(customer: Customer) -> dict[str, object]:
    """What the archive says now."""
    names = ("cooperation_started_on", "cooperation_ended_on")
    return {name: getattr(customer, name) for name in names}


EDITING = Editing[Customer](
    model=CooperationInput,
    right=Right.EDIT_CUSTOMER,
    verb=service.confirm_cooperation,
    title=N_("确认合作起止"),
    name=lambda customer: customer.caption,
    lead=lambda customer: customer.name,
    address=address_of,
    crumbs=lambda customer: [
        (gettext("客户列表"), url_for("customers.list_page")),
        (customer.name, url_for("dossier.customer", archive_number=customer.archive_number)),
    ],
    held=held,
)


@blueprint.get("/customers/<archive_number>/cooperation")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def edit(archive_number: str) -> str:
    return EDITING.show(Customer.numbered(archive_number))


@blueprint.post("/customers/<archive_number>/cooperation")
@needs(Right.EDIT_CUSTOMER, of=Customer.numbered)
def save(archive_number: str) -> Answer:
    return EDITING.save(Customer.numbered(archive_number))
