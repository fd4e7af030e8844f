"""The pages of archives whose use is restricted."""

from flask import Blueprint, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.upkeep import serving
from archive.upkeep.lists import RESTRICTIONS
from archive.upkeep.models import Restriction
from archive.upkeep.rules import RestrictionState
from archive.upkeep.service.restricting import lift, look_at, restrict
from archive.web.context import actor
from archive.web.editing import Answer
from archive.web.forms import Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once

blueprint = Blueprint("restrictions", __name__, template_folder="../templates")


@blueprint.get("/customers/<archive_number>/restrict")
@needs(Right.RESTRICT_CUSTOMER, of=Customer.numbered)
def ask(archive_number: str) -> str:
    return _ask(Customer.numbered(archive_number), Form(ReasonInput))


@blueprint.post("/customers/<archive_number>/restrict")
@once
@needs(Right.RESTRICT_CUSTOMER, of=Customer.numbered)
def begin(archive_number: str) -> Answer:
    """The archive is only kept and protected from now on."""
    customer = Customer.numbered(archive_number)
    return reasoned(
        lambda reason: restrict(customer, actor=actor(), now=clock.now(), reason=reason),
        page=lambda form: _ask(customer, form),
        said=gettext("“%(name)s”的档案已限制处理。", name=customer.name),
        address=url_for("restrictions.list_page"),
    )


def _ask(customer: Customer, form: Form) -> str:
    return render_template("upkeep/restrict.html", customer=customer, form=form)


@blueprint.get("/restrictions")
@needs(Right.SEE_RESTRICTED)
def list_page() -> str | Response:
    return RESTRICTIONS.answer(Restriction.objects)


@blueprint.get("/restrictions/<number>")
@needs(Right.SEE_RESTRICTED)
def page(number: str) -> str:
    """What is kept of the archive; each look is written down."""
    return _page(look_at(number, actor=actor(), now=clock.now()), Form(ReasonInput))


@blueprint.post("/restrictions/<number>/lift")
@needs(Right.RESTRICT_CUSTOMER)
def lift_restriction(number: str) -> Answer:
    """Everything back in its place."""
    found = Restriction.numbered(number)
    return reasoned(
        lambda reason: lift(found, actor=actor(), now=clock.now(), reason=reason),
        page=lambda form: _page(Restriction.numbered(number), form),
        said=gettext("已解除限制，档案和全部记录恢复原样。"),
        address=url_for("restrictions.page", number=number),
    )


def _page(found: Restriction, reason: Form) -> str:
    return render_template(
        "upkeep/restriction.html",
        restriction=found,
        facts=serving.facts_withheld(found),
        counts=serving.withheld_in_words(found),
        can_lift=found.state is RestrictionState.RESTRICTED
        and actor().may(Right.RESTRICT_CUSTOMER),
        reason=reason,
    )
