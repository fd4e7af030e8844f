"""Setting a customer's class, accepting what is proposed, taking back what was set."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts.models import User
from archive.actor import Right
from archive.classing import service
from archive.classing.file import classes_of
from archive.classing.forms import INPUTS
from archive.customers.errors import KeeperNeeded
from archive.customers.models import Customer
from archive.customers.rules.classes import Dimension
from archive.errors import NotFound
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.forms import Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.targets import safe_target

blueprint = Blueprint("classing", __name__, template_folder="../templates")


def dimension_called(text: str) -> Dimension:
    """The dimension of an address.

    Raises:
        NotFound: there is none.
    """
    found = next((each for each in Dimension if each.value == text), None)
    if found is None:
        raise NotFound()
    return found


def address_of(customer: Customer) -> str:
    """The classes in the customer's file."""
    return url_for("dossier.classes", archive_number=customer.archive_number)


def editing_of(dimension: Dimension) -> Editing[Customer]:
    """How a class of this dimension is set."""

    def held(customer: Customer) -> dict[str, Any]:
        decision = customer.decision_in(dimension)
        facts = {
            "value": customer.class_in(dimension),
            "until": decision.until if decision else None,
            "reason": decision.reason if decision else None,
            "keeper": customer.keeper_id,
        }
        return {name: facts[name] for name in INPUTS[dimension].model_fields}

    def parts(customer: Customer) -> dict[str, Any]:
        shown = classes_of(customer, actor())
        return {
            "dimension": dimension,
            "shown": next(each for each in shown if each.dimension is dimension),
            "reason": Form(ReasonInput),
        }

    def verb(customer: Customer, value: Any, **facts: Any) -> Customer:
        return service.decide_class(customer, dimension, value, **facts)

    return Editing[Customer](
        model=INPUTS[dimension],
        right=Right.SET_CLASSES,
        verb=verb,
        title=dimension.label,
        name=lambda customer: customer.name,
        lead=lambda customer: customer.name,
        address=address_of,
        crumbs=lambda customer: [
            (gettext("客户列表"), url_for("customers.list_page")),
            (customer.name, address_of(customer)),
        ],
        page="classing/edit.html",
        held=held,
        choices=lambda: {"keeper": User.salespeople()},
        parts=parts,
    )


EDITING = {dimension: editing_of(dimension) for dimension in Dimension}


@blueprint.get("/customers/<archive_number>/classes/<dimension>")
@needs(Right.SET_CLASSES, of=Customer.numbered)
def edit(archive_number: str, dimension: str) -> str:
    return EDITING[dimension_called(dimension)].show(Customer.numbered(archive_number))


@blueprint.post("/customers/<archive_number>/classes/<dimension>")
@needs(Right.SET_CLASSES, of=Customer.numbered)
def save(archive_number: str, dimension: str) -> Answer:
    return EDITING[dimension_called(dimension)].save(Customer.numbered(archive_number))


@blueprint.post("/customers/<archive_number>/classes/<dimension>/accept")
@needs(Right.SET_CLASSES, of=Customer.numbered)
def accept(archive_number: str, dimension: str) -> Response:
    """Take over what is proposed; a strategic customer without a keeper needs one first."""
    asked = dimension_called(dimension)
    customer = Customer.numbered(archive_number)
    seen = request.form.get("seen", 0, type=int)
    try:
        service.accept_proposal(customer, asked, actor=actor(), now=clock.now(), seen=seen)
    except KeeperNeeded as needed:
        flash(gettext(needed.message), "warning")
        return redirect(
            url_for("classing.edit", archive_number=archive_number, dimension=asked.value)
        )
    flash(gettext("已采纳建议。"), "success")
    return redirect(safe_target(address_of(customer)))


@blueprint.post("/customers/<archive_number>/classes/<dimension>/withdraw")
@needs(Right.SET_CLASSES, of=Customer.numbered)
def withdraw(archive_number: str, dimension: str) -> Answer:
    asked = dimension_called(dimension)
    customer = Customer.numbered(archive_number)
    act = partial(service.withdraw_decision, customer, asked)
    return reasoned(
        lambda reason: act(reason, actor=actor(), now=clock.now()),
        page=lambda reason: EDITING[asked].show(customer, reason=reason),
        said=gettext("已撤销人工指定。"),
        address=address_of(customer),
    )
