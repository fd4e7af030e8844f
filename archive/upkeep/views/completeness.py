"""The list of what archives still lack."""

from flask import Blueprint
from werkzeug.wrappers import Response

from archive.actor import Right, Scope
from archive.customers.models import Customer
from archive.upkeep.lists import COMPLETENESS
from archive.upkeep.serving import missing_of
from archive.web.context import actor
from archive.web.guard import needs

blueprint = Blueprint("completeness", __name__, template_folder="../templates")


@blueprint.get("/completeness")
@needs(Right.OPEN_CUSTOMER)
def list_page() -> str | Response:
    who = actor()
    is_own = Scope.ALL not in who.scopes(Right.OPEN_CUSTOMER)
    return COMPLETENESS.answer(Customer.visible_to(who), missing_of=missing_of, is_own=is_own)
